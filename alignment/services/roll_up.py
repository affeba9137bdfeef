"""The one writer of rolled-up numbers: objectives, priorities, and key results fed by aligned objectives.

The caller holds the organisation's graph lock (shared for a check-in, exclusive when the shape changes). Rows are
locked in ascending (type, id) order, then recomputed from their parts, children before parents.
"""

from __future__ import annotations

from collections.abc import Collection, Container
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from alignment.rules.graph import topological_order
from alignment.services.affected import Affected, affected_by
from alignment.services.assign_numbers import assign_aligned, assign_numbers
from alignment.services.locked import Locked, lock_affected
from alignment.services.priority_standings import roll_up_priorities
from alignment.services.store_rows import Changed, store_rows, touched
from alignment.services.stored_parts import StoredParts
from objectives.models import KeyResult, Objective
from objectives.rules.kinds import ObjectiveState, ValueSource

OBJECTIVE_COLUMNS = (
    "progress",
    "expected",
    "confidence_mean",
    "status",
    "status_counts",
    "key_result_count",
    "forecast_mean",
    "forecast_low",
    "forecast_high",
    "last_heard_on",
    "fresh_until",
    "due_until",
    "stale_until",
)
ALIGNED_COLUMNS = (
    "progress",
    "raw_progress",
    "has_data",
    "status",
    "current_value",
    "forecast_mean",
    "forecast_low",
    "forecast_high",
    "forecast_chance",
    "forecast_because",
)
"""What is written here, not by the check-ins, where the value comes from aligned objectives."""


@dataclass(frozen=True, slots=True)
class Lifted:
    """One objective or priority whose progress a write moved; ratios, or None for "nothing to say yet".

    A priority stands in several cycles: `cycle_id` says which one is meant, the innermost of those that moved.
    """

    type: str
    id: UUID
    title: str
    progress_before: Decimal | None
    progress_after: Decimal | None
    cycle_id: UUID | None = None


def roll_up(
    *,
    organisation_id: UUID,
    today: date,
    objective_ids: Collection[UUID] = (),
    key_result_ids: Collection[UUID] = (),
    priority_ids: Collection[UUID] = (),
    affected: Affected | None = None,
    locked: Locked | None = None,
    thawed: Container[UUID] = (),
    at: datetime | None = None,
) -> tuple[Lifted, ...]:
    """Recompute the named objectives, key results and priorities, and everything above them.

    Give `affected` and `locked` when the caller has found and locked them already. Closed objectives keep the
    numbers frozen at close, unless they are among `thawed` (just closed, or history that was just imported).
    With `at`, rows whose numbers moved count as updated then, for readers who ask what is new; the turn of a day
    passes none. Returns what moved, objectives before priorities, each once.
    """
    affected = affected or affected_by(
        organisation_id,
        objective_ids=objective_ids,
        key_result_ids=key_result_ids,
        priority_ids=priority_ids,
    )
    locked = locked or lock_affected(affected)
    parts = StoredParts(affected, locked)
    lifted: list[Lifted] = []
    changed: Changed = []
    changed_key_results: Changed = []
    order = topological_order(affected.edges, [("objective", pk) for pk in affected.objective_ids])
    for kind, pk in order:
        if kind == "key_result":
            row = locked.key_results.get(pk)
            if row is None or row.deleted_at is not None:
                continue
            if row.value_source != ValueSource.ALIGNED_OBJECTIVES:
                continue
            if names := assign_aligned(row, parts.children_of("key_result", pk), today):
                changed_key_results.append((row, touched(row, names, at)))
                parts.remember_key_result(row)
        elif pk in locked.objectives:
            objective = locked.objectives[pk]
            if objective.state == ObjectiveState.CLOSED and pk not in thawed:
                continue
            before = objective.progress
            if names := assign_numbers(objective, parts.numbers_of(pk)):
                changed.append((objective, touched(objective, names, at)))
                parts.remember(objective)
            if objective.progress != before:
                lifted.append(Lifted("objective", pk, objective.title, before, objective.progress))
    store_rows(KeyResult, changed_key_results, (*ALIGNED_COLUMNS, "updated_at"))
    store_rows(Objective, changed, (*OBJECTIVE_COLUMNS, "updated_at"))
    for moved in roll_up_priorities(organisation_id, affected, parts):
        lifted.append(Lifted("priority", *moved))
    return tuple(lifted)
