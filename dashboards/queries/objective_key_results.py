"""The key results of one objective, ready to print: where each started, stands and wants to be, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from checkins.models import CheckIn
from checkins.services.refresh_key_results import surroundings_of
from common.ratio import clamp01
from common.svg.key_result_chart import KeyResultChart
from common.templatetags.numbers import number, percent, points, rounded
from dashboards.queries.check_in_rows import StepRow, why_words
from dashboards.queries.first_plan import first_plan
from dashboards.queries.key_result_chart import Spark, chart_of, is_from_person, spark_of
from dashboards.queries.key_result_page import freshness_words
from dashboards.queries.objective_parts import InitiativeRow, ObjectiveParts
from objectives.models import KeyResult, Objective
from objectives.rules.kinds import KeyResultKind, KeyResultState, ObjectiveState, ValueSource

MOST_CHARTS = 12
"""So many charts are drawn on the page of an objective; every key result has its own on its own page."""
FEW_STEPS = 20
FEW_NOTES = 2
LEAST_STEPS = 5
SHORT_UNIT = 3
"""Units up to this length are written after every value, longer ones once."""
HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Standing:
    """ "71 % → 75.6 % → 85 %" in pieces; kinds without a start or target leave those empty.

    `joint` stands between now and target.
    """

    start: str
    now: str
    target: str
    joint: str = ""


@dataclass(frozen=True, slots=True)
class LatestWords:
    """What somebody said lately."""

    words: str
    who: str
    on: date


@dataclass(frozen=True, slots=True)
class KeyResultRow:
    """One key result. Ratios are 0..1; `chart` None where there is nothing to draw, `is_open` shows it at first."""

    key_result: KeyResult
    unit: str
    owner: str
    standing: Standing
    steps: tuple[StepRow, ...]
    spark: Spark
    chart: KeyResultChart | None
    status: str
    why: str
    heard_days: int | None
    freshness: str
    is_automatic: bool
    likely: str
    skip_reason: str
    initiatives: tuple[InitiativeRow, ...]
    latest: tuple[LatestWords, ...]
    is_open: bool = False

    @property
    def id(self) -> UUID:
        return self.key_result.pk

    @property
    def title(self) -> str:
        return self.key_result.title


def key_result_rows(
    objective: Objective,
    key_results: Sequence[KeyResult],
    check_ins: Mapping[UUID, Sequence[CheckIn]],
    parts: ObjectiveParts,
    *,
    today: date,
) -> tuple[KeyResultRow, ...]:
    """Rows in the given order, from what was read already.

    key_results  of the objective, each with `objective` (and its cycle and organisation), owner, `skip_reason`
    check_ins    of every key result, oldest first
    """
    opened = next((row.pk for row in key_results if check_ins.get(row.pk)), None)
    return tuple(
        _row(objective, row, check_ins.get(row.pk, ()), parts, today, place=place, is_open=row.pk == opened)
        for place, row in enumerate(key_results)
    )


def _row(
    objective: Objective,
    row: KeyResult,
    said: Sequence[CheckIn],
    parts: ObjectiveParts,
    today: date,
    *,
    place: int,
    is_open: bool,
) -> KeyResultRow:
    steps, planned = parts.steps.get(row.pk, []), parts.planned.get(row.pk, [])
    whole = sum((step.weight for step in steps), Decimal(0))
    chart = None
    if place < MOST_CHARTS:
        first = first_plan(row, planned, parts.changes, whole_weight=whole)
        chart = chart_of(row, said, planned, today, whole_weight=whole, first_plan=first)
    runs = objective.state == ObjectiveState.ACTIVE and row.state == KeyResultState.ACTIVE
    heard = row.last_heard_on
    return KeyResultRow(
        key_result=row,
        unit=unit_words(row),
        owner=row.owner.name if row.owner else "",
        standing=standing_of_row(row, done=sum(step.is_done for step in steps), steps=len(steps)),
        steps=tuple(StepRow(step.pk, step.title, step.due_on, step.is_done) for step in steps[:FEW_STEPS]),
        spark=spark_of(row, said, planned, whole_weight=whole),
        chart=chart,
        status=row.status if runs or row.state == KeyResultState.CLOSED else _resting(objective, row),
        why=why_words(row, surroundings_of(row, steps, planned)),
        heard_days=(today - heard).days if heard and runs else None,
        freshness=freshness_words(row, today) if runs else "",
        is_automatic=bool(said) and not is_from_person(said[-1]),
        likely=likely_words(row) if runs else "",
        skip_reason=_skip_reason(row, today),
        initiatives=tuple(one for one in parts.initiatives if one.key_result_id == row.pk),
        latest=_latest(said),
        is_open=is_open,
    )


def _latest(said: Sequence[CheckIn]) -> tuple[LatestWords, ...]:
    """The last notes, the latest first."""
    found: list[LatestWords] = []
    for row in reversed(said):
        words = row.note or row.challenge or row.win
        if words:
            who = row.author.name if row.author else row.author_label
            found.append(LatestWords(words, who or "somebody", row.observed_on))
        if len(found) == FEW_NOTES:
            break
    return tuple(found)


def _resting(objective: Objective, row: KeyResult) -> str:
    """What it wears while it does not run: its own state, or else that of its objective."""
    if row.state != KeyResultState.ACTIVE:
        return row.state
    return row.status if objective.state == ObjectiveState.CLOSED else objective.state


def _skip_reason(row: KeyResult, today: date) -> str:
    if row.skipped_until is None or row.skipped_until <= today:
        return ""
    return getattr(row, "skip_reason", None) or ""


def unit_words(row: KeyResult) -> str:
    """The unit of its values; `%` where per cent done are counted."""
    return "%" if row.kind == KeyResultKind.PERCENT_DONE else row.unit.strip()


def value_words(row: KeyResult, value: Decimal | None) -> str:
    """A value of a key result with its unit, as people say it for its kind; "" for none."""
    if value is None:
        return ""
    if row.kind == KeyResultKind.YES_NO:
        return "done" if value >= 1 else "not yet"
    return number(value, unit_words(row))


def short_value_words(row: KeyResult, value: Decimal | None) -> str:
    """The same without a long unit, for the first of two values."""
    if value is None or row.kind == KeyResultKind.YES_NO:
        return value_words(row, value)
    unit = unit_words(row)
    return number(value, unit if len(unit) <= SHORT_UNIT else "")


def standing_of_row(row: KeyResult, *, done: int, steps: int) -> Standing:
    """Start, now and target in words that fit the kind."""
    kind, unit = KeyResultKind(row.kind), unit_words(row)
    if row.value_source == ValueSource.ALIGNED_OBJECTIVES:
        return Standing("", percent(row.progress) if row.has_data else "not yet", "from aligned objectives")
    if kind == KeyResultKind.MILESTONES:
        return Standing("", f"{done} of {steps}", "step" if steps == 1 else "steps")
    now = value_words(row, row.current_value) or "not yet"
    if kind.is_metric:
        short = unit if len(unit) <= SHORT_UNIT else ""
        return Standing(
            number(row.start_value, short) if row.start_value is not None else "",
            number(row.current_value, short) if row.current_value is not None else "not yet",
            number(row.target_value, unit) if row.target_value is not None else "",
            "→",
        )
    if kind.is_guardrail:
        return Standing("", now, band_words(row), "·")
    if kind == KeyResultKind.PERCENT_DONE:
        return Standing("", now, number(HUNDRED, "%"), "of")
    return Standing("", now, "finding out" if kind == KeyResultKind.BASELINE else "")


def band_words(row: KeyResult) -> str:
    """ "at most 5 %", "2 to 4 days"."""
    unit = unit_words(row)
    lower: Decimal | None = row.lower_bound
    upper: Decimal | None = row.upper_bound
    if lower is None:
        return "" if upper is None else f"at most {number(upper, unit)}"
    if upper is None:
        return f"at least {number(lower, unit)}"
    return f"{number(lower)} to {number(upper, unit)}"


def likely_words(row: KeyResult) -> str:
    """The 80 % band at close in the key result's own unit, long units left out; "" where nothing is estimated."""
    low, high = row.forecast_low, row.forecast_high
    if low is None or high is None or not row.has_data:
        return ""
    if KeyResultKind(row.kind).is_metric and row.start_value is not None and row.target_value is not None:
        span = row.target_value - row.start_value
        ends = (row.start_value + span * low, row.start_value + span * high)
        first, last = (rounded(value, decimals_for(*ends)) for value in ends)
        unit = unit_words(row)
        return _between(first, last, unit if len(unit) <= SHORT_UNIT else "")
    return _between(points(clamp01(low)), points(clamp01(high)), "%")


def _between(low: str, high: str, unit: str) -> str:
    said = low if low == high else f"{low} to {high}"
    return f"{said}\u00a0{unit}" if unit else said


def decimals_for(low: Decimal, high: Decimal) -> int:
    """As few decimals as tell the two ends of an estimate apart by five steps or more; at most four."""
    width = abs(high - low)
    return next((count for count in range(4) if width.scaleb(count) >= LEAST_STEPS), 4)
