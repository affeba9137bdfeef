"""An ask, held for the length of a step: who may, whether the state allows it, and what is kept of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from activity.services import record_event
from checkins.models import Ask, AskStep
from checkins.permissions import can_do_to_ask
from checkins.rules.asks import ENDED_WORDS, AskAction, state_after, why_not
from checkins.rules.kinds import AskState
from common.errors import NotAllowed, RuleConflict
from notices.rules.kinds import NoticeKind
from notices.services.drop_notices import drop_notices
from notices.services.post_notice import post_notice
from people.models import User

WHO = {
    AskAction.PASSED_ON: "passed on by the person who was asked",
    AskAction.ANSWERED: "answered by the person who was asked",
    AskAction.ANSWERED_IN_PERSON: "answered by the person who was asked",
    AskAction.WITHDRAWN: "withdrawn by whoever asked, or an administrator",
    AskAction.REWORDED: "reworded by whoever asked",
}


def locked_ask(ask: Ask, *, by: User, action: AskAction) -> Ask:
    """The row as it stands now, locked until the transaction ends, if `by` may do this to it.

    Raises NotAllowed (saying who has it), RuleConflict (code: the state it has ended in; the message tells the answer).
    """
    found = Ask.objects.select_for_update().get(pk=ask.pk)
    if not can_do_to_ask(by, found, action):
        raise NotAllowed(f"This ask is with {found.asked_of.name} now; it can be {WHO[action]}.")
    if why_not(action, AskState(found.state)) is not None:
        raise RuleConflict(ended_words(found), code=found.state)
    return found


def ended_words(ask: Ask) -> str:
    """What became of an ask that waits no more, in a sentence with its answer."""
    who = (ask.answered_by or ask.asked_by).name
    said = f": “{ask.answer}”" if ask.answer else ""
    choice = chosen_words(ask)
    if choice:
        said = f": {choice}." + (f" “{ask.answer}”" if ask.answer else "")
    words = f"{who} has {ENDED_WORDS[AskState(ask.state)]} this{said}"
    return words if words.endswith((".", "!", "?", "”")) else f"{words}."


def chosen_words(ask: Ask) -> str:
    """The option that was chosen; "" without one."""
    chosen = ask.chosen_option
    return str(ask.options[chosen]) if chosen is not None and chosen < len(ask.options) else ""


def take_step(
    ask: Ask, action: AskAction, *, by: User | None, at: datetime, to: User | None = None, words: str = ""
) -> AskStep:
    """Move the ask to the state that the action leads to (the caller saves it) and keep the step."""
    ask.state = state_after(action, AskState(ask.state))
    ask.updated_at = at
    return AskStep.objects.create(ask=ask, at=at, by=by, action=action, to=to, words=words)


def tell_receiver(ask: Ask, step: AskStep) -> None:
    """A notice to whoever has the ask now."""
    post_notice(
        kind=NoticeKind.ASKED,
        user=ask.asked_of,
        key=str(step.pk),
        at=step.at,
        subject_type="ask",
        subject_id=ask.pk,
        objective_id=ask.objective_id,
        payload={"action": str(step.action), "kind": str(ask.kind)},
    )


def tell_asker(ask: Ask, step: AskStep) -> None:
    """A notice to whoever asked, unless it was their own doing."""
    if step.by_id == ask.asked_by_id or not ask.asked_by.is_active:
        return
    post_notice(
        kind=NoticeKind.ANSWERED,
        user=ask.asked_by,
        key=str(step.pk),
        at=step.at,
        subject_type="ask",
        subject_id=ask.pk,
        objective_id=ask.objective_id,
        payload={"action": str(step.action), "kind": str(ask.kind)},
    )


def nothing_to_answer(ask: Ask, *, at: datetime) -> None:
    """Nobody needs to be told any more that the ask waits."""
    for step in ask.steps.filter(to__isnull=False):
        drop_notices(kind=NoticeKind.ASKED, key=str(step.pk), at=at)


def log_ask(ask: Ask, verb: str, *, by: User, at: datetime, **payload: Any) -> None:
    """The event of a step; `payload` adds to the ids that every one of them has."""
    record_event(
        verb=f"ask.{verb}",
        subject=ask,
        organisation_id=ask.organisation_id,
        objective_id=ask.objective_id,
        by=by,
        at=at,
        payload={
            "kind": str(ask.kind),
            "key_result_id": str(ask.key_result_id) if ask.key_result_id else None,
            "check_in_id": str(ask.check_in_id) if ask.check_in_id else None,
            "asked_by_id": str(ask.asked_by_id),
            "asked_of_id": str(ask.asked_of_id),
            **payload,
        },
    )
