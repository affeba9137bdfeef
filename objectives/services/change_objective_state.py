"""Start, pause and cancel an objective."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from common.errors import RuleConflict
from objectives.models import Objective
from objectives.rules.kinds import CycleState, KeyResultState, ObjectiveState
from objectives.rules.lifecycle import ObjectiveAction, TransitionRefused, objective_after
from objectives.services.check_reason import checked_reason
from objectives.services.locked_rows import locked_objective, require_open_cycle
from objectives.services.save_and_tell import write_state
from people.models import User


@transaction.atomic
def activate_objective(*, objective: Objective, by: User, at: datetime) -> Objective:
    """Start it, or take it up again after a pause; on an active one it changes nothing.

    The first time, its key results' rhythm starts with it. Neither key results nor a priority are needed.
    Raises NotAllowed, RuleConflict (naming the state, or the closed cycle).
    """
    row = locked_objective(objective, by=by)
    state = state_after(ObjectiveAction.ACTIVATE, row)
    if state == row.state:
        return row
    row.key_results.filter(activated_at__isnull=True, state=KeyResultState.ACTIVE).update(
        activated_at=at, updated_at=at
    )
    changes = {"state": state, "state_reason": "", "activated_at": row.activated_at or at}
    return write_state(row, "objective.activated", by=by, at=at, changes=changes)


@transaction.atomic
def pause_objective(*, objective: Objective, by: User, at: datetime, reason: str) -> Objective:
    """Set it aside for now: it still counts. Needs a reason; pausing a paused one changes nothing.

    Raises NotAllowed, RuleConflict (naming the state, or the closed cycle), InvalidInput.
    """
    row = locked_objective(objective, by=by)
    state = state_after(ObjectiveAction.PAUSE, row)
    changes = {"state": state, "state_reason": checked_reason(reason, "say why it is paused")}
    return write_state(row, "objective.paused", by=by, at=at, changes=changes)


@transaction.atomic
def cancel_objective(*, objective: Objective, by: User, at: datetime, reason: str) -> Objective:
    """Give it up: it stays to be read and counts no more. Needs a reason; a repeat changes nothing.

    Raises NotAllowed, RuleConflict (naming the state, or the closed cycle), InvalidInput.
    """
    row = locked_objective(objective, by=by)
    state = state_after(ObjectiveAction.CANCEL, row)
    changes = {"state": state, "state_reason": checked_reason(reason, "say why it is cancelled")}
    return write_state(row, "objective.cancelled", by=by, at=at, changes=changes)


def state_after(action: ObjectiveAction, row: Objective) -> ObjectiveState:
    """The state that `action` leads to. Raises RuleConflict, naming what stands in the way."""
    require_open_cycle(row.cycle)
    try:
        return objective_after(action, ObjectiveState(row.state), cycle_state=CycleState(row.cycle.state))
    except TransitionRefused as refused:
        raise RuleConflict(f"“{row.title}”: {refused}.", code="objective_state") from refused
