"""Keeping a decision, with its reason."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from activity.services import record_event
from checkins.models import Decision, Review
from checkins.services.end_review import renew_minutes
from checkins.services.review_input import (
    about_problems,
    day_problems,
    fresh_review,
    lock_team,
    objective_of,
    refuse,
    word_problems,
)
from common.days import day_in
from common.errors import RuleConflict
from common.ids import new_id
from objectives.models import KeyResult, Objective
from people.models import Team, User


@transaction.atomic
def keep_decision(
    *,
    team: Team,
    by: User,
    at: datetime,
    text: str,
    because: str = "",
    objective: Objective | None = None,
    key_result: KeyResult | None = None,
    revisit_on: date | None = None,
    review: Review | None = None,
    decision_id: UUID | None = None,
) -> Decision:
    """Keep what the team decides, in a review or outside one. A review that just ended takes it into its minutes.

    objective, key_result  what it is about; the key result's objective goes without saying
    decision_id            the id to give it; one of that id that exists already is returned as it is
    Raises NotAllowed, InvalidInput, RuleConflict (`other_team`).
    """
    team = lock_team(team.pk, by)
    review = fresh_review(review, team)
    known = Decision.objects.filter(pk=decision_id).first() if decision_id else None
    if known is not None:
        if known.team_id != team.pk:
            raise RuleConflict("This decision belongs to another team.", code="other_team")
        return known
    words, reason, objective = text.strip(), because.strip(), objective_of(objective, key_result)
    refuse(
        word_problems(text=words, because=reason)
        + about_problems(by, objective)
        + day_problems("revisit_on", revisit_on, day_in(team.organisation.time_zone, at))
    )
    decision = Decision.objects.create(
        pk=decision_id or new_id(),
        organisation_id=team.organisation_id,
        team=team,
        review=review,
        objective=objective,
        key_result=key_result,
        text=words,
        because=reason,
        decided_by=by,
        decided_at=at,
        revisit_on=revisit_on,
    )
    renew_minutes(review)
    log_decision("decision.kept", decision, by=by, at=at)
    return decision


def log_decision(verb: str, decision: Decision, *, by: User, at: datetime) -> None:
    """Record what happened to a decision; its objective says who may read the words."""
    record_event(
        verb=verb,
        subject=decision,
        organisation_id=decision.organisation_id,
        objective_id=decision.objective_id,
        by=by,
        at=at,
        payload={
            "team_id": str(decision.team_id) if decision.team_id else None,
            "review_id": str(decision.review_id) if decision.review_id else None,
            "key_result_id": str(decision.key_result_id) if decision.key_result_id else None,
            "text": decision.text,
            "because": decision.because,
        },
    )
