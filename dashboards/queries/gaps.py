"""What leads nowhere or is looked after by nobody: shown first, and never called wrong."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from alignment.models import AlignmentLink
from alignment.rules.kinds import LinkState, PriorityState
from objectives.models import Cycle, KeyResult
from objectives.permissions import visible_objectives
from objectives.rules.kinds import KeyResultState, ObjectiveState, Visibility
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
    """Open objectives of a cycle that are visible to everybody and lack something; one statement."""

    objective_count: int
    rows: tuple[GapRow, ...]

    @property
    def without_priority(self) -> tuple[GapRow, ...]:
        """Real gaps: those that keep us running are not among them."""
        return tuple(row for row in self.rows if row.lacks_priority and not row.keeps_us_running)

    @property
    def keeping_us_running(self) -> tuple[GapRow, ...]:
        return tuple(row for row in self.rows if row.lacks_priority and row.keeps_us_running)

    @property
    def without_key_results(self) -> tuple[GapRow, ...]:
        return tuple(row for row in self.rows if row.lacks_key_results)

    @property
    def without_owner(self) -> tuple[GapRow, ...]:
        return tuple(row for row in self.rows if row.lacks_owner)

    @property
    def aligned_count(self) -> int:
        """Objectives that lead to a priority, directly or through others."""
        return self.objective_count - sum(row.lacks_priority for row in self.rows)


def gap_rows(user: User, cycle: Cycle, *, leads: Mapping[UUID, UUID] | None = None) -> GapRows:
    """Gaps among the open objectives of a cycle. An objective that leads to a priority through its parents has none.

    Two statements, one with `leads` from `leading_to`.
    """
    key_results = KeyResult.objects.filter(objective=OuterRef("pk")).exclude(state=KeyResultState.CANCELLED)
    found = (
        visible_objectives(user)
        .filter(counted_above(), cycle=cycle, state__in=GAP_STATES, visibility=Visibility.ORGANISATION)
        .annotate(has_key_results=Exists(key_results))
        .order_by("team__name", "position", "pk")
        .values_list(
            "pk",
            "title",
            "team__name",
            "owner__name",
            "owner__is_active",
            "owner_label",
            "keeps_us_running",
            "has_key_results",
        )
    )
    linked = leading_to(cycle.organisation_id) if leads is None else leads
    rows = [
        GapRow(
            pk,
            title,
            team or "",
            owner or label,
            why,
            pk not in linked,
            not has_key_results,
            not (is_here or (label and not owner)),
        )
        for pk, title, team, owner, is_here, label, why, has_key_results in found
    ]
    return GapRows(
        objective_count=len(rows),
        rows=tuple(row for row in rows if row.lacks_priority or row.lacks_key_results or row.lacks_owner),
    )


def leading_to(organisation_id: UUID) -> dict[UUID, UUID]:
    """For each objective that leads to an active priority, directly or through objectives and key results that
    everybody may see, the priority: its own highest, or else that of what it leads to. One statement, the same for
    every reader."""
    through_seen = (Q(objective__isnull=True) | counted_above("objective__")) & (
        Q(key_result__isnull=True) | counted_above("key_result__objective__")
    )
    links = (
        AlignmentLink.objects.filter(through_seen, organisation_id=organisation_id)
        .exclude(state=LinkState.DECLINED)
        .filter(Q(priority__isnull=True) | Q(priority__state=PriorityState.ACTIVE))
        .order_by("priority__rank", "priority_id", "created_at", "pk")
    )
    children: dict[UUID, list[UUID]] = {}
    found: dict[UUID, UUID] = {}
    rows: Iterable[tuple[Any, ...]] = links.values_list(
        "child_id", "priority_id", "objective_id", "key_result__objective_id"
    )
    for child, priority, objective, through in rows:
        if priority is not None:
            found.setdefault(child, priority)
        else:
            children.setdefault(objective or through, []).append(child)
    waiting = deque(found)
    while waiting:
        parent = waiting.popleft()
        for child in children.get(parent, ()):
            if child not in found:
                found[child] = found[parent]
                waiting.append(child)
    return found
