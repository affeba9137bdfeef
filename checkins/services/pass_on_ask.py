"""Passing an ask on to somebody who can answer it better."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from checkins.models import Ask
from checkins.rules.asks import AskAction
from checkins.services.ask_input import require_can_be_asked, stand_ins_for
from checkins.services.ask_person import hand_to_stand_ins
from checkins.services.locked_ask import (
    locked_ask,
    log_ask,
    nothing_to_answer,
    take_step,
    tell_asker,
    tell_receiver,
)
from common.errors import FieldProblem, InvalidInput
from common.words import TEXT_LIMIT, clean_words
from people.models import User


@transaction.atomic
def pass_on_ask(*, ask: Ask, by: User, at: datetime, to: User, words: str = "") -> Ask:
    """Hand it to `to` (or their stand-in while away); they and whoever asked are told.

    Raises NotAllowed (somebody else has it), RuleConflict (it has ended), InvalidInput (`to` with the reason, `words`).
    """
    row = locked_ask(ask, by=by, action=AskAction.PASSED_ON)
    problems: list[FieldProblem] = []
    words = clean_words(words, field="words", problems=problems, limit=TEXT_LIMIT)
    if problems:
        raise InvalidInput(problems)
    if to.pk == row.asked_by_id:
        raise InvalidInput.of("to", "asker", f"{to.name} asked this; answer it instead")
    require_can_be_asked(to, by=by, objective=row.objective, field="to")
    nothing_to_answer(row, at=at)
    row.asked_of, row.seen_at = to, None
    passed = take_step(row, AskAction.PASSED_ON, by=by, at=at, to=to, words=words)
    row.save(update_fields=["asked_of", "seen_at", "state", "updated_at"])
    stand_ins = stand_ins_for(to, by=row.asked_by, objective=row.objective, at=at)
    if any(one.person.pk == by.pk for one in stand_ins):
        stand_ins = []
    last = hand_to_stand_ins(row, stand_ins, at=at) or passed
    tell_receiver(row, last)
    tell_asker(row, passed)
    log_ask(row, "passed_on", by=by, at=at, text=row.text, asked_of=row.asked_of.name, words=words)
    return row
