"""Taking an ask back, and putting it in better words while nobody has answered."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from checkins.models import Ask
from checkins.rules.asks import AskAction
from checkins.rules.kinds import AskKind
from checkins.services.ask_input import checked_words
from checkins.services.locked_ask import locked_ask, log_ask, nothing_to_answer, take_step
from common.days import day_in
from people.models import User


@transaction.atomic
def withdraw_ask(*, ask: Ask, by: User, at: datetime) -> Ask:
    """It waits no more; what was not told yet never is. Raises NotAllowed, RuleConflict (naming how it ended)."""
    row = locked_ask(ask, by=by, action=AskAction.WITHDRAWN)
    take_step(row, AskAction.WITHDRAWN, by=by, at=at)
    row.ended_at = at
    row.save(update_fields=["state", "ended_at", "updated_at"])
    nothing_to_answer(row, at=at)
    log_ask(row, "withdrawn", by=by, at=at, text=row.text)
    return row


@transaction.atomic
def reword_ask(*, ask: Ask, by: User, at: datetime, **changes: Any) -> Ask:
    """Change the words; `changes` may name text, options and answer_by_on. The earlier words stay in the steps.

    Raises NotAllowed, RuleConflict (it has ended), InvalidInput.
    """
    unknown = set(changes) - {"text", "options", "answer_by_on"}
    if unknown:
        raise TypeError(f"an ask has no {', '.join(sorted(unknown))} to change")
    row = locked_ask(ask, by=by, action=AskAction.REWORDED)
    answer_by_on = changes.get("answer_by_on", row.answer_by_on)
    is_new_day = answer_by_on != row.answer_by_on
    words = checked_words(
        changes.get("text", row.text),
        kind=AskKind(row.kind),
        options=changes.get("options", row.options),
        answer_by_on=answer_by_on if is_new_day else None,
        today=day_in(row.objective.organisation.time_zone, at),
        working_days=row.asked_of.working_days,
    )
    if not is_new_day and (words.text, words.options) == (row.text, row.options):
        return row
    before = {"text": [row.text, words.text]} if words.text != row.text else {}
    take_step(row, AskAction.REWORDED, by=by, at=at, words=row.text)
    row.text, row.options, row.answer_by_on = words.text, words.options, answer_by_on
    row.save(update_fields=["text", "options", "answer_by_on", "state", "updated_at"])
    log_ask(row, "reworded", by=by, at=at, changes=before)
    return row
