"""Where a key result should stand on a day, by its plan (docs: RULES §1, last paragraph)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from common.ratio import ONE, ZERO, clamp01, to_ratio
from objectives.rules.kinds import KeyResultKind
from objectives.rules.progress import Measure, raw_share


@dataclass(frozen=True, slots=True)
class PlannedValue:
    """The value that the plan asks for at the end of a day, in the key result's own unit.

    For percent_done the per cent, for milestones the done weight, for yes_no 1 on the planned day.
    """

    on: date
    value: Decimal


def expected_share(
    measure: Measure,
    *,
    planned: Sequence[PlannedValue],
    starts_on: date | None,
    ends_on: date | None,
    on: date,
) -> Decimal | None:
    """Planned progress at the end of day `on`: a ratio 0..1 with four decimals.

    Without planned values the line is straight and equals the elapsed share of the cycle; planned values
    bend it (straight between two neighbours). 0 before the first day, 1 from the last day on. yes_no is 0
    until its planned day, by default the last, then 1; guardrails are always 1. None for a baseline and in a
    cycle without dates or whose last day lies before its first. The line starts from the evening before the
    first day, so that a planned value on the straight line leaves the line as it was.
    """
    if starts_on is None or ends_on is None or ends_on < starts_on:
        return None
    if measure.kind == KeyResultKind.BASELINE:
        return None
    if measure.kind.is_guardrail:
        return to_ratio(ONE)
    if on < starts_on:
        return to_ratio(ZERO)
    if on >= ends_on:
        return to_ratio(ONE)
    if measure.kind == KeyResultKind.YES_NO:
        done_on = min((point.on for point in planned if point.value >= 1), default=ends_on)
        return to_ratio(ONE if on >= done_on else ZERO)
    points = _plan_points(measure, planned, starts_on, ends_on)
    return to_ratio(clamp01(to_ratio(_between(points, on))))


def planned_value_on(measure: Measure, share: Decimal) -> Decimal | None:
    """The value of a metric at which its progress equals `share`; None for kinds without start and target."""
    if not measure.kind.is_metric or measure.start_value is None or measure.target_value is None:
        return None
    return measure.start_value + share * (measure.target_value - measure.start_value)


def _plan_points(
    measure: Measure, planned: Sequence[PlannedValue], starts_on: date, ends_on: date
) -> list[tuple[date, Fraction]]:
    """The corners of the plan, one per day, from (evening before the first day, 0) to (last day, 1).

    Planned values on or after the last day, or before the first, have no say.
    """
    corners = {
        point.on: raw_share(measure, point.value) for point in planned if starts_on <= point.on < ends_on
    }
    corners[starts_on - timedelta(days=1)] = Fraction(0)
    corners[ends_on] = Fraction(1)
    return sorted(corners.items())


def _between(points: Sequence[tuple[date, Fraction]], on: date) -> Fraction:
    """Straight line between the neighbours of `on`, which lies within `points`."""
    for (left_on, left), (right_on, right) in pairwise(points):
        if left_on <= on <= right_on:
            return left + (right - left) * Fraction((on - left_on).days, (right_on - left_on).days)
    raise ValueError("the day lies outside the plan")
