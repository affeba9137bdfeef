"""The end of every change to the life of an objective or a key result: saved, counted up, told to the log."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, TypeVar

from activity.services import record_event
from objectives.models import KeyResult, Objective
from objectives.services.changes import differences
from people.models import User

Row = TypeVar("Row", Objective, KeyResult)


def write_state(row: Row, verb: str, *, by: User, at: datetime, changes: dict[str, Any], **facts: Any) -> Row:
    """Save the changes and tell the log; nothing of it when the state is what it was.

    The caller holds `row`. `facts` are JSON values that the log keeps beside the changes.
    """
    if changes["state"] == row.state:
        return row
    changed = differences({field: getattr(row, field) for field in changes}, changes)
    for field, value in changes.items():
        setattr(row, field, value)
    payload = {"changes": changed, "reason": changes.get("state_reason", ""), **facts}
    return save_and_tell(row, verb, by=by, at=at, fields=changes, payload=payload)


def save_and_tell(
    row: Row, verb: str, *, by: User, at: datetime, fields: Iterable[str], payload: dict[str, Any]
) -> Row:
    """Save these fields of a row that the caller holds, count its version up, and record the event."""
    row.version += 1
    row.updated_at = at
    row.save(update_fields=[*fields, "version", "updated_at"])
    record_event(
        verb=verb,
        subject=row,
        organisation_id=row.organisation_id,
        by=by,
        at=at,
        objective_id=row.pk if isinstance(row, Objective) else row.objective_id,
        payload=payload,
    )
    return row
