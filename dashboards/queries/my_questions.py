"""What My week says about priorities: the question that waits for the reader, and what is new, each once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import FilteredRelation, OuterRef, Q, Subquery

from alignment.models import PriorityRevision
from alignment.queries.reached import OPEN_STATES
from alignment.rules.kinds import ReconfirmationState, RevisionKind, RevisionState
from people.models import User

DID = {
    RevisionKind.STATED: "stated a new priority",
    RevisionKind.REWORDED: "reworded a priority",
    RevisionKind.RANKED: "gave a priority another place",
    RevisionKind.RETIRED: "retired a priority",
    RevisionKind.TAKEN_UP: "took a priority up again",
}


@dataclass(frozen=True, slots=True)
class Question:
    """One objective of the reader that is asked about."""

    id: UUID
    objective_id: UUID
    title: str


@dataclass(frozen=True, slots=True)
class ChangedPriority:
    """One published version: with questions it asks the reader, without it is told."""

    id: UUID
    priority_id: UUID
    kind: str
    title: str
    title_before: str
    reason: str
    by: str
    published_at: datetime
    answer_by_on: date | None
    questions: tuple[Question, ...]

    @property
    def did(self) -> str:
        return DID[RevisionKind(self.kind)]

    @property
    def is_reworded(self) -> bool:
        return self.title_before != self.title


def changed_priorities(user: User, *, since: datetime, today: date) -> tuple[ChangedPriority, ...]:
    """What asks the reader, then what others published since then; newest first. One statement.

    A question that the reader put off is told again on the day it was put off to.
    """
    before = PriorityRevision.objects.filter(
        priority=OuterRef("priority"), state=RevisionState.PUBLISHED, number__lt=OuterRef("number")
    ).order_by("-number")
    mine = Q(reconfirmations__asked_of_id=user.pk, reconfirmations__state=ReconfirmationState.OPEN)
    is_asked = Q(
        asked__objective__state__in=OPEN_STATES,
        asked__objective__deleted_at__isnull=True,
    ) & (Q(asked__remind_on__isnull=True) | Q(asked__remind_on__lte=today))
    is_new = Q(published_at__gt=since, asked__isnull=True) & ~Q(published_by_id=user.pk)
    rows = (
        PriorityRevision.objects.filter(organisation_id=user.organisation_id, state=RevisionState.PUBLISHED)
        .annotate(
            asked=FilteredRelation("reconfirmations", condition=mine),
            title_before=Subquery(before.values("title")[:1]),
        )
        .filter(is_asked | is_new)
        .order_by("-published_at", "pk", "asked__objective__title")
        .values_list(
            "pk", "priority_id", "kind", "title", "title_before", "reason", "published_by__name", "published_at",
            "answer_by_on", "asked__pk", "asked__objective_id", "asked__objective__title",
        )
    )  # fmt: skip
    return _grouped(rows)


def _grouped(rows: Iterable[tuple[Any, ...]]) -> tuple[ChangedPriority, ...]:
    found: dict[UUID, tuple[tuple[Any, ...], list[Question]]] = {}
    for row in rows:
        facts, (asked_id, objective_id, title) = row[:9], row[9:]
        _, questions = found.setdefault(facts[0], (facts, []))
        if asked_id is not None:
            questions.append(Question(asked_id, objective_id, title))
    made = []
    for facts, questions in found.values():
        pk, priority, kind, title, before, reason, by, on, answer_by = facts
        made.append(
            ChangedPriority(
                id=pk,
                priority_id=priority,
                kind=kind,
                title=title,
                title_before=before or title,
                reason=reason,
                by=by or "",
                published_at=on,
                answer_by_on=answer_by,
                questions=tuple(questions),
            )
        )
    return tuple(sorted(made, key=lambda one: not one.questions))
