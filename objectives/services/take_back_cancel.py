"""Undo a cancellation that was a mistake."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from activity.models import Event
from common.errors import RuleConflict
from objectives.models import Objective
from objectives.rules.kinds import ObjectiveState
from objectives.services.locked_rows import locked_objective, require_open_cycle
from objectives.services.save_and_tell import write_state
from people.models import User

UNDO_FOR = timedelta(days=1)


@transaction.atomic
def take_back_cancel(*, objective: Objective, by: User, at: datetime) -> Objective:
    """Put a cancelled objective back into the state it had; one that is not cancelled stays as it is.

    Raises NotAllowed, RuleConflict (cancelled more than a day ago, or its cycle is closed): a decision that has
    stood that long is not undone; the objective can be carried over instead.
    """
    row = locked_objective(objective, by=by)
    require_open_cycle(row.cycle)
    if row.state != ObjectiveState.CANCELLED:
        return row
    event = Event.objects.filter(subject_id=row.pk, verb="objective.cancelled").order_by("-at", "-id").first()
    if event is None or at - event.at > UNDO_FOR:
        raise RuleConflict(f"“{row.title}” was cancelled more than a day ago.", code="objective_state")
    was = event.payload["changes"]
    changes = {"state": ObjectiveState(was["state"][0]), "state_reason": was.get("state_reason", [""])[0]}
    return write_state(row, "objective.restored", by=by, at=at, changes=changes)
