"""Cycles of the organisation as those who look after them see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, F, Q

from objectives.permissions import visible_cycles
from objectives.rules.cycles import week_of
from objectives.rules.kinds import CycleState, ObjectiveState
from objectives.rules.lifecycle import is_open_objective
from people.models import User

OPEN_STATES = [state for state in ObjectiveState if is_open_objective(state)]


@dataclass(frozen=True, slots=True)
class CycleRow:
    """One cycle. `objectives` counts all of it, `open_objectives` those that hold up closing it.

    `week` runs from 1 to `weeks` while it is active; both None without dates. `part_of` names the longer cycle.
    """

    id: UUID
    name: str
    starts_on: date | None
    ends_on: date | None
    state: CycleState
    part_of: str
    week: int | None
    weeks: int | None
    objectives: int
    open_objectives: int


def cycle_list(viewer: User, today: date) -> tuple[CycleRow, ...]:
    """The latest first, those without dates last. One query."""
    kept = Q(objectives__deleted_at__isnull=True)
    cycles = (
        visible_cycles(viewer)
        .select_related("parent")
        .annotate(
            objective_count=Count("objectives", filter=kept),
            open_count=Count("objectives", filter=kept & Q(objectives__state__in=OPEN_STATES)),
        )
        .order_by(F("starts_on").desc(nulls_last=True), F("ends_on").asc(nulls_last=True), "name", "id")
    )
    rows = []
    for cycle in cycles:
        running = week_of(cycle.starts_on, cycle.ends_on, today)
        rows.append(
            CycleRow(
                id=cycle.pk,
                name=cycle.name,
                starts_on=cycle.starts_on,
                ends_on=cycle.ends_on,
                state=CycleState(cycle.state),
                part_of=cycle.parent.name if cycle.parent else "",
                week=running[0] if running else None,
                weeks=running[1] if running else None,
                objectives=cycle.objective_count,
                open_objectives=cycle.open_count,
            )
        )
    return tuple(rows)
