"""Saying what became of a next step, and taking it up again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from checkins.models import NextStep
from checkins.permissions import can_review
from checkins.rules.kinds import NextStepState
from checkins.services.review_input import refuse, word_problems
from checkins.services.say_next_step import log_next_step
from common.errors import FieldProblem, NotAllowed
from people.models import User


@transaction.atomic
def end_next_step(
    *, next_step: NextStep, by: User, at: datetime, state: NextStepState | str, outcome: str = ""
) -> NextStep:
    """Done, or dropped because nobody needs it any more. A repeat with the same words changes nothing.

    outcome  what came of it, in a sentence; may be empty
    Raises NotAllowed, InvalidInput.
    """
    fresh = _locked(next_step, by)
    words = outcome.strip()
    problems = word_problems(state=str(state), outcome=words)
    if state not in (NextStepState.DONE, NextStepState.DROPPED):
        problems = [FieldProblem("state", "invalid", "done or dropped, please")]
    refuse(problems)
    if (fresh.state, fresh.outcome) == (state, words):
        return fresh
    fresh.state, fresh.outcome, fresh.ended_at = NextStepState(state).value, words, at
    fresh.save(update_fields=["state", "outcome", "ended_at"])
    log_next_step("next_step.ended", fresh, by=by, at=at)
    return fresh


@transaction.atomic
def reopen_next_step(*, next_step: NextStep, by: User, at: datetime) -> NextStep:
    """Open again, with nothing said about how it ended. Harmless when it is open. Raises NotAllowed."""
    fresh = _locked(next_step, by)
    if fresh.state == NextStepState.OPEN:
        return fresh
    fresh.state, fresh.outcome, fresh.ended_at = NextStepState.OPEN.value, "", None
    fresh.save(update_fields=["state", "outcome", "ended_at"])
    log_next_step("next_step.reopened", fresh, by=by, at=at)
    return fresh


def _locked(next_step: NextStep, by: User) -> NextStep:
    rows = NextStep.objects.select_for_update(of=("self",)).select_related("team")
    fresh = rows.get(pk=next_step.pk)
    owns = (
        fresh.owner_id == by.pk
        and by.is_active
        and not by.is_viewer
        and by.organisation_id == fresh.organisation_id
    )
    if not owns and not can_review(by, fresh.team):
        raise NotAllowed("Whoever took this next step, its team and administrators say what became of it.")
    return fresh
