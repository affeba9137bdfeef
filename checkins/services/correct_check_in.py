"""Changing what a check-in said; the earlier wording is kept as a version."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from activity.services import record_event
from alignment.services.roll_up import Lifted
from checkins.models import CheckIn, CheckInVersion
from checkins.rules.kinds import CheckInSource
from checkins.services.check_in_input import CheckInInput
from checkins.services.reached import Reached, RecordedCheckIn, moved_ids
from objectives.models import KeyResult
from people.models import User

if TYPE_CHECKING:
    from collections.abc import Mapping

VERSIONED = (
    "value",
    "milestones_done",
    "confidence",
    "note",
    "win",
    "challenge",
    "next_step",
    "next_step_due_on",
    "observed_on",
)


def earlier_statement(key_result: KeyResult, said: CheckInInput) -> CheckIn | None:
    """The machine's earlier statement that this one corrects: same key result by external id, day and source."""
    if said.source == CheckInSource.MANUAL or key_result.external_id is None:
        return None
    return (
        CheckIn.objects.filter(key_result=key_result, observed_on=said.observed_on, source=said.source)
        .order_by("-recorded_at", "-id")
        .first()
    )


def correct_check_in(
    reached: Reached,
    check_in: CheckIn,
    said: CheckInInput,
    words: Mapping[str, Any],
    *,
    by: User,
    at: datetime,
) -> RecordedCheckIn:
    """Put a machine's later value in place of its earlier one and keep the earlier one in the history."""
    return rewrite(reached, check_in, changes_of(said, words), by=by, at=at)


def changes_of(said: CheckInInput, words: Mapping[str, Any]) -> dict[str, Any]:
    """The columns that a later statement of a machine puts in place of the earlier one's."""
    done = said.milestones_done
    return {
        "value": said.value,
        "confidence": said.confidence,
        "milestones_done": None if done is None else [str(one) for one in done],
        **words,
    }


def rewrite(
    reached: Reached, check_in: CheckIn, changes: Mapping[str, Any], *, by: User, at: datetime
) -> RecordedCheckIn:
    """Store the earlier wording as a version, then the new one; a rewrite that changes nothing leaves no trace."""
    edits = restate(check_in, changes, by=by, at=at)
    if not edits:
        return RecordedCheckIn(check_in, reached.key_result, ())
    lifted = reached.recompute(by)
    check_in.refresh_from_db(fields=["previous_value", "progress", "raw_progress", "status"])
    objective_id = reached.key_result.objective_id
    log_edit(check_in, edits, objective_id=objective_id, by=by, at=at, moved=reached.moved)
    return RecordedCheckIn(check_in, reached.key_result, lifted)


Edits = dict[str, list[Any]]
"""By column, what it said before and after, as JSON."""


def restate(check_in: CheckIn, changes: Mapping[str, Any], *, by: User, at: datetime) -> Edits:
    """Write the new wording and keep the earlier one; the caller recomputes. Empty where nothing differs."""
    before = {name: getattr(check_in, name) for name in VERSIONED}
    differing = {name: value for name, value in changes.items() if before[name] != value}
    if not differing:
        return {}
    CheckInVersion.objects.create(
        check_in=check_in,
        replaced_at=at,
        replaced_by=by,
        fields={name: plain(before[name]) for name in differing},
    )
    for name, value in differing.items():
        setattr(check_in, name, value)
    check_in.edited_at = check_in.updated_at = at
    check_in.save(update_fields=[*differing, "edited_at", "updated_at"])
    return {name: [plain(before[name]), plain(value)] for name, value in differing.items()}


def log_edit(
    check_in: CheckIn,
    edits: Edits,
    *,
    objective_id: UUID,
    by: User,
    at: datetime,
    moved: tuple[Lifted, ...] = (),
) -> None:
    """Record that what a check-in said was changed, and what that moved."""
    record_event(
        verb="check_in.edited",
        subject=check_in,
        organisation_id=check_in.organisation_id,
        objective_id=objective_id,
        by=by,
        at=at,
        payload={"key_result_id": str(check_in.key_result_id), "changes": edits, **moved_ids(moved)},
    )


def plain(value: Any) -> Any:
    """A JSON value for a version or an event."""
    if value is None or isinstance(value, str | int | list):
        return value
    return f"{value:f}" if hasattr(value, "is_finite") else str(value)
