"""Asking somebody for help or for a decision."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from checkins.models import Ask, AskStep, CheckIn
from checkins.permissions import can_ask
from checkins.rules.asks import AskAction
from checkins.rules.kinds import AskKind
from checkins.services.ask_input import (
    StandIn,
    checked_words,
    day_words,
    require_belongs,
    require_can_be_asked,
    stand_ins_for,
)
from checkins.services.locked_ask import log_ask, take_step, tell_receiver
from common.days import day_in
from common.errors import InvalidInput, NotAllowed
from objectives.models import KeyResult, Objective
from objectives.permissions import visible_objectives
from people.models import User


@transaction.atomic
def ask_person(
    *,
    by: User,
    at: datetime,
    objective: Objective,
    asked_of: User,
    text: str,
    key_result: KeyResult | None = None,
    check_in: CheckIn | None = None,
    answer_by_on: date | None = None,
    kind: AskKind | str = AskKind.ASK,
    options: Sequence[str] = (),
) -> Ask:
    """Put a question to a person, who is told; while they are away their stand-in takes it over.

    kind          `decision` needs two to six `options` to choose from
    answer_by_on  the day an answer is hoped for; not in the past
    Raises NotAllowed (viewers), InvalidInput (`objective` when `by` cannot see it, `asked_of` with the reason,
    `text`, `options`, `answer_by_on`, `key_result`, `check_in`).
    """
    if not can_ask(by, objective):
        raise NotAllowed("Viewers read. Ask somebody who works on the objective to ask for you.")
    if not visible_objectives(by).filter(pk=objective.pk).exists():
        raise InvalidInput.of("objective", "not_found", "there is no such objective")
    kind = AskKind(kind)
    words = checked_words(
        text,
        kind=kind,
        options=options,
        answer_by_on=answer_by_on,
        today=day_in(objective.organisation.time_zone, at),
        working_days=asked_of.working_days,
    )
    require_belongs(objective, key_result, check_in)
    require_can_be_asked(asked_of, by=by, objective=objective, field="asked_of")
    ask = Ask.objects.create(
        organisation_id=objective.organisation_id,
        kind=kind,
        objective=objective,
        key_result=key_result,
        check_in=check_in,
        asked_by=by,
        asked_of=asked_of,
        text=words.text,
        options=words.options,
        answer_by_on=answer_by_on,
        created_at=at,
        updated_at=at,
    )
    step = AskStep.objects.create(ask=ask, at=at, by=by, action=AskAction.ASKED, to=asked_of)
    step = hand_to_stand_ins(ask, stand_ins_for(asked_of, by=by, objective=objective, at=at), at=at) or step
    tell_receiver(ask, step)
    log_ask(ask, "made", by=by, at=at, text=ask.text, asked_of=ask.asked_of.name)
    return ask


def hand_to_stand_ins(ask: Ask, stand_ins: Sequence[StandIn], *, at: datetime) -> AskStep | None:
    """Pass the ask along to the last of them, with a step for each; saves the ask. None when there are none."""
    step = None
    for person, away, until in stand_ins:
        ask.asked_of = person
        words = f"{away.name} is away until {until:%a} {day_words(until)}"
        step = take_step(ask, AskAction.PASSED_ON, by=None, at=at, to=person, words=words)
    if step is not None:
        ask.seen_at = None
        ask.save(update_fields=["asked_of", "state", "seen_at", "updated_at"])
    return step
