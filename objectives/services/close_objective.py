"""Close an objective with a score, and open it again while its cycle is open."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from activity.models import Event
from common.errors import RuleConflict
from objectives.models import KeyResult, Objective
from objectives.rules.kinds import KeyResultState, ObjectiveState
from objectives.rules.lifecycle import ObjectiveAction
from objectives.rules.score import suggested_score
from objectives.services.change_objective_state import state_after
from objectives.services.check_reason import checked_reason
from objectives.services.check_score import checked_score
from objectives.services.locked_rows import locked_objective, require_open_cycle
from objectives.services.save_and_tell import write_state
from people.models import User

RUNNING = (KeyResultState.ACTIVE, KeyResultState.PAUSED)


@transaction.atomic
def close_objective(
    *, objective: Objective, by: User, at: datetime, score: Decimal | None = None, score_reason: str = ""
) -> Objective:
    """Freeze it and its running key results where they stand.

    The suggested score is the progress to two decimals (None without any). Another `score` (0..1) needs a
    reason; both are kept. A second close is a conflict. Raises NotAllowed, RuleConflict, InvalidInput.
    """
    row = locked_objective(objective, by=by)
    require_open_cycle(row.cycle)
    if row.state == ObjectiveState.CLOSED:
        raise RuleConflict(f"“{row.title}” is closed already.", code="objective_state")
    state = state_after(ObjectiveAction.CLOSE, row)
    suggested = suggested_score(row.progress)
    given = suggested if score is None else checked_score(score)
    reason = score_reason.strip()
    if given != suggested or reason:
        needed = "say why the score differs from the suggested one"
        reason = checked_reason(reason, needed, field="score_reason")
    paused = _close_key_results(row, at=at)
    return write_state(
        row,
        "objective.closed",
        by=by,
        at=at,
        changes={
            "state": state,
            "closed_at": at,
            "score": given,
            "suggested_score": suggested,
            "score_reason": reason,
        },
        paused_key_results=[str(pk) for pk in paused],
    )


@transaction.atomic
def reopen_objective(*, objective: Objective, by: User, at: datetime) -> Objective:
    """Take a closed objective up again with the key results that closed with it, those that were paused paused; the
    score goes into history.

    Raises NotAllowed, RuleConflict (it is not closed, or its cycle is).
    """
    row = locked_objective(objective, by=by)
    state = state_after(ObjectiveAction.REOPEN, row)
    closed = Q(state=KeyResultState.CLOSED)
    if row.closed_at is not None:
        closed &= Q(closed_at__isnull=True) | Q(closed_at__gte=row.closed_at)
    paused = _paused_at_close(row)
    for state_before, found in (
        (KeyResultState.PAUSED, row.key_results.filter(closed, pk__in=paused)),
        (KeyResultState.ACTIVE, row.key_results.filter(closed).exclude(pk__in=paused)),
    ):
        found.update(state=state_before, closed_at=None, score=None, updated_at=at)
    return write_state(
        row,
        "objective.reopened",
        by=by,
        at=at,
        changes={
            "state": state,
            "state_reason": "",
            "closed_at": None,
            "score": None,
            "suggested_score": None,
            "score_reason": "",
        },
    )


def _close_key_results(objective: Objective, *, at: datetime) -> list[UUID]:
    """Close what runs; returns the ids of those that were paused."""
    running = list(KeyResult.objects.filter(objective=objective, state__in=RUNNING))
    paused = [key_result.pk for key_result in running if key_result.state == KeyResultState.PAUSED]
    for key_result in running:
        key_result.state = KeyResultState.CLOSED
        key_result.closed_at = at
        key_result.score = suggested_score(key_result.progress)
        key_result.version += 1
        key_result.updated_at = at
    KeyResult.objects.bulk_update(running, ["state", "closed_at", "score", "version", "updated_at"])
    return paused


def _paused_at_close(objective: Objective) -> list[str]:
    """Ids of the key results that rested when it was closed last; the log remembers them."""
    closing = (
        Event.objects.filter(subject_id=objective.pk, verb="objective.closed").order_by("-at", "-id").first()
    )
    return closing.payload.get("paused_key_results", []) if closing is not None else []
