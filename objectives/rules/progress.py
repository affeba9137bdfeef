"""Progress of one key result, of every kind (docs: RULES §1)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from common.ratio import WIDE, ZERO, clamp01, to_ratio
from objectives.rules.kinds import KeyResultKind

DEFAULT_CADENCE_DAYS = 7
CADENCES_COVERED = 2
"""A guardrail value speaks for at most so many cadences after its day."""


@dataclass(frozen=True, slots=True)
class Step:
    """One named milestone: what it weighs (≥ 0) and whether it is done."""

    weight: Decimal
    done: bool


@dataclass(frozen=True, slots=True)
class Measure:
    """How a key result is measured. Fields that its kind does not use stay None and are ignored."""

    kind: KeyResultKind
    start_value: Decimal | None = None
    target_value: Decimal | None = None
    lower_bound: Decimal | None = None
    upper_bound: Decimal | None = None
    steps: tuple[Step, ...] = ()
    cadence_days: int = DEFAULT_CADENCE_DAYS


@dataclass(frozen=True, slots=True)
class Observation:
    """A value and the day for which it holds."""

    on: date
    value: Decimal


@dataclass(frozen=True, slots=True)
class Progress:
    """Ratios with four decimals; None means "nothing to say yet" and is never shown as 0.

    progress      held between 0 and 1
    raw_progress  keeps what lies below 0 or above 1
    has_data      whether anything has been reported yet
    """

    progress: Decimal | None
    raw_progress: Decimal | None
    has_data: bool


NOTHING_YET = Progress(progress=None, raw_progress=None, has_data=False)


def measure_progress(measure: Measure, observations: Sequence[Observation], *, today: date) -> Progress:
    """Progress as of the end of `today`.

    `observations` are the check-ins that have a value, ordered by day and then by moment of recording; the
    last one is the current value, and of several on one day the last counts. Those after `today` are
    ignored. A metric without data stands at its start: progress 0, has_data False. For milestones the steps
    decide and an observation only says that somebody has reported.
    Raises ValueError when `measure` is one that `check_measure` refuses.
    """
    known = [one for one in observations if one.on <= today]
    if measure.kind == KeyResultKind.BASELINE:
        return Progress(progress=None, raw_progress=None, has_data=bool(known))
    if measure.kind.is_guardrail:
        return _guardrail_progress(measure, known, today)
    if measure.kind == KeyResultKind.MILESTONES:
        has_data = bool(known) or any(step.done for step in measure.steps)
        done_weight = sum((step.weight for step in measure.steps if step.done), ZERO)
        return _progress_of(raw_share(measure, done_weight), has_data=has_data)
    if not known:
        return _progress_of(Fraction(0), has_data=False)
    latest = max(reversed(known), key=lambda one: one.on)
    return _progress_of(raw_share(measure, latest.value), has_data=True)


def raw_share(measure: Measure, value: Decimal) -> Fraction:
    """The exact share of the way that `value` stands for; may lie below 0 or above 1.

    increase, decrease: (value − start) / (target − start); percent_done: value / 100; yes_no: the value;
    milestones: `value` is done weight, over all weight.
    Raises ValueError for guardrails and baseline, which have no such share, and for a measure without way.
    """
    kind = measure.kind
    if kind == KeyResultKind.YES_NO:
        return Fraction(1) if value >= 1 else Fraction(0)
    if kind == KeyResultKind.PERCENT_DONE:
        return Fraction(value) / 100
    if kind == KeyResultKind.MILESTONES:
        whole = sum((step.weight for step in measure.steps), ZERO)
        if not whole:
            raise ValueError("milestones without weight have no progress")
        return Fraction(value) / Fraction(whole)
    if not kind.is_metric:
        raise ValueError(f"{kind} has no share of the way")
    if measure.start_value is None or measure.target_value is None:
        raise ValueError("start or target is missing")
    way = WIDE.subtract(measure.target_value, measure.start_value)
    if not way:
        raise ValueError("start and target are equal")
    return Fraction(WIDE.subtract(value, measure.start_value)) / Fraction(way)


def is_in_band(measure: Measure, value: Decimal) -> bool:
    """Whether a guardrail holds at `value`; both bounds belong to the band.

    Raises ValueError when the measure is no guardrail or lacks the bound its kind needs.
    """
    kind = measure.kind
    if not kind.is_guardrail:
        raise ValueError(f"{kind} has no band")
    if kind != KeyResultKind.AT_MOST:
        if measure.lower_bound is None:
            raise ValueError("lower bound is missing")
        if value < measure.lower_bound:
            return False
    if kind != KeyResultKind.AT_LEAST:
        if measure.upper_bound is None:
            raise ValueError("upper bound is missing")
        if value > measure.upper_bound:
            return False
    return True


@dataclass(frozen=True, slots=True)
class BandDays:
    """Whole days for which a guardrail held, out of the days for which a value speaks."""

    in_band: int
    covered: int


def band_days(measure: Measure, observations: Sequence[Observation], *, today: date) -> BandDays:
    """Count the days of a guardrail up to and including `today`.

    A value speaks from its day until the day before the next value, for at most two cadences. Days without
    such a value are left out of both counts.
    """
    known = _last_by_day([one for one in observations if one.on <= today])
    in_band = covered = 0
    for place, one in enumerate(known):
        is_last = place == len(known) - 1
        until_next = (today - one.on).days + 1 if is_last else (known[place + 1].on - one.on).days
        days = min(until_next, CADENCES_COVERED * measure.cadence_days)
        covered += days
        in_band += days if is_in_band(measure, one.value) else 0
    return BandDays(in_band=in_band, covered=covered)


def _guardrail_progress(measure: Measure, known: Sequence[Observation], today: date) -> Progress:
    days = band_days(measure, known, today=today)
    if days.covered == 0:
        return NOTHING_YET
    return _progress_of(Fraction(days.in_band, days.covered), has_data=True)


def _progress_of(raw: Fraction, *, has_data: bool) -> Progress:
    ratio = to_ratio(raw)
    return Progress(progress=to_ratio(clamp01(ratio)), raw_progress=ratio, has_data=has_data)


def _last_by_day(observations: Sequence[Observation]) -> list[Observation]:
    """One observation per day, in order of days; the later entry of a day wins."""
    by_day = {one.on: one for one in observations}
    return [by_day[day] for day in sorted(by_day)]
