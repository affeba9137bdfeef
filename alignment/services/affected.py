"""Which nodes of the alignment graph a write reaches."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any, Literal
from uuid import UUID

from django.db.models import QuerySet

from alignment.models import AlignmentLink, StrategicPriority
from alignment.rules.kinds import LinkKind, LinkState
from common.prepared import Prepared
from objectives.models import KeyResult, Objective
from objectives.rules.kinds import ValueSource

Node = tuple[Literal["objective", "key_result"], UUID]


@dataclass(slots=True)
class Affected:
    """Objectives to recompute, key results to lock, priorities to recompute, and the edges between them.

    `cycle_ids` limits the recomputation of priorities to those cycles and the cycles around them; None means every
    cycle, for when the shape of the graph has changed.
    """

    organisation_id: UUID
    objective_ids: set[UUID] = field(default_factory=set)
    key_result_ids: set[UUID] = field(default_factory=set)
    priority_ids: set[UUID] = field(default_factory=set)
    edges: list[tuple[Node, Node]] = field(default_factory=list)
    cycle_ids: set[UUID] | None = None


def affected_by(
    organisation_id: UUID,
    *,
    objective_ids: Collection[UUID] = (),
    key_result_ids: Collection[UUID] = (),
    priority_ids: Collection[UUID] = (),
    shape_changed: bool = True,
) -> Affected:
    """The named nodes, the key results fed by other objectives in them, and everything above along links that count.

    Safe to read before the rows are locked: links only change under the exclusive graph lock. A write that leaves
    the shape of the graph alone passes `shape_changed=False` and spares the other cycles of its priorities.
    """
    found = Affected(
        organisation_id,
        priority_ids=set(priority_ids),
        key_result_ids=set(key_result_ids),
        cycle_ids=None if shape_changed else set(),
    )
    frontier = set(objective_ids) | _objectives_of(found, key_result_ids)
    if shape_changed:
        _note_fed(found, objective_id__in=frontier)
    while frontier:
        found.objective_ids |= frontier
        frontier = _parents_of(found, frontier) - found.objective_ids
    return found


def _counted_links(**which: Any) -> QuerySet[AlignmentLink, Any]:
    return AlignmentLink.objects.filter(
        kind=LinkKind.CONTRIBUTES, state=LinkState.ACTIVE, **which
    ).values_list(
        "child_id",
        "priority_id",
        "objective_id",
        "key_result_id",
        "key_result__objective_id",
        "key_result__value_source",
        "child__cycle_id",
    )


_links_above = Prepared(lambda children: _counted_links(child_id__in=children))
_links_in = Prepared(lambda organisation: _counted_links(organisation_id=organisation))


def _parents_of(found: Affected, children: set[UUID], of_all_in: UUID | None = None) -> set[UUID]:
    """Objectives one step up; notes priorities, fed key results and edges on the way."""
    # A stored row has one parent, so any of the three columns may be null; the stubs do not know that.
    links: Iterable[tuple[Any, ...]] = _links_in(of_all_in) if of_all_in else _links_above(children)
    parents: set[UUID] = set()
    for child, priority, objective, key_result, key_result_objective, value_source, cycle in links:
        if priority is not None:
            found.priority_ids.add(priority)
            if found.cycle_ids is not None:
                found.cycle_ids.add(cycle)
        elif objective is not None:
            parents.add(objective)
            found.edges.append((("objective", child), ("objective", objective)))
        elif value_source == ValueSource.ALIGNED_OBJECTIVES:
            parents.add(key_result_objective)
            found.key_result_ids.add(key_result)
            found.edges.append((("objective", child), ("key_result", key_result)))
            found.edges.append((("key_result", key_result), ("objective", key_result_objective)))
    return parents


def _note_fed(found: Affected, **which: Any) -> None:
    """Key results whose value comes from aligned objectives, also while no objective leads to them."""
    rows = KeyResult.objects.filter(value_source=ValueSource.ALIGNED_OBJECTIVES, **which)
    for key_result, objective in rows.values_list("pk", "objective_id"):
        found.key_result_ids.add(key_result)
        found.edges.append((("key_result", key_result), ("objective", objective)))


def _objectives_of(found: Affected, key_result_ids: Collection[UUID]) -> set[UUID]:
    rows = (
        KeyResult.everything.filter(pk__in=key_result_ids).values_list("pk", "objective_id")
        if key_result_ids
        else ()
    )
    for key_result, objective in rows:
        found.edges.append((("key_result", key_result), ("objective", objective)))
    return {objective for _, objective in rows}


def everything_in(organisation_id: UUID) -> Affected:
    """Every objective and priority of the organisation, for a full recomputation."""
    found = Affected(organisation_id)
    found.objective_ids = set(
        Objective.objects.filter(organisation_id=organisation_id).values_list("pk", flat=True)
    )
    found.priority_ids = set(
        StrategicPriority.objects.filter(organisation_id=organisation_id).values_list("pk", flat=True)
    )
    _note_fed(found, organisation_id=organisation_id, objective_id__in=found.objective_ids)
    _parents_of(found, found.objective_ids, of_all_in=organisation_id)
    return found
