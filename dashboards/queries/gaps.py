"""What leads nowhere or is looked after by nobody: shown first, and never called wrong."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass
from operator import itemgetter
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from alignment.models import AlignmentLink
from alignment.rules.kinds import LinkState, PriorityState
from common.known_ids import known_id
from common.plain_rows import id_text, plain_rows
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
    leads_on: Callable[[str], bool]
    if leads is None:
        leads_on = _follow(plain_rows(_links(cycle.organisation_id).order_by())).__contains__
    else:
        leads_on = _known_among(leads)
    opened = _open_objectives(user, cycle)
    rows = _with_gaps(opened, leads_on)
    loose = [row for row in rows if row.lacks_priority]
    return GapRows(
        objective_count=len(opened),
        aligned_count=len(opened) - len(loose),
        rows=tuple(rows),
        without_priority=tuple(row for row in loose if not row.keeps_us_running),
        keeping_us_running=tuple(row for row in loose if row.keeps_us_running),
        without_key_results=tuple(row for row in rows if row.lacks_key_results),
        without_owner=tuple(row for row in rows if row.lacks_owner),
    )


def _known_among(ids: Container[UUID]) -> Callable[[str], bool]:
    return lambda text: known_id(text) in ids


def _open_objectives(user: User, cycle: Cycle) -> list[tuple[Any, ...]]:
    """Open objectives of the cycle that everybody may see, in no order."""
    found = Objective.objects.filter(
        organisation_id=user.organisation_id,
        cycle=cycle,
        state__in=GAP_STATES,
        visibility=Visibility.ORGANISATION,
    )
    return plain_rows(
        found.order_by().values_list(
            id_text("pk"), "title", "team__name", "position", "owner__name", "owner__is_active", "owner_label",
            "keeps_us_running", "key_result_count",
        )
    )  # fmt: skip


def _with_gaps(opened: Iterable[tuple[Any, ...]], leads_on: Callable[[str], bool]) -> list[GapRow]:
    """Those that lack something: by team, those without one last, then in their own order."""
    found: list[tuple[tuple[bool, str, int, str], GapRow]] = []
    for pk, title, team, position, owner, is_here, label, why, key_results in opened:
        is_aligned = leads_on(pk)
        is_owned = is_here or (label and not owner)
        if is_aligned and key_results and is_owned:
            continue
        row = GapRow(
            id=known_id(pk),
            title=title,
            team=team or "",
            owner=owner or label,
            keeps_us_running=why,
            lacks_priority=not is_aligned,
            lacks_key_results=not key_results,
            lacks_owner=not is_owned,
        )
        found.append(((team is None, row.team, position, pk), row))
    return [row for _, row in sorted(found, key=itemgetter(0))]


def leading_to(organisation_id: UUID) -> dict[UUID, UUID]:
    """For each objective that leads to an active priority, directly or through objectives and key results that
    everybody may see, the priority: its own highest, or else that of what it leads to. One statement, the same for
    every reader."""
    links = _links(organisation_id).order_by("priority__rank", "priority_id", "created_at", "pk")
    return {known_id(pk): known_id(priority) for pk, priority in _follow(plain_rows(links)).items()}


def _links(organisation_id: UUID) -> QuerySet[Any]:
    """(child, priority, objective above) of links to active priorities and to what everybody may see; ids as text.

    The objective of a key result is looked up for the few links that have one: joining would read every key result.
    """
    through = KeyResult.everything.filter(
        counted_above("objective__"), pk=OuterRef("key_result_id")
    ).order_by()
    return (
        AlignmentLink.objects.filter(organisation_id=organisation_id)
        .exclude(state=LinkState.DECLINED)
        .filter(Q(priority__isnull=True) | Q(priority__state=PriorityState.ACTIVE))
        .filter(Q(objective__isnull=True) | counted_above("objective__"))
        .values_list(
            id_text("child_id"),
            id_text("priority_id"),
            id_text(Coalesce("objective_id", Subquery(through.values("objective_id")))),
        )
    )


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
