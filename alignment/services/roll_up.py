"""The one writer of rolled-up numbers: objectives, priorities, and key results fed by aligned objectives.

The caller holds the organisation's graph lock (shared for a check-in, exclusive when the shape changes). Rows are
locked in ascending (type, id) order, then recomputed from their parts, children before parents.
"""

from __future__ import annotations

from collections.abc import Collection, Container
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from alignment.models import StrategicPriority
from alignment.rules.graph import topological_order
from alignment.services.affected import Affected, affected_by
from alignment.services.priority_standings import roll_up_priorities
from alignment.services.store_rows import store_rows
from alignment.services.stored_parts import StoredParts, assign_aligned, assign_numbers
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
ALIGNED_COLUMNS = ("progress", "raw_progress", "has_data", "status", "current_value")


@dataclass(frozen=True, slots=True)
class Lifted:
    """One objective or priority whose progress a write moved; ratios, or None for "nothing to say yet"."""

    type: str
    id: UUID
    title: str
    progress_before: Decimal | None
    progress_after: Decimal | None


def lock_affected(affected: Affected) -> dict[UUID, Objective]:
    """Lock key results, objectives and priorities that a write reaches, always in the same order."""
    list(
        KeyResult.everything.select_for_update()
        .filter(pk__in=affected.key_result_ids)
        .order_by("pk")
        .values_list("pk")
    )
    objectives = (
        Objective.everything.select_for_update(of=("self",))
        .filter(pk__in=affected.objective_ids)
        .select_related("organisation")
        .order_by("pk")
    )
    rows = {row.pk: row for row in objectives}
    list(
        StrategicPriority.objects.select_for_update()
        .filter(pk__in=affected.priority_ids)
        .order_by("pk")
        .values_list("pk")
    )
    return rows


def roll_up(
    *,
    organisation_id: UUID,
    today: date,
    objective_ids: Collection[UUID] = (),
    key_result_ids: Collection[UUID] = (),
    priority_ids: Collection[UUID] = (),
    affected: Affected | None = None,
    locked: dict[UUID, Objective] | None = None,
    thawed: Container[UUID] = (),
) -> tuple[Lifted, ...]:
    """Recompute the named objectives, key results and priorities, and everything above them.

    Give `affected` and `locked` when the caller has found and locked them already. Closed objectives keep the
    numbers frozen at close, unless they are among `thawed` (just closed, or history that was just imported).
    Returns what moved, objectives before priorities, each once.
    """
    if affected is None:
        affected = affected_by(
            organisation_id,
            objective_ids=objective_ids,
            key_result_ids=key_result_ids,
            priority_ids=priority_ids,
        )
        locked = lock_affected(affected)
    objectives = locked or {}
    parts = StoredParts(affected)
    lifted: list[Lifted] = []
    changed: list[Objective] = []
    changed_key_results: list[KeyResult] = []
    order = topological_order(affected.edges, [("objective", pk) for pk in affected.objective_ids])
    for kind, pk in order:
        if kind == "key_result":
            aligned = parts.key_results.get(pk)
            is_fed = aligned is not None and aligned.value_source == ValueSource.ALIGNED_OBJECTIVES
            if aligned and is_fed and assign_aligned(aligned, parts.children_of("key_result", pk), today):
                changed_key_results.append(aligned)
        elif pk in objectives:
            row = objectives[pk]
            before = row.progress
            if (pk in thawed or row.state != ObjectiveState.CLOSED) and assign_numbers(
                row, parts.numbers_of(pk)
            ):
                changed.append(row)
                parts.remember(row)
            if row.progress != before:
                lifted.append(Lifted("objective", pk, row.title, before, row.progress))
    store_rows(KeyResult, changed_key_results, ALIGNED_COLUMNS)
    store_rows(Objective, changed, OBJECTIVE_COLUMNS)
    for priority, before, after in roll_up_priorities(organisation_id, affected, parts):
        lifted.append(Lifted("priority", priority.pk, priority.title, before, after))
    return tuple(lifted)
