"""The history of one key result as a drawing: the large chart and the sparkline, of every kind.

Metrics, guardrails and baselines are drawn in their own unit, milestones in per cent of the done weight; yes or no
shows the confidence, because 0 and 1 would say nothing on the way.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from checkins.models import CheckIn
from checkins.rules.kinds import CheckInSource
from common.ratio import round_half_up
from common.svg.key_result_chart import Fan, KeyResultChart, PlanPoint, ValuePoint
from objectives.models import KeyResult, PlannedValue
from objectives.rules.cycles import elapsed_share
from objectives.rules.kinds import KeyResultKind, KeyResultState, ObjectiveState

HUNDRED = Decimal(100)
MOST_DECIMALS = 3
Z80 = Decimal("1.28155")
Z50 = Decimal("0.67449")
"""So many standard deviations either side hold 80 and 50 per cent of a forecast."""


@dataclass(frozen=True, slots=True)
class Spark:
    """A sparkline: (share of the cycle 0..1, value) pairs, and the words that say the same."""

    points: tuple[tuple[float, Decimal], ...]
    plan: tuple[tuple[float, Decimal], ...]
    label: str


def chart_of(
    key_result: KeyResult,
    check_ins: Iterable[CheckIn],
    planned: Sequence[PlannedValue],
    today: date,
    *,
    whole_weight: Decimal | None = None,
    first_plan: tuple[PlanPoint, ...] = (),
) -> KeyResultChart | None:
    """The large chart; None in a cycle without dates before anything was said.

    key_result   with `objective` and `objective.cycle` at hand
    check_ins    all of them, in any order; needs source, value, confidence, progress, observed_on, recorded_at
    planned      its planned values, by day
    whole_weight the weight of all milestones; without it their plan is drawn straight
    first_plan   the plan that it started with, where that was another one
    """
    points = value_points(key_result, check_ins)
    window = _window(key_result, points, today)
    if window is None:
        return None
    starts_on, ends_on = window
    kind = KeyResultKind(key_result.kind)
    return KeyResultChart(
        key=f"k{key_result.pk.hex[:12]}",
        title=_title(key_result),
        starts_on=starts_on,
        ends_on=ends_on,
        today=today,
        points=points,
        plan=plan_points(key_result, planned, whole_weight),
        first_plan=first_plan,
        target=_target(key_result),
        lower_bound=key_result.lower_bound if kind.is_guardrail else None,
        upper_bound=key_result.upper_bound if kind.is_guardrail else None,
        fan=_fan(key_result),
        unit=unit_of(key_result),
    )


def spark_of(
    key_result: KeyResult,
    check_ins: Iterable[CheckIn],
    planned: Sequence[PlannedValue],
    *,
    whole_weight: Decimal | None = None,
) -> Spark:
    """The tiny history, over the whole cycle; empty where the cycle has no dates. Arguments as for `chart_of`."""
    cycle = key_result.objective.cycle
    points = value_points(key_result, check_ins)
    plan = plan_points(key_result, planned, whole_weight)

    def places(rows: Iterable[ValuePoint | PlanPoint]) -> tuple[tuple[float, Decimal], ...]:
        found = ((elapsed_share(cycle.starts_on, cycle.ends_on, row.on), row.value) for row in rows)
        return tuple((float(t), Decimal(str(value))) for t, value in found if t is not None)

    drawn_plan = places(plan)
    if drawn_plan:
        drawn_plan = ((0.0, drawn_plan[0][1]), *drawn_plan[1:])
    unit = f" {unit_of(key_result)}" if unit_of(key_result) else ""
    if points:
        label = f"{_plain(points[0].value)} to {_plain(points[-1].value)}{unit}"
    else:
        label = "no value yet"
    if plan:
        label += f", planned {_plain(plan[-1].value)}{unit}"
    return Spark(places(points), drawn_plan, label)


def value_points(key_result: KeyResult, check_ins: Iterable[CheckIn]) -> tuple[ValuePoint, ...]:
    """What was told, in order of the day; check-ins without a number are left out."""
    rows = sorted(check_ins, key=lambda row: (row.observed_on, row.recorded_at))
    return tuple(
        ValuePoint(row.observed_on, value, is_person=is_from_person(row))
        for row in rows
        if (value := drawn_value(key_result, row)) is not None
    )


def drawn_value(key_result: KeyResult, check_in: CheckIn) -> Decimal | None:
    """The number that stands for a check-in on the drawing."""
    if key_result.kind == KeyResultKind.YES_NO:
        return None if check_in.confidence is None else Decimal(check_in.confidence)
    if key_result.kind == KeyResultKind.MILESTONES:
        if check_in.milestones_done is None or check_in.progress is None:
            return None
        return check_in.progress * HUNDRED
    return check_in.value


def is_from_person(check_in: CheckIn) -> bool:
    """A person said it: here, or in the history that an import brought."""
    if check_in.source == CheckInSource.IMPORT:
        return bool(check_in.author_id or check_in.author_label)
    return CheckInSource(check_in.source).is_person


def plan_points(
    key_result: KeyResult, planned: Sequence[PlannedValue], whole_weight: Decimal | None = None
) -> tuple[PlanPoint, ...]:
    """The planned line from the first to the last day; empty where nothing is planned to move."""
    cycle, kind = key_result.objective.cycle, KeyResultKind(key_result.kind)
    if cycle.starts_on is None or cycle.ends_on is None:
        return ()
    scale = Decimal(1)
    if kind.is_metric and key_result.start_value is not None and key_result.target_value is not None:
        ends = (key_result.start_value, key_result.target_value)
    elif kind == KeyResultKind.PERCENT_DONE:
        ends = (Decimal(0), HUNDRED)
    elif kind == KeyResultKind.MILESTONES:
        ends = (Decimal(0), HUNDRED)
        scale = HUNDRED / whole_weight if whole_weight else Decimal(0)
    else:
        return ()
    bends = [
        PlanPoint(row.on, row.value * scale) for row in planned if cycle.starts_on <= row.on < cycle.ends_on
    ]
    return (PlanPoint(cycle.starts_on, ends[0]), *(bends if scale else ()), PlanPoint(cycle.ends_on, ends[1]))


def unit_of(key_result: KeyResult) -> str:
    """The unit of the drawing; `%` where per cent are drawn."""
    if key_result.kind in (KeyResultKind.PERCENT_DONE, KeyResultKind.MILESTONES):
        return "%"
    return "of 10" if key_result.kind == KeyResultKind.YES_NO else key_result.unit.strip()


def _title(key_result: KeyResult) -> str:
    if key_result.kind == KeyResultKind.YES_NO:
        return f"{key_result.title}: confidence"
    return key_result.title


def _target(key_result: KeyResult) -> Decimal | None:
    kind = KeyResultKind(key_result.kind)
    if kind in (KeyResultKind.PERCENT_DONE, KeyResultKind.MILESTONES):
        return HUNDRED
    return key_result.target_value if kind.is_metric else None


def _window(key_result: KeyResult, points: Sequence[ValuePoint], today: date) -> tuple[date, date] | None:
    """The days of the cycle; without them, from the first value to today."""
    cycle = key_result.objective.cycle
    if cycle.starts_on is not None and cycle.ends_on is not None:
        return cycle.starts_on, cycle.ends_on
    if not points:
        return None
    return points[0].on, max(today, points[-1].on)


def _fan(key_result: KeyResult) -> Fan | None:
    """The stored forecast in the unit of the drawing, while the key result is open."""
    mean, low, high = key_result.forecast_mean, key_result.forecast_low, key_result.forecast_high
    if mean is None or low is None or high is None or not key_result.has_data:
        return None
    if key_result.state == KeyResultState.CLOSED or key_result.objective.state == ObjectiveState.CLOSED:
        return None
    start, target = Decimal(0), _target(key_result)
    if KeyResultKind(key_result.kind).is_metric:
        start = key_result.start_value or Decimal(0)
    if target is None:
        return None
    half = (high - low) / 2 / Z80 * Z50
    step = _step_of(start, target, key_result.current_value)
    shares = (mean, low, high, mean - half, mean + half)
    edges = [round_half_up(start + share * (target - start), step) for share in shares]
    low80, high80 = sorted(edges[1:3])
    low50, high50 = sorted(edges[3:])
    return Fan(likely=edges[0], low80=low80, high80=high80, low50=low50, high50=high50)


def _step_of(*numbers: Decimal | None) -> Decimal:
    """The fineness to which an estimate is shown: that of the numbers people wrote, at most three decimals."""
    exponents = [number.normalize().as_tuple().exponent for number in numbers if number is not None]
    finest = max((-exponent for exponent in exponents if isinstance(exponent, int)), default=0)
    return Decimal(1).scaleb(-min(MOST_DECIMALS, max(0, finest)))


def _plain(value: object) -> str:
    number = Decimal(str(value))
    return f"{number.normalize():,f}"
