"""The alignment outline: priorities, the objectives that lead to them, and their key results, row by row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from django.db.models.functions import Coalesce

from alignment.models import ProgressSnapshot
from alignment.permissions import visible_links
from alignment.rules.kinds import LinkState
from common.known_ids import known_id
from common.plain_rows import id_text, plain_rows
from dashboards.queries.objective_list import ObjectiveRow, PriorityHead
from objectives.models import KeyResult
from objectives.rules.freshness import FreshnessDates, freshness_on
from objectives.rules.kinds import KeyResultState
from people.models import User

CHANGE_OVER = timedelta(days=14)
MOST_SPOKEN = 120
DEEPEST = 8
"""Deeper rows are drawn at this depth: the outline stays readable on a small screen."""


@dataclass(frozen=True, slots=True)
class KeyResultRow:
    """A key result below an opened objective."""

    id: UUID
    objective_id: UUID
    title: str
    owner: str
    progress: Decimal | None
    expected: Decimal | None
    status: str
    confidence: int | None
    heard_days: int | None
    freshness: str


@dataclass(frozen=True, slots=True)
class OutlineRow:
    """An objective in the outline. `depth` 1 lies directly below its priority; `links` counts its visible links."""

    objective: ObjectiveRow
    depth: int
    links: int
    change: Decimal | None
    key_results: tuple[KeyResultRow, ...]
    is_open: bool

    @property
    def short_title(self) -> str:
        """At most 120 characters, for what is read aloud."""
        title = self.objective.title
        return title if len(title) <= MOST_SPOKEN else f"{title[: MOST_SPOKEN - 1].rstrip()}…"


@dataclass(frozen=True, slots=True)
class OutlineGroup:
    """A priority with everything that leads to it; `head` None for what leads to no priority."""

    head: PriorityHead | None
    change: Decimal | None
    rows: tuple[OutlineRow, ...]


@dataclass(frozen=True, slots=True)
class _Links:
    to_priority: dict[UUID, UUID]
    below: dict[UUID, list[UUID]]
    counts: dict[UUID, int]


def outline(
    user: User,
    objectives: Collection[ObjectiveRow],
    heads: Collection[PriorityHead],
    *,
    cycle_id: UUID,
    today: date,
    opened: Collection[UUID],
) -> tuple[OutlineGroup, ...]:
    """Rows in reading order, in three statements. Every objective stands once: below its highest priority, or below
    the first objective that it leads to."""
    by_id = {row.id: row for row in objectives}
    links = _links(user, by_id, [head.id for head in heads])
    before = _progress_before(user.organisation_id, cycle_id, today - CHANGE_OVER)
    key_results = _key_results(opened, today)
    tree = _Tree(by_id, links, before, key_results, set(opened))
    groups = [
        OutlineGroup(head, _change(head.progress, before.get(head.id)), tree.rows_below(head.id))
        for head in heads
    ]
    loose = tree.rest()
    return tuple(groups + ([OutlineGroup(None, None, loose)] if loose else []))


class _Tree:
    """Walks the links downwards, each objective once."""

    def __init__(
        self,
        by_id: dict[UUID, ObjectiveRow],
        links: _Links,
        before: dict[UUID, Decimal],
        key_results: dict[UUID, list[KeyResultRow]],
        opened: set[UUID],
    ) -> None:
        self.by_id, self.links, self.before = by_id, links, before
        self.key_results, self.opened = key_results, opened
        self.seen: set[UUID] = set()

    def rows_below(self, priority_id: UUID) -> tuple[OutlineRow, ...]:
        first = [pk for pk, priority in self.links.to_priority.items() if priority == priority_id]
        return tuple(self._walk(sorted(first, key=self._place), 1))

    def rest(self) -> tuple[OutlineRow, ...]:
        """What no priority reaches: tops first, then whatever a circle of old links would hide."""
        children = {child for below in self.links.below.values() for child in below}
        left = [pk for pk in self.by_id if pk not in self.seen]
        tops = [pk for pk in left if pk not in children]
        rows = self._walk(sorted(tops, key=self._place), 1)
        return tuple(rows + self._walk([pk for pk in left if pk not in self.seen], 1))

    def _walk(self, ids: list[UUID], depth: int) -> list[OutlineRow]:
        rows: list[OutlineRow] = []
        for pk in ids:
            if pk in self.seen or pk not in self.by_id:
                continue
            self.seen.add(pk)
            rows.append(self._row(pk, min(depth, DEEPEST)))
            rows += self._walk(sorted(self.links.below.get(pk, ()), key=self._place), depth + 1)
        return rows

    def _row(self, pk: UUID, depth: int) -> OutlineRow:
        row = self.by_id[pk]
        return OutlineRow(
            objective=row,
            depth=depth,
            links=self.links.counts.get(pk, 0),
            change=_change(row.progress, self.before.get(pk)),
            key_results=tuple(self.key_results.get(pk, ())),
            is_open=pk in self.opened,
        )

    def _place(self, pk: UUID) -> tuple[int, int]:
        row = self.by_id.get(pk)
        return (row.position if row else 0, pk.int)


def _links(user: User, by_id: dict[UUID, ObjectiveRow], priorities: list[UUID]) -> _Links:
    rank = {pk: place for place, pk in enumerate(priorities)}
    rows = (
        visible_links(user)
        .exclude(state=LinkState.DECLINED)
        .order_by("created_at", "pk")
        .values_list(
            id_text("child_id"),
            id_text("priority_id"),
            id_text(Coalesce("objective_id", "key_result__objective_id")),
        )
    )
    to_priority: dict[UUID, UUID] = {}
    below: dict[UUID, list[UUID]] = defaultdict(list)
    counts: dict[UUID, int] = defaultdict(int)
    for below_text, priority_text, above_text in plain_rows(rows):
        child = known_id(below_text)
        counts[child] += 1
        if above_text is not None:
            parent = known_id(above_text)
            counts[parent] += 1
            below[parent].append(child)
            continue
        priority = known_id(priority_text)
        if priority in rank and rank[priority] < rank.get(to_priority.get(child, child), len(rank)):
            to_priority[child] = priority
    return _Links({pk: to_priority[pk] for pk in by_id if pk in to_priority}, below, counts)


def _progress_before(organisation_id: UUID, cycle_id: UUID, day: date) -> dict[UUID, Decimal]:
    rows = ProgressSnapshot.objects.filter(
        organisation_id=organisation_id, cycle_id=cycle_id, on=day, progress__isnull=False
    )
    return {
        pk: progress for pk, progress in rows.values_list("subject_id", "progress") if progress is not None
    }


def _key_results(opened: Collection[UUID], today: date) -> dict[UUID, list[KeyResultRow]]:
    if not opened:
        return {}
    rows = (
        KeyResult.objects.filter(objective_id__in=opened)
        .exclude(state=KeyResultState.CANCELLED)
        .order_by("position", "pk")
        .values_list(
            "pk", "objective_id", "title", "owner__name", "owner_label", "progress", "expected", "status", "state",
            "confidence", "last_heard_on", "fresh_until", "due_until", "stale_until",
        )
    )  # fmt: skip
    found: dict[UUID, list[KeyResultRow]] = defaultdict(list)
    for (
        pk,
        objective,
        title,
        owner,
        label,
        progress,
        expected,
        status,
        state,
        confidence,
        heard,
        *days,
    ) in rows:
        dates = FreshnessDates(*days) if all(days) else None
        stage = freshness_on(dates, today)
        found[objective].append(
            KeyResultRow(
                pk, objective, title, owner or label, progress, expected,
                "paused" if state == KeyResultState.PAUSED else status, confidence,
                (today - heard).days if heard else None, stage.value if stage else "",
            )
        )  # fmt: skip
    return found


def _change(now: Decimal | None, before: Decimal | None) -> Decimal | None:
    return None if now is None or before is None else now - before
