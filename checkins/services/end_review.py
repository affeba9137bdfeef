"""Ending a weekly review: its minutes are kept as they are now, and the team is told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from activity.services import record_event
from checkins.models import Review
from checkins.queries.minutes import decisions_of, next_steps_of, steps_before
from checkins.services.review_input import fresh_review, lock_team
from notices.rules.kinds import NoticeKind
from notices.services.post_notice import post_notice
from people.models import Team, User


@transaction.atomic
def end_review(*, review: Review, by: User, at: datetime, agenda: Mapping[str, Any] | None = None) -> Review:
    """Keep the minutes and tell the team. Ending it again is harmless and changes nothing.

    agenda  what the review spoke about, as plain JSON; each entry carries the `objective_id` by which readers are let
            in (shape: docs of `checkins.queries.minutes`)
    Raises NotAllowed.
    """
    team = lock_team(review.team_id, by)
    review = fresh_review(review, team) or review
    if review.ended_at is not None:
        return review
    people = people_of(team)
    review.minutes = {
        "agenda": dict(agenda or {}),
        "people": [{"id": str(person.pk), "name": person.name} for person in people],
        "decisions": decisions_of(review.pk),
        "next_steps": next_steps_of(review.pk),
        "steps_before": steps_before(review),
    }
    review.ended_at, review.ended_by = max(at, review.started_at), by
    review.save(update_fields=["minutes", "ended_at", "ended_by"])
    record_event(
        verb="review.ended",
        subject=review,
        organisation_id=review.organisation_id,
        by=by,
        at=at,
        payload={"team_id": str(team.pk), "team": team.name},
    )
    _tell(people, review, by=by, at=at)
    return review


def renew_minutes(review: Review | None) -> None:
    """Take up what was decided or said after the end: words that came late are not lost."""
    if review is None or review.ended_at is None:
        return
    review.minutes = {
        **review.minutes,
        "decisions": decisions_of(review.pk),
        "next_steps": next_steps_of(review.pk),
    }
    review.save(update_fields=["minutes"])


def people_of(team: Team) -> list[User]:
    """Members and lead who are still here, in order of names."""
    people = list(team.members.filter(is_active=True))
    if team.lead is not None and team.lead.is_active and team.lead not in people:
        people.append(team.lead)
    return sorted(people, key=lambda person: (person.name.casefold(), person.pk))


def _tell(people: Iterable[User], review: Review, *, by: User, at: datetime) -> None:
    """In the order of ids, which all writers of messages keep, so that none of them waits for another in a ring."""
    for person in sorted(people, key=lambda one: one.pk):
        if person.pk != by.pk and not person.is_placeholder:
            post_notice(
                kind=NoticeKind.REVIEW,
                user=person,
                key=str(review.pk),
                at=at,
                subject_type="review",
                subject_id=review.pk,
                payload={"team_id": str(review.team_id)},
            )
