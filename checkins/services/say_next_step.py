"""Saying who does what until the next review."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from activity.services import record_event
from checkins.models import NextStep, Review
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
from common.errors import FieldProblem, RuleConflict
from common.ids import new_id
from objectives.models import KeyResult, Objective
from people.models import Team, User


@transaction.atomic
def say_next_step(
    *,
    team: Team,
    by: User,
    at: datetime,
    text: str,
    owner: User | None = None,
    due_on: date | None = None,
    objective: Objective | None = None,
    key_result: KeyResult | None = None,
    review: Review | None = None,
    next_step_id: UUID | None = None,
) -> NextStep:
    """Write down a next step. `owner` does it; nobody yet when left out.

    next_step_id  the id to give it; one of that id that exists already is returned as it is
    Raises NotAllowed, InvalidInput, RuleConflict (`other_team`).
    """
    team = lock_team(team.pk, by)
    review = fresh_review(review, team)
    known = NextStep.objects.filter(pk=next_step_id).first() if next_step_id else None
    if known is not None:
        if known.team_id != team.pk:
            raise RuleConflict("This next step belongs to another team.", code="other_team")
        return known
    words, objective = text.strip(), objective_of(objective, key_result)
    refuse(
        word_problems(text=words)
        + _owner_problems(team, owner)
        + about_problems(by, objective)
        + day_problems("due_on", due_on, day_in(team.organisation.time_zone, at))
    )
    step = NextStep.objects.create(
        pk=next_step_id or new_id(),
        organisation_id=team.organisation_id,
        team=team,
        review=review,
        objective=objective,
        key_result=key_result,
        owner=owner,
        text=words,
        due_on=due_on,
        said_by=by,
        created_at=at,
    )
    renew_minutes(review)
    log_next_step("next_step.said", step, by=by, at=at)
    return step


def _owner_problems(team: Team, owner: User | None) -> list[FieldProblem]:
    if owner is None:
        return []
    if owner.organisation_id != team.organisation_id or owner.merged_into_id is not None:
        return [FieldProblem("owner", "not_found", "there is no such person")]
    if not owner.is_active:
        return [FieldProblem("owner", "left", f"{owner.name} is no longer here")]
    return []


def log_next_step(verb: str, step: NextStep, *, by: User, at: datetime) -> None:
    """Record what happened to a next step; its objective says who may read the words."""
    record_event(
        verb=verb,
        subject=step,
        organisation_id=step.organisation_id,
        objective_id=step.objective_id,
        by=by,
        at=at,
        payload={
            "team_id": str(step.team_id),
            "key_result_id": str(step.key_result_id) if step.key_result_id else None,
            "owner_id": str(step.owner_id) if step.owner_id else None,
            "text": step.text,
            "state": step.state,
            "outcome": step.outcome,
        },
    )
