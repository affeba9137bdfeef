"""Answering an ask, or noting that it was answered in person."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from checkins.models import Ask, Decision
from checkins.rules.asks import AskAction
from checkins.rules.kinds import AskKind
from checkins.services.locked_ask import (
    chosen_words,
    locked_ask,
    log_ask,
    nothing_to_answer,
    take_step,
    tell_asker,
)
from common.errors import FieldProblem, InvalidInput
from common.words import TEXT_LIMIT, clean_words
from people.models import User


@transaction.atomic
def answer_ask(
    *,
    ask: Ask,
    by: User,
    at: datetime,
    text: str = "",
    chosen_option: int | None = None,
    in_person: bool = False,
) -> Ask:
    """Answer; whoever asked is told. A decision is kept as such, with the sentence as its reason.

    text           needed unless `in_person`, or where an option says it already
    chosen_option  place of the option, from 0; needed for a decision
    Raises NotAllowed (somebody else has it), RuleConflict (it has ended: the message tells the first answer),
    InvalidInput.
    """
    action = AskAction.ANSWERED_IN_PERSON if in_person else AskAction.ANSWERED
    row = locked_ask(ask, by=by, action=action)
    words = _checked(row, text, chosen_option, in_person=in_person)
    row.answer, row.chosen_option, row.answered_by, row.ended_at = words, chosen_option, by, at
    row.seen_at = row.seen_at or at
    step = take_step(row, action, by=by, at=at, words=words)
    row.save()
    if row.kind == AskKind.DECISION:
        _keep_decision(row, by=by, at=at)
    nothing_to_answer(row, at=at)
    tell_asker(row, step)
    log_ask(
        row,
        "answered",
        by=by,
        at=at,
        text=row.text,
        answer=words,
        option=chosen_words(row),
        in_person=in_person,
    )
    return row


def _checked(ask: Ask, text: str, chosen_option: int | None, *, in_person: bool) -> str:
    problems: list[FieldProblem] = []
    is_decision = ask.kind == AskKind.DECISION
    needed = "" if in_person or is_decision else "say it in a sentence, or choose “answered in person”"
    words = clean_words(text, field="text", problems=problems, limit=TEXT_LIMIT, needed=needed)
    if is_decision and chosen_option is None:
        problems.append(FieldProblem("chosen_option", "required", "choose one of the options"))
    elif is_decision and chosen_option not in range(len(ask.options)):
        problems.append(FieldProblem("chosen_option", "not_found", "this is none of the options"))
    elif not is_decision and chosen_option is not None:
        problems.append(FieldProblem("chosen_option", "not_for_asks", "only a decision has options"))
    if problems:
        raise InvalidInput(problems)
    return words


def _keep_decision(ask: Ask, *, by: User, at: datetime) -> None:
    Decision.objects.create(
        organisation_id=ask.organisation_id,
        team_id=ask.objective.team_id,
        ask=ask,
        objective_id=ask.objective_id,
        key_result_id=ask.key_result_id,
        text=chosen_words(ask),
        because=ask.answer,
        decided_by=by,
        decided_at=at,
    )
