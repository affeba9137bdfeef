"""Editing, deleting and bringing back a check-in; everything above is recomputed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from activity.services import record_event
from checkins.models import CheckIn
from checkins.permissions import can_edit_check_in
from checkins.rules.kinds import CheckInSource
from checkins.services.check_in_input import CheckInInput, check_input, require_open
from checkins.services.correct_check_in import VERSIONED, rewrite
from checkins.services.reached import Reached, RecordedCheckIn, moved_ids, reach
from checkins.services.record_check_in import step_ids_of
from common.errors import NotAllowed, RuleConflict, StaleVersion
from objectives.services.kept_for import require_still_kept
from people.models import User


@transaction.atomic
def edit_check_in(
    *, check_in: CheckIn, by: User, at: datetime, expected_updated_at: datetime | None = None, **changes: Any
) -> RecordedCheckIn:
    """Change what a check-in says; `changes` may name value, confidence, note, win, challenge, next_step,
    next_step_due_on, observed_on and milestones_done. The earlier wording stays in the history.

    Raises NotAllowed (not its author), RuleConflict (cycle or objective closed), InvalidInput, StaleVersion.
    """
    unknown = set(changes) - set(VERSIONED)
    if unknown:
        raise TypeError(f"a check-in has no {', '.join(sorted(unknown))}")
    reached, row = _reach_for_edit(check_in, by, at)
    if expected_updated_at is not None and row.updated_at != expected_updated_at:
        raise StaleVersion("Somebody changed this check-in in the meantime.")
    done = changes.get("milestones_done", row.milestones_done)
    said = CheckInInput(
        value=changes.get("value", row.value),
        confidence=changes.get("confidence", row.confidence),
        observed_on=changes.get("observed_on", row.observed_on),
        milestones_done=None if "milestones_done" not in changes else done,
        source=CheckInSource(row.source),
    )
    changed = {name for name, value in changes.items() if value != getattr(row, name)}
    check_input(reached.key_result, said, today=reached.today, step_ids=step_ids_of(reached), changed=changed)
    if changes.get("milestones_done") is not None:
        changes["milestones_done"] = [str(step) for step in changes["milestones_done"]]
    return rewrite(reached, row, changes, by=by, at=at)


@transaction.atomic
def delete_check_in(*, check_in: CheckIn, by: User, at: datetime) -> RecordedCheckIn:
    """Take a check-in out of every number; it can be restored. Raises NotAllowed, RuleConflict."""
    reached, row = _reach_for_edit(check_in, by, at)
    row.deleted_at = row.updated_at = at
    row.deleted_by = by
    return _store(reached, row, "check_in.deleted", by=by, at=at)


@transaction.atomic
def restore_check_in(*, check_in: CheckIn, by: User, at: datetime) -> RecordedCheckIn:
    """Undo a deletion. Raises NotAllowed, RuleConflict (also when it was deleted too long ago)."""
    reached, row = _reach_for_edit(check_in, by, at)
    require_still_kept(row, row.deleted_at, at=at)
    row.deleted_at = row.deleted_by = None
    row.updated_at = at
    return _store(reached, row, "check_in.restored", by=by, at=at)


def _reach_for_edit(check_in: CheckIn, by: User, at: datetime) -> tuple[Reached, CheckIn]:
    reached = reach(key_result_id=check_in.key_result_id, at=at)
    row = CheckIn.everything.select_related("author", "recorded_by").filter(pk=check_in.pk).first()
    if row is None:
        raise RuleConflict(
            "This check-in was deleted long ago and cannot be restored.", code="deleted_too_long_ago"
        )
    if not can_edit_check_in(by, row):
        raise NotAllowed("A check-in is changed by its author or an administrator.")
    if reached.key_result.objective.cycle.state == "closed":
        raise RuleConflict("Its cycle is closed, so this check-in can only be read.", code="cycle_closed")
    require_open(reached.key_result)
    return reached, row


def _store(reached: Reached, row: CheckIn, verb: str, *, by: User, at: datetime) -> RecordedCheckIn:
    row.save(update_fields=["deleted_at", "deleted_by", "updated_at"])
    lifted = reached.recompute(by)
    record_event(
        verb=verb,
        subject=row,
        organisation_id=row.organisation_id,
        objective_id=reached.key_result.objective_id,
        by=by,
        at=at,
        payload={"key_result_id": str(row.key_result_id), **moved_ids(reached.moved)},
    )
    return RecordedCheckIn(row, reached.key_result, lifted)
