"""One question to every open objective that a new version reaches, and a word to those it only concerns."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from activity.services import enqueue
from alignment.models import PriorityRevision, Reconfirmation, StrategicPriority
from alignment.queries.reached import reached_objectives
from alignment.rules.kinds import ReconfirmationState
from notices.rules.kinds import NoticeKind
from notices.services.post_notice import post_notice
from people.models import User

BATCH = 500
TELL_JOB = "alignment.tell_priority_changed"


def ask_reached(*, revision: PriorityRevision, by: User, at: datetime) -> int:
    """Open one re-confirmation per reached open objective and release those of earlier versions.

    A minor version asks nobody and leaves earlier questions as they are. Who is told or asked hears of it in the
    message of the day: that is planned after commit, so that nobody waits for it. Returns how many are asked.
    The caller holds the graph exclusively.
    """
    count = 0
    if not revision.is_minor:
        release_questions(revision.priority, at=at)
        count = _ask(revision, at)
    payload = {"revision_id": str(revision.pk), "by_id": str(by.pk)}
    enqueue(TELL_JOB, payload, at=at, unique_key=f"{TELL_JOB}:{revision.pk}")
    return count


def release_questions(priority: StrategicPriority, *, at: datetime) -> None:
    """Nobody has to answer the open questions about this priority any more."""
    rows = Reconfirmation.objects.filter(revision__priority=priority, state=ReconfirmationState.OPEN)
    rows.update(state=ReconfirmationState.RELEASED, updated_at=at)


def _ask(revision: PriorityRevision, at: datetime) -> int:
    reached = reached_objectives(revision.organisation_id, revision.priority_id)
    rows = [
        Reconfirmation(
            organisation_id=revision.organisation_id,
            revision=revision,
            objective_id=one.id,
            path=[{"type": kind, "id": str(pk)} for kind, pk in one.path],
            share=one.share,
            asked_of_id=one.asked_of_id,
            asked_at=at,
            answer_by_on=revision.answer_by_on,
            updated_at=at,
        )
        for one in reached
        if one.is_asked
    ]
    Reconfirmation.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)
    return len(rows)


def tell_priority_changed(*, revision_id: UUID, by_id: UUID, at: datetime) -> int:
    """Tell everybody whom the version asks or concerns, once, in their message of the day. Returns how many."""
    revision = PriorityRevision.objects.filter(pk=revision_id).first()
    if revision is None:
        return 0
    asked = dict.fromkeys(
        Reconfirmation.objects.filter(revision=revision, asked_of__isnull=False).values_list(
            "asked_of_id", flat=True
        ),
        True,
    )
    told = {
        one.asked_of_id: False
        for one in reached_objectives(revision.organisation_id, revision.priority_id)
        if one.asked_of_id is not None
    }
    people: dict[Any, bool] = {**told, **asked}
    people.pop(by_id, None)
    for person in User.objects.filter(pk__in=list(people), is_active=True).select_related("organisation"):
        post_notice(
            kind=NoticeKind.PRIORITY_CHANGED,
            user=person,
            key=str(revision.pk),
            at=at,
            subject_type="priority",
            subject_id=revision.priority_id,
            payload={"revision_id": str(revision.pk), "is_asked": people[person.pk]},
        )
    return len(people)
