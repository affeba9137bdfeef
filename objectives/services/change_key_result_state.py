"""Pause, cancel, close and take up again one key result."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.db import transaction

from common.errors import RuleConflict
from objectives.models import KeyResult
from objectives.rules.kinds import KeyResultState
from objectives.rules.lifecycle import KeyResultAction, TransitionRefused, key_result_after
from objectives.rules.score import suggested_score
from objectives.services.check_reason import checked_reason
from objectives.services.check_score import checked_score
from objectives.services.locked_rows import locked_key_result, require_running
from objectives.services.save_and_tell import write_state
from people.models import User


@transaction.atomic
def activate_key_result(*, key_result: KeyResult, by: User, at: datetime) -> KeyResult:
    """Take a paused, closed or cancelled key result up again; on an active one it changes nothing.

    Raises NotAllowed, and RuleConflict when its objective or cycle has ended.
    """
    row = locked_key_result(key_result, by=by)
    state = _state_after(KeyResultAction.ACTIVATE, row)
    changes = {"state": state, "state_reason": "", "closed_at": None, "score": None}
    return write_state(row, "key_result.activated", by=by, at=at, changes=changes)


@transaction.atomic
def pause_key_result(*, key_result: KeyResult, by: User, at: datetime, reason: str) -> KeyResult:
    """Nobody is asked about it until it is taken up again. Needs a reason.

    Raises NotAllowed, RuleConflict (naming the state), InvalidInput.
    """
    row = locked_key_result(key_result, by=by)
    state = _state_after(KeyResultAction.PAUSE, row)
    changes = {"state": state, "state_reason": checked_reason(reason, "say why it is paused")}
    return write_state(row, "key_result.paused", by=by, at=at, changes=changes)


@transaction.atomic
def cancel_key_result(*, key_result: KeyResult, by: User, at: datetime, reason: str) -> KeyResult:
    """It counts no more and stays to be read. Needs a reason.

    Raises NotAllowed, RuleConflict (naming the state), InvalidInput.
    """
    row = locked_key_result(key_result, by=by)
    state = _state_after(KeyResultAction.CANCEL, row)
    changes = {"state": state, "state_reason": checked_reason(reason, "say why it is cancelled")}
    return write_state(row, "key_result.cancelled", by=by, at=at, changes=changes)


@transaction.atomic
def close_key_result(
    *, key_result: KeyResult, by: User, at: datetime, score: Decimal | None = None
) -> KeyResult:
    """Freeze it where it stands. The score is its progress to two decimals unless another one is given.

    A second close is a conflict. Raises NotAllowed, RuleConflict (naming the state), InvalidInput.
    """
    row = locked_key_result(key_result, by=by)
    if row.state == KeyResultState.CLOSED:
        raise RuleConflict(f"“{row.title}” is closed already.", code="key_result_state")
    state = _state_after(KeyResultAction.CLOSE, row)
    given = suggested_score(row.progress) if score is None else checked_score(score)
    return write_state(
        row,
        "key_result.closed",
        by=by,
        at=at,
        changes={"state": state, "closed_at": at, "score": given},
    )


def _state_after(action: KeyResultAction, row: KeyResult) -> KeyResultState:
    require_running(row.objective)
    try:
        return key_result_after(action, KeyResultState(row.state))
    except TransitionRefused as refused:
        raise RuleConflict(f"“{row.title}”: {refused}.", code="key_result_state") from refused
