"""Where a key result is likely to end: "reference-pace shrinkage" (docs: RULES §5).

The pace so far is shrunk towards the pace at which results usually end; the band narrows as the cycle goes
and widens for a metric that jumps. All results are floats rounded to four decimals, as they are stored.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import isfinite, sqrt
from statistics import NormalDist, median

REF_PACE = 0.65
PRIOR_WEIGHT = 2.0
SD_WIDEST, SD_JUMPY_WIDEST, SD_NARROWEST = 0.40, 0.80, 0.02
SD_FACTOR, SD_POWER = 0.55, 0.6
JUMP_FROM_POINTS = 4
JUMP_FACTOR = 0.8
MAD_TO_SD = 1.4826
Z80 = 1.28155
LEAST_CHANCE, MOST_CHANCE = 0.05, 0.95
LEARN_WEIGHT = 30
LEARN_Z80 = 1.2816
FINAL_LEAST, FINAL_MOST = -1.0, 2.0


@dataclass(frozen=True, slots=True)
class Point:
    """A check-in: t = share of the cycle (or of the plan) behind us, p = raw progress (may leave 0..1)."""

    t: float
    p: float


@dataclass(frozen=True, slots=True)
class Forecast:
    """Likely raw progress at close: mean, standard deviation, 80 % band, chance of success 0.05..0.95.

    is_jumpy says that the metric's own jumps have widened the band.
    """

    mean: float
    sd: float
    low: float
    high: float
    chance: float
    is_jumpy: bool = False


@dataclass(frozen=True, slots=True)
class Reference:
    """What an organisation's closed key results teach."""

    ref_pace: float = REF_PACE
    scale: float = 1.0


@dataclass(frozen=True, slots=True)
class MidCycle:
    """A closed key result: its forecast at mid-cycle (made with scale 1) and how it ended, raw."""

    mean: float
    sd: float
    final: float


def forecast(
    points: Sequence[Point], *, success: float, ref_pace: float = REF_PACE, scale: float = 1.0
) -> Forecast:
    """Forecast from the check-ins in the order in which they were entered.

    success is 1.0 for committed and 0.7 for aspirational objectives. t is clamped to 0..1; of several points
    at one moment the later entry wins; points at t = 0 replace the start (0, 0). Source: RULES §5.
    Raises ValueError when a number is not finite.
    """
    path = _path(points)
    latest = path[-1]
    rest = 1.0 - latest.t
    pace = (PRIOR_WEIGHT * ref_pace + latest.p) / (PRIOR_WEIGHT + latest.t)
    mean = latest.p + pace * rest
    usual_sd = min(SD_WIDEST, SD_FACTOR * rest**SD_POWER)
    jumpy_sd = 0.0
    if len(path) > JUMP_FROM_POINTS:
        jumpy_sd = min(SD_JUMPY_WIDEST, JUMP_FACTOR * _jump(path, pace) * sqrt(rest))
    sd = max(SD_NARROWEST, scale * max(usual_sd, jumpy_sd))
    chance = min(MOST_CHANCE, max(LEAST_CHANCE, 1.0 - NormalDist(mean, sd).cdf(success)))
    return Forecast(
        mean=round(mean, 4),
        sd=round(sd, 4),
        low=round(mean - Z80 * sd, 4),
        high=round(mean + Z80 * sd, 4),
        chance=round(chance, 4),
        is_jumpy=jumpy_sd > usual_sd,
    )


def latest_two_chances(
    points: Sequence[Point], *, success: float, ref_pace: float = REF_PACE, scale: float = 1.0
) -> tuple[float | None, float | None]:
    """(chance now, chance at the check-in before); None where there was no such check-in."""
    latest = previous = None
    if points:
        latest = forecast(points, success=success, ref_pace=ref_pace, scale=scale).chance
    if len(points) > 1:
        previous = forecast(points[:-1], success=success, ref_pace=ref_pace, scale=scale).chance
    return latest, previous


def learn_reference(finals: Sequence[float], mid_cycle: Sequence[MidCycle] = ()) -> Reference:
    """What n closed key results say about the next ones, held back by 30 results that say "as usual".

    ref_pace = (n·mean(clip(final, −1, 2)) + 30·0.65)/(n + 30), from the raw progress at close;
    scale = (n·q80(|final − mean|/sd at mid-cycle)/1.2816 + 30)/(n + 30), q80 straight between ranks.
    """
    ref_pace, scale = REF_PACE, 1.0
    if finals:
        clipped = [min(FINAL_MOST, max(FINAL_LEAST, final)) for final in finals]
        ref_pace = (sum(clipped) + LEARN_WEIGHT * REF_PACE) / (len(clipped) + LEARN_WEIGHT)
    if mid_cycle:
        misses = [abs(one.final - one.mean) / one.sd for one in mid_cycle]
        count = len(misses)
        scale = (count * _quantile(misses, 0.8) / LEARN_Z80 + LEARN_WEIGHT) / (count + LEARN_WEIGHT)
    return Reference(ref_pace=ref_pace, scale=scale)


def _path(points: Sequence[Point]) -> list[Point]:
    """The start and all distinct moments in order of t."""
    at = {0.0: 0.0}
    for point in points:
        if not (isfinite(point.t) and isfinite(point.p)):
            raise ValueError("a point of a forecast must be finite")
        at[min(1.0, max(0.0, point.t))] = point.p
    return [Point(t, at[t]) for t in sorted(at)]


def _jump(path: Sequence[Point], pace: float) -> float:
    """How far a metric jumps off its pace, per square root of time; the median ignores single leaps."""
    return MAD_TO_SD * median(
        abs(b.p - a.p - pace * (b.t - a.t)) / sqrt(b.t - a.t) for a, b in pairwise(path)
    )


def _quantile(values: Sequence[float], share: float) -> float:
    ordered = sorted(values)
    place = share * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)
