"""What is "likely at close": forecasts put together, and the sentence beside one (docs: RULES §3, §5)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from common.ratio import shown_percent
from objectives.rules.forecast import Forecast, Point
from objectives.rules.roll_up import Key


@dataclass(frozen=True, slots=True)
class LikelyPart:
    """A counted part: its forecast, or for a guardrail its progress. With neither (yes/no) it is left out."""

    key: Key
    weight: Decimal
    forecast: Forecast | None = None
    guardrail_progress: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Likely:
    """Likely progress at close with its band, 0..1, four decimals, and the parts that could not enter."""

    mean: float
    low: float
    high: float
    left_out: tuple[Key, ...]


def combine_forecasts(parts: Iterable[LikelyPart]) -> Likely | None:
    """Weighted mean of the parts' forecast means, each clipped to 0..1, and of their band edges likewise.

    Guardrails enter with their progress and no band. Parts with neither are named in `left_out`; those of
    weight 0 are neither counted nor named. None when nothing can be counted.
    """
    whole = mean = low = high = 0.0
    left_out: list[Key] = []
    for part in parts:
        weight = float(part.weight)
        if weight == 0:
            continue
        if part.forecast is not None:
            three = (part.forecast.mean, part.forecast.low, part.forecast.high)
        elif part.guardrail_progress is not None:
            three = (float(part.guardrail_progress),) * 3
        else:
            left_out.append(part.key)
            continue
        whole += weight
        mean += weight * _clip(three[0])
        low += weight * _clip(three[1])
        high += weight * _clip(three[2])
    if whole == 0:
        return None
    return Likely(
        mean=round(mean / whole, 4),
        low=round(low / whole, 4),
        high=round(high / whole, 4),
        left_out=tuple(left_out),
    )


def because_sentence(
    likely: Forecast, points: Sequence[Point], *, success: float, is_planned: bool = False
) -> str:
    """One plain sentence of reasons beside a forecast: where it stands, where that leads, how sure that is.

    is_planned says that t of the points is the share of a plan with planned values, not of the time.
    "35 % done with 50 % of the time gone usually ends between 22 and 100 %, so 70 % is about an even chance."
    """
    low, high = _percent(_clip(likely.low)), _percent(_clip(likely.high))
    ends = f"usually ends at {low} %" if low == high else f"usually ends between {low} and {high} %"
    jumps = ", a wide range because the number jumps" if likely.is_jumpy else ""
    standing = _standing_words(points, "plan behind it" if is_planned else "time gone")
    return f"{standing} {ends}{jumps}, so {_percent(success)} % {_chance_words(likely.chance)}."


def _standing_words(points: Sequence[Point], what_passed: str) -> str:
    if not points:
        return "Nothing reported yet; a key result like this"
    latest = max(reversed(points), key=lambda point: _clip(point.t))
    done = "Below its start" if latest.p < 0 else f"{_percent(latest.p)} % done"
    return f"{done} with {_percent(_clip(latest.t))} % of the {what_passed}"


def _chance_words(chance: float) -> str:
    if chance >= 0.85:
        return "is very likely"
    if chance >= 0.60:
        return "is likely"
    if chance >= 0.40:
        return "is about an even chance"
    if chance >= 0.15:
        return "would need a better pace than so far"
    return "would need a much better pace than so far"


def _clip(number: float) -> float:
    return min(1.0, max(0.0, number))


def _percent(number: float) -> int:
    percent = shown_percent(number)
    assert percent is not None
    return percent
