"""Asks for tests. The row only: nobody is told and no step is kept."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from checkins.models import Ask
from checkins.rules.kinds import WAITING, AskState
from objectives.models import Objective
from people.models import User
from tests.factories.when import NOW


def make_ask(
    objective: Objective,
    *,
    by: User,
    of: User,
    text: str = "Two extra planners until week 11",
    state: AskState | str = AskState.OPEN,
    created_at: datetime = NOW,
    **fields: Any,
) -> Ask:
    """An ask of today; one that has ended was answered by `of` at `ended_at`, now unless told."""
    if AskState(state) not in WAITING:
        fields.setdefault("ended_at", NOW)
        fields.setdefault("answered_by", None if state == AskState.WITHDRAWN else of)
    return Ask.objects.create(
        organisation_id=objective.organisation_id,
        objective=objective,
        asked_by=by,
        asked_of=of,
        text=text,
        state=state,
        created_at=created_at,
        **{"updated_at": created_at, **fields},
    )
