"""Where priorities stand in each cycle, from the objectives that contribute to them directly."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from uuid import UUID

from alignment.models import PriorityProgress, StrategicPriority
from alignment.rules.numbers import NodeNumbers, ObjectivePart, priority_numbers
from alignment.services.affected import Affected
from alignment.services.store_rows import Changed, assign, store_rows
from alignment.services.stored_parts import StoredParts, counted_children_by, part_of_columns
from common.prepared import Prepared
from common.ratio import to_ratio
from objectives.queries.cycles_around import cycles_around

STANDING_COLUMNS = (
    "progress",
    "expected",
    "confidence_mean",
    "status_counts",
    "objective_count",
    "key_result_count",
    "forecast_mean",
    "forecast_low",
    "forecast_high",
)
Key = tuple[UUID, UUID]
Moved = tuple[UUID, str, Decimal | None, Decimal | None, UUID]
"""A priority, its title, its progress before and after, and the cycle in which it moved."""


_children_of = Prepared(lambda ids: counted_children_by("priority_id", priority_id__in=ids))
_children_in_cycles = Prepared(
    lambda ids, cycles: counted_children_by("priority_id", priority_id__in=ids, child__cycle_id__in=cycles)
)
_standings = Prepared(lambda ids: PriorityProgress.objects.filter(priority_id__in=ids))


_lock = Prepared(
    lambda ids: (
        StrategicPriority.objects.select_for_update()
        .filter(pk__in=ids)
        .order_by("pk")
        .values_list("pk", "title")
    )
)


def roll_up_priorities(organisation_id: UUID, affected: Affected, parts: StoredParts) -> list[Moved]:
    """Recompute the affected priorities and store what differs; returns those whose progress moved.

    A priority counts in a cycle the objectives of that cycle and of the cycles inside it (RULES §2). Each is returned
    once, with the innermost of the cycles in which it moved.
    """
    if not affected.priority_ids:
        return []
    titles = dict(_lock(affected.priority_ids))
    around = cycles_around(organisation_id)
    children = _children_by_standing(affected, parts, around)
    rows = _stored_rows(affected)
    wanted = set(children) | (set(rows) if affected.cycle_ids is None else set())
    made: list[PriorityProgress] = []
    changed: Changed = []
    moved: dict[UUID, Moved] = {}
    for key in sorted(wanted, key=lambda one: (one[0], -len(around[one[1]]), one[1])):
        row = rows.get(key) or PriorityProgress(priority_id=key[0], cycle_id=key[1])
        before = row.progress
        names = assign_standing(row, priority_numbers(children.get(key, [])))
        if key not in rows:
            made.append(row)
        elif names:
            changed.append((row, names))
        if row.progress != before:
            moved.setdefault(key[0], (key[0], titles[key[0]], before, row.progress, key[1]))
    if made:
        PriorityProgress.objects.bulk_create(made, batch_size=500)
    store_rows(PriorityProgress, changed, STANDING_COLUMNS)
    return list(moved.values())


def _children_by_standing(
    affected: Affected, parts: StoredParts, around: dict[UUID, list[UUID]]
) -> dict[Key, list[ObjectivePart]]:
    wanted: set[UUID] | None = None
    if affected.cycle_ids is not None:
        wanted = {outer for cycle in affected.cycle_ids for outer in around[cycle]}
    if wanted is None:
        links = _children_of(affected.priority_ids)
    else:
        inside = [cycle for cycle, outer in around.items() if wanted & set(outer)]
        links = _children_in_cycles(affected.priority_ids, inside)
    children: dict[Key, list[ObjectivePart]] = defaultdict(list)
    for priority_id, *columns in links:
        part, cycle = part_of_columns(columns)
        for outer in around[cycle]:
            if wanted is None or outer in wanted:
                children[(priority_id, outer)].append(parts.fresh(part))
    return children


def _stored_rows(affected: Affected) -> dict[Key, PriorityProgress]:
    return {(row.priority_id, row.cycle_id): row for row in _standings(affected.priority_ids)}


def assign_standing(row: PriorityProgress, numbers: NodeNumbers) -> list[str]:
    """Put the numbers on the row; returns the columns that differ from what is stored."""
    likely = numbers.likely
    facts = {
        "progress": numbers.progress,
        "expected": numbers.expected,
        "confidence_mean": numbers.confidence_mean,
        "status_counts": numbers.status_counts,
        "objective_count": numbers.objective_count,
        "key_result_count": numbers.key_result_count,
        "forecast_mean": to_ratio(likely.mean) if likely else None,
        "forecast_low": to_ratio(likely.low) if likely else None,
        "forecast_high": to_ratio(likely.high) if likely else None,
    }
    return assign(row, facts)
