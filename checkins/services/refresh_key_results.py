"""The one writer of what a key result's check-ins say about it: value, progress, status, forecast, freshness."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from alignment.services.roll_up import ALIGNED_COLUMNS
from alignment.services.store_rows import Changed, assign, store_rows, touched
from checkins.models import CheckIn
from checkins.rules.standing import Standing, Surroundings, standing_of
from checkins.services.said_so_far import MOMENT_COLUMNS, AnySaid, Said, said_so_far, statement_of
from common.prepared import Prepared
from common.ratio import to_ratio
from common.write_rows import BATCH, insert_row, update_rows
from objectives.models import KeyResult, Milestone, PlannedValue
from objectives.rules import expected as plan
from objectives.rules.kinds import KeyResultKind, KeyResultState, ObjectiveKind, ObjectiveState, ValueSource
from objectives.rules.progress import Measure, Step
from objectives.rules.score import success_threshold

STORED = (
    "current_value",
    "progress",
    "raw_progress",
    "expected",
    "has_data",
    "confidence",
    "status",
    "forecast_mean",
    "forecast_low",
    "forecast_high",
    "forecast_chance",
    "forecast_because",
    "last_check_in_at",
    "last_heard_on",
    "next_due_on",
    "fresh_until",
    "due_until",
    "stale_until",
)


def refresh_key_results(
    *,
    key_results: Sequence[KeyResult],
    today: date,
    adding: Sequence[CheckIn] = (),
    at: datetime | None = None,
) -> None:
    """Recompute the stored facts of these key results from their check-ins and write what differs.

    The rows must be locked by the caller and come with `objective`, `objective__cycle` and
    `objective__organisation`. Frozen ones (of closed objectives) are left alone. `adding` are check-ins that are
    not saved yet: they are replayed with the others, get their history columns, and are inserted here. With `at`,
    key results that changed count as updated then.
    """
    moving = [row for row in key_results if not is_frozen(row)]
    write_standings(standings_of(moving, today=today, adding=adding), at=at)
    if len(adding) == 1:
        insert_row(adding[0])
    elif adding:
        CheckIn.objects.bulk_create(adding, batch_size=BATCH)


def is_frozen(key_result: KeyResult) -> bool:
    """Closing freezes: nothing is recomputed any more until it is reopened."""
    return key_result.objective.state == ObjectiveState.CLOSED or key_result.state == KeyResultState.CLOSED


Replayed = tuple[KeyResult, Standing, list[AnySaid]]


def standings_of(
    key_results: Sequence[KeyResult], *, today: date, adding: Sequence[CheckIn] = ()
) -> list[Replayed]:
    """What the check-ins of these key results say on a day, without writing anything."""
    ids = [row.pk for row in key_results]
    check_ins = said_so_far(ids, adding)
    steps, planned = steps_of(key_results), planned_of(ids)
    result: list[Replayed] = []
    for row in key_results:
        around = surroundings_of(row, steps.get(row.pk, []), planned.get(row.pk, []))
        said = check_ins.get(row.pk, [])
        result.append((row, standing_of(around, [statement_of(one) for one in said], today=today), said))
    return result


def surroundings_of(
    row: KeyResult, steps: Iterable[Milestone] = (), planned: Iterable[PlannedValue] = ()
) -> Surroundings:
    """What the key result is judged by: its measure, plan, cycle and the organisation's experience."""
    objective, organisation = row.objective, row.objective.organisation
    zone = ZoneInfo(organisation.time_zone)
    activated_at = max(filter(None, (row.activated_at, objective.activated_at)), default=None)
    weights = {str(step.pk): step.weight for step in steps}
    return Surroundings(
        measure=Measure(
            kind=KeyResultKind(row.kind),
            start_value=row.start_value,
            target_value=row.target_value,
            lower_bound=row.lower_bound,
            upper_bound=row.upper_bound,
            steps=tuple(Step(weight, done=False) for weight in weights.values()),
            cadence_days=row.cadence_days,
        ),
        step_weights=weights,
        planned=tuple(plan.PlannedValue(point.on, point.value) for point in planned),
        starts_on=objective.cycle.starts_on,
        ends_on=objective.cycle.ends_on,
        success=float(success_threshold(ObjectiveKind(objective.kind))),
        ref_pace=organisation.reference_pace,
        scale=organisation.forecast_scale,
        is_closed=is_frozen(row),
        activated_on=activated_at.astimezone(zone).date() if activated_at else None,
        skipped_until=row.skipped_until,
    )


def write_standings(replayed: Sequence[Replayed], *, at: datetime | None = None) -> None:
    """Store what differs on key results, on their check-ins' history columns and on milestones."""
    changed: Changed = []
    moments: list[Said] = []
    for row, standing, said in replayed:
        if names := assign(row, stored_facts(row, standing)):
            changed.append((row, touched(row, names, at)))
        for check_in, moment in zip(said, standing.moments, strict=True):
            facts = {
                "previous_value": moment.previous_value,
                "progress": moment.progress.progress,
                "raw_progress": moment.progress.raw_progress,
                "status": moment.status.value,
            }
            if assign(check_in, facts) and isinstance(check_in, Said):
                moments.append(check_in)
    store_rows(KeyResult, changed, (*STORED, "updated_at"))
    update_rows(CheckIn, moments, MOMENT_COLUMNS)
    _write_milestones(replayed)


def stored_facts(row: KeyResult, standing: Standing) -> dict[str, Any]:
    """The stored columns of a key result, from its standing."""
    forecast, dates = standing.forecast, standing.freshness
    expects = row.state == KeyResultState.ACTIVE and row.objective.state == ObjectiveState.ACTIVE
    facts: dict[str, Any] = {
        "current_value": standing.current_value,
        "progress": standing.progress.progress,
        "raw_progress": standing.progress.raw_progress,
        "expected": standing.expected,
        "has_data": standing.progress.has_data,
        "confidence": standing.confidence,
        "status": standing.status.value,
        "forecast_mean": _ratio(forecast.mean) if forecast else None,
        "forecast_low": _ratio(forecast.low) if forecast else None,
        "forecast_high": _ratio(forecast.high) if forecast else None,
        "forecast_chance": _ratio(forecast.chance) if forecast else None,
        "forecast_because": standing.because,
        "last_check_in_at": standing.last_check_in_at,
        "last_heard_on": standing.last_heard_on,
        "next_due_on": standing.next_due_on if expects else None,
        "fresh_until": dates.fresh_until if dates and expects else None,
        "due_until": dates.due_until if dates and expects else None,
        "stale_until": dates.stale_until if dates and expects else None,
    }
    if row.value_source == ValueSource.ALIGNED_OBJECTIVES:
        return {name: value for name, value in facts.items() if name not in ALIGNED_COLUMNS}
    return facts


def _write_milestones(replayed: Sequence[Replayed]) -> None:
    with_steps = {
        row.pk: (standing, said) for row, standing, said in replayed if row.kind == KeyResultKind.MILESTONES
    }
    changed: list[Milestone] = []
    for step in Milestone.objects.filter(key_result_id__in=list(with_steps)) if with_steps else ():
        standing, said = with_steps[step.key_result_id]
        done_on = _done_since(str(step.pk), said) if str(step.pk) in standing.steps_done else None
        if step.done_on != done_on:
            step.done_on = done_on
            changed.append(step)
    if changed:
        update_rows(Milestone, changed, ("done_on",))


def _done_since(step: str, said: Sequence[AnySaid]) -> date | None:
    """The day of the first of the latest run of check-ins that call the step done."""
    since: date | None = None
    for check_in in said:
        if check_in.milestones_done is None:
            continue
        if step not in check_in.milestones_done:
            since = None
        elif since is None:
            since = check_in.observed_on
    return since


def steps_of(key_results: Sequence[KeyResult]) -> dict[UUID, list[Milestone]]:
    """Milestones by key result; asks the database only when there are milestone key results."""
    return _grouped(_steps([row.pk for row in key_results if row.kind == KeyResultKind.MILESTONES]))


def planned_of(ids: Sequence[UUID]) -> dict[UUID, list[PlannedValue]]:
    """Planned values by key result."""
    return _grouped(_planned(ids))


_steps = Prepared(lambda key_results: Milestone.objects.filter(key_result_id__in=key_results))
_planned = Prepared(lambda key_results: PlannedValue.objects.filter(key_result_id__in=key_results))


def _grouped(rows: Iterable[Any]) -> dict[UUID, list[Any]]:
    grouped: dict[UUID, list[Any]] = defaultdict(list)
    for row in rows:
        grouped[row.key_result_id].append(row)
    return grouped


def _ratio(number: float) -> Decimal:
    return to_ratio(Decimal(repr(number)))
