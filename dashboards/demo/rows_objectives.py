"""Objectives with their key results, steps, plans and initiatives."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from dashboards.demo.calendar import CycleDates, id_of, moment
from dashboards.demo.rows import Rows
from dashboards.demo.shapes import KeyResultSpec, ObjectiveSpec
from objectives.models import Initiative, KeyResult, Milestone, Objective, PlannedValue
from objectives.rules.kinds import KeyResultState, ObjectiveState, ValueSource

WRITTEN = (ObjectiveState.DRAFT, ObjectiveState.PROPOSED)


def add_objectives(rows: Rows, objectives: tuple[ObjectiveSpec, ...]) -> None:
    """All objectives first, then who works on them, then their key results and what hangs below."""
    for place, spec in enumerate(objectives):
        rows.objectives[spec.title] = rows.add(_objective(rows, spec, place))
    for spec in objectives:
        for name in spec.contributors:
            objective, person = rows.objectives[spec.title], rows.people[name]
            rows.add(Objective.contributors.through(objective=objective, user=person))
    for spec in objectives:
        for place, key_result in enumerate(spec.key_results):
            name = f"{spec.title} / {key_result.title}"
            rows.key_results[name] = rows.add(_key_result(rows, spec, key_result, place))
    for spec in objectives:
        for key_result in spec.key_results:
            row = rows.key_results[f"{spec.title} / {key_result.title}"]
            _add_below(rows, row, key_result, rows.calendar.cycles[spec.cycle])


def written_at(spec: ObjectiveSpec, cycle: CycleDates, today_minus_9: datetime) -> datetime:
    """Objectives are written twelve days before their cycle begins; drafts of the next one nine days ago."""
    return today_minus_9 if spec.cycle == "next" else moment(cycle.starts_on - timedelta(days=12), 11)


def _objective(rows: Rows, spec: ObjectiveSpec, place: int) -> Objective:
    cycle = rows.calendar.cycles[spec.cycle]
    at = written_at(spec, cycle, moment(rows.calendar.days_ago(9), 11))
    owner = rows.person(spec.owner)
    is_closed = spec.state in (ObjectiveState.CLOSED, ObjectiveState.CANCELLED)
    return Objective(
        id=id_of(at, "objective", spec.cycle, spec.title),
        organisation=rows.organisation,
        cycle=rows.cycles[spec.cycle],
        title=spec.title,
        why=spec.why,
        kind=spec.kind,
        state=spec.state,
        state_reason=spec.state_reason,
        visibility=spec.visibility,
        keeps_us_running=spec.keeps_us_running,
        team=rows.teams[spec.team] if spec.team else None,
        owner=owner,
        position=place,
        created_by=owner or rows.people["Maren"],
        activated_at=None if spec.state in WRITTEN else moment(cycle.starts_on, 9),
        closed_at=moment(cycle.ends_on + timedelta(days=2), 15) if is_closed else None,
        score=Decimal(spec.score) if spec.score else None,
        score_reason=spec.score_reason,
        created_at=at,
        updated_at=at,
    )


def _key_result(rows: Rows, objective: ObjectiveSpec, spec: KeyResultSpec, place: int) -> KeyResult:
    parent = rows.objectives[objective.title]
    source = ValueSource.CONNECTOR if spec.is_automatic else ValueSource.MANUAL
    return KeyResult(
        id=id_of(parent.created_at, "key result", objective.cycle, objective.title, spec.title),
        organisation=rows.organisation,
        objective=parent,
        title=spec.title,
        kind=spec.kind,
        unit=spec.unit,
        **_measure(spec),
        weight=spec.weight,
        state=spec.state,
        state_reason=spec.state_reason,
        owner=rows.person(spec.owner or objective.owner),
        cadence_days=spec.cadence_days,
        value_source=ValueSource.ALIGNED_OBJECTIVES if spec.from_aligned else source,
        position=place,
        activated_at=parent.activated_at,
        closed_at=parent.closed_at if spec.state == KeyResultState.CLOSED else None,
        created_at=parent.created_at,
        updated_at=parent.created_at,
    )


def _add_below(rows: Rows, row: KeyResult, spec: KeyResultSpec, cycle: CycleDates) -> None:
    for place, step in enumerate(spec.steps):
        rows.add(
            Milestone(
                id=id_of(row.created_at, "step", str(row.id), step.title),
                key_result=row,
                title=step.title,
                weight=step.weight,
                due_on=cycle.day(step.due) if step.due else None,
                position=place,
                done_on=cycle.day(step.done) if step.done else None,
            )
        )
    for day, value in spec.planned:
        on = cycle.day(day)
        plan_id = id_of(row.created_at, "plan", str(row.id), str(day))
        rows.add(PlannedValue(id=plan_id, key_result=row, on=on, value=Decimal(value)))
    for place, work in enumerate(spec.initiatives):
        rows.add(
            Initiative(
                id=id_of(row.created_at, "initiative", str(row.id), work.title),
                organisation=rows.organisation,
                key_result=row,
                title=work.title,
                state=work.state,
                owner_label=work.owner,
                position=place,
                created_at=row.created_at,
            )
        )


def _measure(spec: KeyResultSpec) -> dict[str, Any]:
    """Start, target and bounds, as far as the kind has them."""
    written = {
        "start_value": spec.start,
        "target_value": spec.target,
        "lower_bound": spec.lower,
        "upper_bound": spec.upper,
    }
    return {name: Decimal(number) for name, number in written.items() if number is not None}
