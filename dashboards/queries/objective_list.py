"""All objectives of a cycle that a person may see, ready to be narrowed, grouped and sorted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import FilteredRelation, Q

from alignment.permissions import visible_priorities
from alignment.rules.kinds import PriorityState
from dashboards.queries.gaps import leading_to
from objectives.permissions import visible_key_results, visible_objectives
from objectives.rules.freshness import FreshnessDates, freshness_on
from objectives.rules.kinds import Freshness, ObjectiveKind, ObjectiveState
from people.models import User

LISTED = (
    ObjectiveState.DRAFT,
    ObjectiveState.PROPOSED,
    ObjectiveState.AGREED,
    ObjectiveState.ACTIVE,
    ObjectiveState.PAUSED,
    ObjectiveState.CLOSED,
)
QUIET = (Freshness.STALE, Freshness.SILENT)


@dataclass(frozen=True, slots=True)
class ObjectiveRow:
    """One line of the list. Ratios are 0..1; `heard_days` None means that nobody was heard yet."""

    id: UUID
    title: str
    state: str
    kind: str
    team_id: UUID | None
    team: str
    owner_id: UUID | None
    owner: str
    owner_label: str
    priority_id: UUID | None
    progress: Decimal | None
    expected: Decimal | None
    status: str
    status_counts: dict[str, int]
    confidence: Decimal | None
    heard_days: int | None
    freshness: str
    position: int

    @property
    def is_committed(self) -> bool:
        return self.kind == ObjectiveKind.COMMITTED

    @property
    def points_behind(self) -> Decimal:
        """How far behind plan, as a ratio; the unjudged come last."""
        if self.progress is None or self.expected is None:
            return Decimal(-2)
        return self.expected - self.progress


@dataclass(frozen=True, slots=True)
class PriorityHead:
    """The head of a group of objectives that lead to one priority."""

    id: UUID
    title: str
    owner: str
    progress: Decimal | None
    expected: Decimal | None
    confidence: Decimal | None
    status_counts: dict[str, int]


@dataclass(frozen=True, slots=True)
class ListFilter:
    """What the list is narrowed to; an empty set means everything. Ids and words as they stand in the address."""

    q: str = ""
    team: frozenset[str] = frozenset()
    owner: frozenset[str] = frozenset()
    priority: frozenset[str] = frozenset()
    status: frozenset[str] = frozenset()
    heard: frozenset[str] = frozenset()
    kind: frozenset[str] = frozenset()
    state: frozenset[str] = frozenset()

    def without(self, name: str) -> ListFilter:
        cleared: dict[str, Any] = {name: "" if name == "q" else frozenset()}
        return replace(self, **cleared)

    @property
    def names_set(self) -> tuple[str, ...]:
        """Names of the filters that are set, in a fixed order."""
        names = ("team", "owner", "priority", "status", "heard", "kind", "state", "q")
        return tuple(name for name in names if getattr(self, name))


def objective_rows(
    user: User, cycle_id: UUID, *, today: date, leads: Mapping[UUID, UUID] | None = None
) -> tuple[ObjectiveRow, ...]:
    """Every objective of the cycle that the person may see, cancelled ones left out; two statements."""
    return objective_rows_where(user, today=today, leads=leads, cycle_id=cycle_id)


def objective_rows_where(
    user: User, *, today: date, leads: Mapping[UUID, UUID] | None = None, **only: Any
) -> tuple[ObjectiveRow, ...]:
    """Objectives that the person may see and that meet the conditions `only`, cancelled ones left out; two statements.

    `priority_id` is the priority that it leads to (see `leading_to`).
    """
    leads = leading_to(user.organisation_id) if leads is None else leads
    rows = (
        visible_objectives(user)
        .filter(state__in=LISTED, **only)
        .order_by("position", "pk")
        .values_list(
            "pk", "title", "state", "kind", "team_id", "team__name", "owner_id", "owner__name", "owner_label",
            "progress", "expected", "status", "status_counts", "confidence_mean", "last_heard_on",
            "fresh_until", "due_until", "stale_until", "position",
        )
    )  # fmt: skip
    return tuple(_row(row, leads.get(row[0]), today) for row in rows)


def _row(row: tuple[Any, ...], priority: UUID | None, today: date) -> ObjectiveRow:
    *head, status, counts, confidence, heard_on, fresh, due, stale, position = row
    pk, title, state, kind, team_id, team, owner_id, owner, label, progress, expected = head
    freshness = freshness_on(FreshnessDates(fresh, due, stale) if fresh and due and stale else None, today)
    return ObjectiveRow(
        id=pk, title=title, state=state, kind=kind, team_id=team_id, team=team or "", owner_id=owner_id,
        owner=owner or "", owner_label=label, priority_id=priority, progress=progress, expected=expected,
        status="paused" if state == ObjectiveState.PAUSED else status, status_counts=counts, confidence=confidence,
        heard_days=(today - heard_on).days if heard_on else None, freshness=freshness.value if freshness else "",
        position=position,
    )  # fmt: skip


def priority_heads(user: User, cycle_id: UUID) -> tuple[PriorityHead, ...]:
    """Priorities by rank with how they stand in the cycle; one statement."""
    rows = (
        visible_priorities(user)
        .filter(state=PriorityState.ACTIVE)
        .annotate(here=FilteredRelation("standings", condition=Q(standings__cycle_id=cycle_id)))
        .order_by("rank", "pk")
        .values_list(
            "pk",
            "title",
            "owner__name",
            "here__progress",
            "here__expected",
            "here__confidence_mean",
            "here__status_counts",
        )
    )
    return tuple(
        PriorityHead(pk, title, owner or "", progress, expected, confidence, counts or {})
        for pk, title, owner, progress, expected, confidence, counts in rows
    )


def matching_words(user: User, cycle_id: UUID, words: str) -> set[UUID]:
    """Objectives whose title, reason or key results hold the words; two statements."""
    direct = visible_objectives(user).filter(
        Q(title__icontains=words) | Q(why__icontains=words), cycle_id=cycle_id
    )
    below = visible_key_results(user).filter(title__icontains=words, objective__cycle_id=cycle_id)
    return set(direct.values_list("pk", flat=True)) | set(below.values_list("objective_id", flat=True))


def narrowed(
    rows: Iterable[ObjectiveRow], only: ListFilter, matching: set[UUID] | None
) -> list[ObjectiveRow]:
    """The rows that every set filter lets through; `matching` is what `matching_words` found for `only.q`."""
    found = list(rows)
    for name, value_of in VALUE_OF.items():
        if values := getattr(only, name):
            found = [row for row in found if value_of(row) in values]
    return [row for row in found if row.id in (matching or ())] if only.q else found


NONE = "none"


@lru_cache(maxsize=4096)
def _in_address(pk: UUID | None) -> str:
    """The same few teams, people and priorities stand in thousands of rows."""
    return str(pk or NONE)


VALUE_OF: dict[str, Callable[[ObjectiveRow], str]] = {
    "team": lambda row: _in_address(row.team_id),
    "owner": lambda row: _in_address(row.owner_id),
    "priority": lambda row: _in_address(row.priority_id),
    "status": lambda row: row.status,
    "heard": lambda row: row.freshness,
    "kind": lambda row: row.kind,
    "state": lambda row: row.state,
}
"""The value that each filter compares, as it stands in the address; "none" for those without."""

SORTS: dict[str, tuple[str, Callable[[ObjectiveRow], tuple[object, ...]]]] = {
    "order": ("Own order", lambda row: (row.position, row.id.int)),
    "behind": ("Furthest behind plan", lambda row: (-row.points_behind,)),
    "confidence": ("Lowest confidence", lambda row: (row.confidence is None, row.confidence or 0)),
    "heard": ("Longest not heard", lambda row: (row.heard_days is None, -(row.heard_days or 0))),
    "title": ("Title", lambda row: (row.title.casefold(),)),
}


def status_tally(rows: Iterable[ObjectiveRow]) -> Counter[str]:
    """How many objectives have each status; drafts and the like have none."""
    running = (ObjectiveState.ACTIVE, ObjectiveState.PAUSED, ObjectiveState.CLOSED)
    return Counter(row.status for row in rows if row.state in running)
