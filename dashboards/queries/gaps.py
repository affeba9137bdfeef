"""What leads nowhere or is looked after by nobody: shown first, and never called wrong."""

from __future__ import annotations

from collections import deque
from collections.abc import Container, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import F, OuterRef, Q, QuerySet, Subquery, TextField
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce

from alignment.models import AlignmentLink
from alignment.rules.kinds import LinkState, PriorityState
from common.known_ids import known_id
from objectives.models import Cycle, KeyResult, Objective
from objectives.rules.kinds import ObjectiveState, Visibility
from people.models import User

COUNTED_STATES = (ObjectiveState.ACTIVE, ObjectiveState.PAUSED, ObjectiveState.CLOSED)
GAP_STATES = (ObjectiveState.PROPOSED, ObjectiveState.AGREED, ObjectiveState.ACTIVE, ObjectiveState.PAUSED)


def counted_above(prefix: str = "") -> Q:
    """Not deleted, and visible to the whole organisation or let count by its owner (RULES §2)."""
    return Q(**{f"{prefix}deleted_at__isnull": True}) & (
        Q(**{f"{prefix}visibility": Visibility.ORGANISATION}) | Q(**{f"{prefix}counts_when_private": True})
    )


@dataclass(frozen=True, slots=True)
class GapRow:
    """An objective with a gap. `keeps_us_running` is the reason why it rightly leads to no priority, or ""."""

    id: UUID
    title: str
    team: str
    owner: str
    keeps_us_running: str
    lacks_priority: bool
    lacks_key_results: bool
    lacks_owner: bool


@dataclass(frozen=True, slots=True)
class GapRows:
    """Open objectives of a cycle that are visible to everybody and lack something, in reading order.

    `without_priority` holds the real gaps: those that keep us running are not among them. `aligned_count`: objectives
    that lead to a priority, directly or through others.
    """

    objective_count: int
    aligned_count: int
    rows: tuple[GapRow, ...]
    without_priority: tuple[GapRow, ...]
    keeping_us_running: tuple[GapRow, ...]
    without_key_results: tuple[GapRow, ...]
    without_owner: tuple[GapRow, ...]


def gap_rows(user: User, cycle: Cycle, *, leads: Container[UUID] | None = None) -> GapRows:
    """Gaps among the open objectives of a cycle. An objective that leads to a priority through its parents has none.

    Two statements, one with `leads` from `leading_to`.
    """
    found = Objective.objects.filter(
        organisation_id=user.organisation_id,
        cycle=cycle,
        state__in=GAP_STATES,
        visibility=Visibility.ORGANISATION,
    )
    facts: QuerySet[Any] = found.order_by("team__name", "position", "pk").values_list(
        _text("pk") if leads is None else F("pk"),
        "title",
        "team__name",
        "owner__name",
        "owner__is_active",
        "owner_label",
        "keeps_us_running",
        "key_result_count",
    )
    linked: Container[Any] = _follow(_links(cycle.organisation_id).order_by()) if leads is None else leads
    count = aligned = 0
    rows: list[GapRow] = []
    for pk, title, team, owner, is_here, label, why, key_results in facts:
        count += 1
        leads_on = pk in linked
        aligned += leads_on
        is_owned = is_here or (label and not owner)
        if not (leads_on and key_results and is_owned):
            row = GapRow(
                id=pk if leads is not None else known_id(pk),
                title=title,
                team=team or "",
                owner=owner or label,
                keeps_us_running=why,
                lacks_priority=not leads_on,
                lacks_key_results=not key_results,
                lacks_owner=not is_owned,
            )
            rows.append(row)
    loose = [row for row in rows if row.lacks_priority]
    return GapRows(
        objective_count=count,
        aligned_count=aligned,
        rows=tuple(rows),
        without_priority=tuple(row for row in loose if not row.keeps_us_running),
        keeping_us_running=tuple(row for row in loose if row.keeps_us_running),
        without_key_results=tuple(row for row in rows if row.lacks_key_results),
        without_owner=tuple(row for row in rows if row.lacks_owner),
    )


def leading_to(organisation_id: UUID) -> dict[UUID, UUID]:
    """For each objective that leads to an active priority, directly or through objectives and key results that
    everybody may see, the priority: its own highest, or else that of what it leads to. One statement, the same for
    every reader."""
    links = _links(organisation_id).order_by("priority__rank", "priority_id", "created_at", "pk")
    return {known_id(pk): known_id(priority) for pk, priority in _follow(links).items()}


def _links(organisation_id: UUID) -> QuerySet[Any]:
    """(child, priority, objective above) of links to active priorities and to what everybody may see; ids as text.

    The objective of a key result is looked up for the few links that have one: joining would read every key result.
    """
    through = KeyResult.everything.filter(counted_above("objective__"), pk=OuterRef("key_result_id"))
    return (
        AlignmentLink.objects.filter(organisation_id=organisation_id)
        .exclude(state=LinkState.DECLINED)
        .filter(Q(priority__isnull=True) | Q(priority__state=PriorityState.ACTIVE))
        .filter(Q(objective__isnull=True) | counted_above("objective__"))
        .values_list(
            _text("child_id"),
            _text("priority_id"),
            _text(Coalesce("objective_id", Subquery(through.values("objective_id")))),
        )
    )


def _text(expression: str | Combinable) -> Cast:
    """An id as the database writes it: to follow thousands of links nobody needs thousands of UUIDs."""
    return Cast(expression, TextField())


def _follow(links: Iterable[tuple[str, str | None, str | None]]) -> dict[str, str]:
    """From the priorities downwards, nearest first; what was reached keeps the priority that reached it."""
    children: dict[str, list[str]] = {}
    found: dict[str, str] = {}
    for child, priority, above in links:
        if priority is not None:
            found.setdefault(child, priority)
        elif above is not None:
            children.setdefault(above, []).append(child)
    waiting = deque(found)
    while waiting:
        parent = waiting.popleft()
        for child in children.get(parent, ()):
            if child not in found:
                found[child] = found[parent]
                waiting.append(child)
    return found
