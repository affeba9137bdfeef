"""Starting a team's weekly review."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from activity.services import record_event
from checkins.models import Review
from checkins.rules.agenda import since_of
from checkins.services.review_input import lock_team
from common.errors import RuleConflict
from objectives.models import Cycle
from people.models import Team, User


@transaction.atomic
def start_review(*, team: Team, by: User, at: datetime, cycle: Cycle | None = None) -> Review:
    """The team's running review: a new one, or the one that somebody started already.

    cycle  whose objectives it speaks about
    Raises NotAllowed, and RuleConflict for an archived team.
    """
    team = lock_team(team.pk, by)
    running = Review.objects.filter(team=team, ended_at__isnull=True).first()
    if running is not None:
        return running
    if team.archived_at is not None:
        raise RuleConflict("This team is archived, it holds no reviews.", code="archived")
    before = Review.objects.filter(team=team).order_by("-started_at", "-pk").first()
    last = (before.since, before.ended_at) if before is not None and before.ended_at is not None else None
    review = Review.objects.create(
        organisation_id=team.organisation_id,
        team=team,
        cycle=cycle,
        started_at=at,
        started_by=by,
        since=since_of(last, at=at, zone=team.organisation.time_zone),
    )
    record_event(
        verb="review.started",
        subject=review,
        organisation_id=team.organisation_id,
        by=by,
        at=at,
        payload={"team_id": str(team.pk), "team": team.name},
    )
    return review
