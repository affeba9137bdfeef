"""Everything that the page for writing an objective starts from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from objectives.models import KeyResult, Objective
from objectives.permissions import visible_objectives
from objectives.rules.kinds import (
    KeyResultKind,
    KeyResultState,
    ObjectiveKind,
    ObjectiveState,
    ValueSource,
    Visibility,
)
from people.models import User


@dataclass(frozen=True, slots=True)
class MilestoneEditRow:
    """One step in its order."""

    id: UUID
    title: str
    weight: Decimal
    due_on: date | None
    is_done: bool


@dataclass(frozen=True, slots=True)
class KeyResultEditRow:
    """A key result with the numbers that its kind uses, its steps and its plan ((day, value) in order)."""

    id: UUID
    version: int
    title: str
    kind: KeyResultKind
    state: KeyResultState
    unit: str
    start_value: Decimal | None
    target_value: Decimal | None
    lower_bound: Decimal | None
    upper_bound: Decimal | None
    weight: Decimal
    owner_id: UUID | None
    cadence_days: int
    value_source: ValueSource
    milestones: tuple[MilestoneEditRow, ...]
    planned_values: tuple[tuple[date, Decimal], ...]


@dataclass(frozen=True, slots=True)
class ObjectiveEditRow:
    """An objective as it is now, with all its key results in their order."""

    id: UUID
    version: int
    title: str
    why: str
    kind: ObjectiveKind
    state: ObjectiveState
    visibility: Visibility
    counts_when_private: bool
    keeps_us_running: str
    cycle_id: UUID
    team_id: UUID | None
    owner_id: UUID | None
    contributor_ids: tuple[UUID, ...]
    key_results: tuple[KeyResultEditRow, ...]


EDIT_PARTS = ("contributors", "key_results__milestones", "key_results__planned_values")


def objective_for_edit(user: User, objective_id: UUID) -> ObjectiveEditRow | None:
    """The objective, or None when the person may not know that it exists. Five queries."""
    row = visible_objectives(user).filter(pk=objective_id).prefetch_related(*EDIT_PARTS).first()
    return None if row is None else edit_row_of(row)


def edit_row_of(row: Objective) -> ObjectiveEditRow:
    """The same of an objective at hand; asks nothing when its EDIT_PARTS were read with it."""
    return ObjectiveEditRow(
        id=row.pk,
        version=row.version,
        title=row.title,
        why=row.why,
        kind=ObjectiveKind(row.kind),
        state=ObjectiveState(row.state),
        visibility=Visibility(row.visibility),
        counts_when_private=row.counts_when_private,
        keeps_us_running=row.keeps_us_running,
        cycle_id=row.cycle_id,
        team_id=row.team_id,
        owner_id=row.owner_id,
        contributor_ids=tuple(person.pk for person in row.contributors.all()),
        key_results=tuple(_key_result_row(key_result) for key_result in row.key_results.all()),
    )


def _key_result_row(row: KeyResult) -> KeyResultEditRow:
    return KeyResultEditRow(
        id=row.pk,
        version=row.version,
        title=row.title,
        kind=KeyResultKind(row.kind),
        state=KeyResultState(row.state),
        unit=row.unit,
        start_value=row.start_value,
        target_value=row.target_value,
        lower_bound=row.lower_bound,
        upper_bound=row.upper_bound,
        weight=row.weight,
        owner_id=row.owner_id,
        cadence_days=row.cadence_days,
        value_source=ValueSource(row.value_source),
        milestones=tuple(
            MilestoneEditRow(step.pk, step.title, step.weight, step.due_on, step.is_done)
            for step in row.milestones.all()
        ),
        planned_values=tuple((point.on, point.value) for point in row.planned_values.all()),
    )
