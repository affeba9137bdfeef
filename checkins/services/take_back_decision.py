"""Taking a decision back; its words stay in the log."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from checkins.models import Decision, Review
from checkins.services.end_review import renew_minutes
from checkins.services.keep_decision import log_decision
from checkins.services.review_input import lock_team
from common.errors import NotAllowed
from people.models import User


@transaction.atomic
def take_back_decision(*, decision: Decision, by: User, at: datetime) -> Decision:
    """The decision no longer holds and leaves the minutes. A repeat is harmless.

    Raises NotAllowed: the team that decided, or without a team whoever decided, and administrators.
    """
    if decision.team_id is not None:
        lock_team(decision.team_id, by)
    elif not (by.is_active and by.organisation_id == decision.organisation_id) or not (
        by.is_administrator or decision.decided_by_id == by.pk
    ):
        raise NotAllowed("Only who decided, and administrators, can take this back.")
    fresh = Decision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    if fresh.taken_back_at is not None:
        return fresh
    fresh.taken_back_at = at
    fresh.save(update_fields=["taken_back_at"])
    if fresh.review_id is not None:
        renew_minutes(Review.objects.get(pk=fresh.review_id))
    log_decision("decision.taken_back", fresh, by=by, at=at)
    return fresh
