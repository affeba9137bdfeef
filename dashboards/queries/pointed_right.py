"""Are we still pointed right? Versions that ask, how many answered, and who still thinks about it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import OuterRef, Q, Subquery

from alignment.models import PriorityRevision, Reconfirmation, StrategicPriority
from alignment.queries.reached import OPEN_STATES
from alignment.rules.kinds import ReconfirmationState, RevisionKind, RevisionState
from objectives.rules.kinds import Visibility
from people.models import User

ASKING = (RevisionKind.REWORDED, RevisionKind.RANKED, RevisionKind.RETIRED)
MOST_CHANGES = 3
SHOWN_FOR = timedelta(days=90)
ORDER = (
    ReconfirmationState.KEPT,
    ReconfirmationState.ADAPTED,
    ReconfirmationState.STOPPED,
    ReconfirmationState.OPEN,
)


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One objective and what became of the question. `title` is empty where not everybody may see it."""

    id: UUID
    objective_id: UUID
    title: str
    state: str
    who: str
    words: str


@dataclass(frozen=True, slots=True)
class Tally:
    """Answers of one version, kept first and waiting last, as a bar of segments."""

    rows: tuple[AnswerRow, ...]

    def count(self, state: str) -> int:
        return sum(row.state == state for row in self.rows)

    @property
    def kept(self) -> int:
        return self.count(ReconfirmationState.KEPT)

    @property
    def adapted(self) -> int:
        return self.count(ReconfirmationState.ADAPTED)

    @property
    def stopped(self) -> int:
        return self.count(ReconfirmationState.STOPPED)

    @property
    def waiting(self) -> int:
        return self.count(ReconfirmationState.OPEN)

    @property
    def answered(self) -> int:
        return len(self.rows) - self.waiting

    @property
    def thinking(self) -> tuple[AnswerRow, ...]:
        """Those waiting that may be named."""
        return tuple(row for row in self.rows if row.state == ReconfirmationState.OPEN and row.title)

    @property
    def said(self) -> tuple[AnswerRow, ...]:
        """Those answered that may be named."""
        return tuple(row for row in self.rows if row.state != ReconfirmationState.OPEN and row.title)

    @property
    def words(self) -> str:
        """ "3 kept, 1 adapted, 2 still thinking", for those who do not see the bar."""
        parts = [
            (self.kept, "kept"),
            (self.adapted, "adapted"),
            (self.stopped, "stopped"),
            (self.waiting, "still thinking"),
        ]
        return ", ".join(f"{count} {word}" for count, word in parts if count)


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One version that asks, with the wording before it."""

    id: UUID
    priority_id: UUID
    number: int
    kind: str
    title: str
    title_before: str
    reason: str
    by: str
    published_at: datetime | None
    tally: Tally


def changes_that_ask(user: User, *, at: datetime) -> tuple[ChangeRow, ...]:
    """The latest asking version of each priority of the last ninety days, newest first; two statements, one if none.

    A newer version has released the questions of an older one, so only the newest counts.
    """
    before = PriorityRevision.objects.filter(
        priority=OuterRef("priority"), state=RevisionState.PUBLISHED, number__lt=OuterRef("number")
    ).order_by("-number")
    newer = PriorityRevision.objects.filter(
        priority=OuterRef("priority"), state=RevisionState.PUBLISHED, is_minor=False
    ).order_by("-number")
    rows = list(
        PriorityRevision.objects.filter(
            organisation_id=user.organisation_id,
            state=RevisionState.PUBLISHED,
            is_minor=False,
            kind__in=ASKING,
            published_at__gt=at - SHOWN_FOR,
            pk=Subquery(newer.values("pk")[:1]),
        )
        .annotate(title_before=Subquery(before.values("title")[:1]))
        .order_by("-published_at")
        .values_list(
            "pk", "priority_id", "number", "kind", "title", "title_before", "reason", "published_by__name",
            "published_at",
        )[:MOST_CHANGES]
    )  # fmt: skip
    tallies = tallies_of([row[0] for row in rows]) if rows else {}
    return tuple(
        ChangeRow(
            pk, priority, number, kind, title, old or title, why, who or "", on, tallies.get(pk, Tally(()))
        )
        for pk, priority, number, kind, title, old, why, who, on in rows
    )


def tallies_of_priority(priority: StrategicPriority) -> dict[UUID, Tally]:
    """The answers to its latest version that asks, nothing when none does; two statements at most."""
    rows = PriorityRevision.objects.filter(
        priority=priority, state=RevisionState.PUBLISHED, is_minor=False, kind__in=ASKING
    )
    latest = rows.order_by("-number").values_list("pk", flat=True).first()
    return tallies_of([latest]) if latest is not None else {}


def tallies_of(revision_ids: Collection[UUID]) -> dict[UUID, Tally]:
    """The answers to each version; what is hidden from the organisation is not counted.

    Questions about what ended or was deleted before an answer are left out. One statement.
    """
    found = (
        Reconfirmation.objects.filter(
            Q(objective__visibility=Visibility.ORGANISATION) | Q(objective__counts_when_private=True),
            revision_id__in=revision_ids,
        )
        .exclude(state=ReconfirmationState.RELEASED)
        .order_by("answered_at", "asked_at", "pk")
        .values_list(
            "revision_id", "pk", "objective_id", "objective__title", "objective__visibility", "objective__state",
            "objective__deleted_at", "state", "answered_by__name", "asked_of__name", "objective__owner_label",
            "words",
        )
    )  # fmt: skip
    grouped: dict[UUID, list[AnswerRow]] = defaultdict(list)
    for revision, pk, objective, title, visibility, alive, deleted, state, by, asked, label, words in found:
        is_open = state == ReconfirmationState.OPEN
        if is_open and (deleted is not None or alive not in OPEN_STATES):
            continue
        may_name = visibility == Visibility.ORGANISATION and deleted is None
        who = (asked if is_open else by) or label or ""
        row = AnswerRow(pk, objective, title if may_name else "", state, who, words if may_name else "")
        grouped[revision].append(row)
    return {revision: Tally(_sorted(rows)) for revision, rows in grouped.items()}


def _sorted(rows: Iterable[AnswerRow]) -> tuple[AnswerRow, ...]:
    return tuple(sorted(rows, key=lambda row: ORDER.index(ReconfirmationState(row.state))))
