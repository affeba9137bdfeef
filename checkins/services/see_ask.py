"""Noting that an ask, or its answer, was read."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction

from checkins.models import Ask, AskStep
from checkins.rules.asks import AskAction
from checkins.rules.kinds import AskState
from common.past import seen_until
from people.models import User


@transaction.atomic
def see_ask(*, ask: Ask, by: User, at: datetime) -> Ask:
    """Note that `by` reads it: whoever has it sees the ask, whoever asked sees the answer. Once; anybody else changes
    nothing, and so does a second time. Looking at the past is no reading."""
    if seen_until() is not None:
        return ask
    unseen = Ask.objects.filter(pk=ask.pk, asked_of=by, state__in=(AskState.OPEN, AskState.PASSED_ON))
    if unseen.update(state=AskState.SEEN, seen_at=at, updated_at=at):
        AskStep.objects.create(ask=ask, at=at, by=by, action=AskAction.SEEN)
        ask.state, ask.seen_at, ask.updated_at = AskState.SEEN, at, at
    if see_answers(by=by, at=at, ask_ids=[ask.pk]):
        ask.answer_seen_at = at
    return ask


def see_answers(*, by: User, at: datetime, ask_ids: Collection[UUID]) -> int:
    """Note that whoever asked has read these answers; how many were new. Looking at the past is no reading."""
    if seen_until() is not None:
        return 0
    answered = (AskState.ANSWERED, AskState.ANSWERED_IN_PERSON)
    new = Ask.objects.filter(pk__in=ask_ids, asked_by=by, state__in=answered, answer_seen_at__isnull=True)
    return new.update(answer_seen_at=at)
