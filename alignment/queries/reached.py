"""The open objectives below a priority, as a change of it reaches them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Q

from alignment.models import AlignmentLink
from alignment.rules.kinds import LinkKind, LinkState
from alignment.rules.reach import Reached, reached_from
from objectives.models import KeyResult, Objective
from objectives.rules.kinds import CycleState, ObjectiveState, Visibility

OPEN_STATES = (
    ObjectiveState.PROPOSED,
    ObjectiveState.AGREED,
    ObjectiveState.ACTIVE,
    ObjectiveState.PAUSED,
)
Node = tuple[str, UUID]


@dataclass(frozen=True, slots=True)
class ReachedObjective:
    """One open objective below. `asked_of_id`: its owner, else the lead of its team; None when there is nobody.

    `share` is the part of the priority that its own link carries, among the links of the same cycle that count.
    """

    id: UUID
    owner_id: UUID | None
    asked_of_id: UUID | None
    is_asked: bool
    kind: LinkKind
    path: tuple[Node, ...]
    share: Decimal | None


def reached_objectives(organisation_id: UUID, priority_id: UUID) -> tuple[ReachedObjective, ...]:
    """Open objectives below the priority, those asked before those told. Three statements, however many there are.

    Declined dependencies lead nowhere; what is closed or cancelled is passed through and not asked itself.
    """
    links = list(
        AlignmentLink.objects.filter(organisation_id=organisation_id, child__deleted_at__isnull=True)
        .exclude(state=LinkState.DECLINED)
        .order_by("created_at", "pk")
        .values_list("child_id", "priority_id", "objective_id", "key_result_id", "kind", "weight")
    )
    used = {key_result for _, _, _, key_result, _, _ in links if key_result is not None}
    start: Node = ("priority", priority_id)
    found = reached_from([*_edges(links), *_parts(organisation_id, bool(used))], start)
    weights = {child: weight for child, priority, _, _, kind, weight in links
               if priority == priority_id and kind == LinkKind.CONTRIBUTES}  # fmt: skip
    return _open_ones(organisation_id, found, weights)


def _edges(links: Iterable[tuple[UUID, UUID | None, UUID | None, UUID | None, str, Decimal]]) -> list[
    tuple[Node, Node, LinkKind]
]:  # fmt: skip
    edges: list[tuple[Node, Node, LinkKind]] = []
    for child, priority, objective, key_result, kind, _ in links:
        parent: Node
        if priority is not None:
            parent = ("priority", priority)
        elif objective is not None:
            parent = ("objective", objective)
        elif key_result is not None:
            parent = ("key_result", key_result)
        else:
            continue
        edges.append((("objective", child), parent, LinkKind(kind)))
    return edges


def _parts(organisation_id: UUID, has_any: bool) -> list[tuple[Node, Node, LinkKind]]:
    """Key results that something leads to, as parts of their objectives."""
    if not has_any:
        return []
    rows = (
        KeyResult.objects.filter(organisation_id=organisation_id, links_down__isnull=False)
        .order_by()
        .distinct()
        .values_list("pk", "objective_id")
    )
    return [(("key_result", pk), ("objective", objective), LinkKind.CONTRIBUTES) for pk, objective in rows]


def _open_ones(
    organisation_id: UUID, found: dict[Node, Reached[Node]], weights: dict[UUID, Decimal]
) -> tuple[ReachedObjective, ...]:
    rows = (
        Objective.objects.filter(Q(organisation_id=organisation_id), state__in=OPEN_STATES)
        .exclude(cycle__state=CycleState.CLOSED)
        .order_by()
        .values_list(
            "pk", "cycle_id", "owner_id", "owner__is_active", "team__lead_id", "team__lead__is_active",
            "visibility", "counts_when_private",
        )
    )  # fmt: skip
    here = {pk: more for pk, *more in rows if ("objective", pk) in found}
    totals: dict[UUID, Decimal] = {}
    for pk, weight in weights.items():
        if pk in here and _counts(here[pk]):
            totals[here[pk][0]] = totals.get(here[pk][0], Decimal(0)) + weight
    made = []
    for (kind, pk), one in found.items():
        if kind != "objective" or pk not in here:
            continue
        cycle_id, owner_id, owner_is_here, lead_id, lead_is_here = here[pk][:5]
        total = totals.get(cycle_id, Decimal(0)) if _counts(here[pk]) else Decimal(0)
        made.append(
            ReachedObjective(
                id=pk,
                owner_id=owner_id,
                asked_of_id=owner_id if owner_is_here else lead_id if lead_is_here else None,
                is_asked=one.is_asked,
                kind=one.kind,
                path=one.path,
                share=round(weights[pk] / total, 4) if pk in weights and total else None,
            )
        )
    return tuple(made)


def _counts(columns: list[Any]) -> bool:
    """Whether it counts above itself: what is hidden from the organisation has no share, and takes none."""
    visibility, counts_when_private = columns[5:7]
    return bool(visibility == Visibility.ORGANISATION or counts_when_private)
