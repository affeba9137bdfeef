"""The first and last lines of every write to a priority: who may, hold it, store it, say what happened."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from activity.services import record_event
from alignment.models import PriorityRevision, StrategicPriority
from alignment.permissions import can_state_priorities
from alignment.rules.kinds import RevisionKind, RevisionState
from common.errors import NotAllowed
from common.locks import lock_graph
from people.models import User

WORDED = ("title", "narrative", "not_doing", "owner", "sponsor", "starts_on", "ends_on")
"""What a version of a priority says."""


def require_may_state(by: User) -> None:
    """Raises NotAllowed."""
    if not can_state_priorities(by):
        raise NotAllowed("Leaders and administrators state priorities.")


def locked_priority(priority: StrategicPriority, *, by: User) -> StrategicPriority:
    """The priority as it is now, held with its organisation's graph. Raises NotAllowed."""
    lock_graph(priority.organisation_id, exclusively=True)
    require_may_state(by)
    if by.organisation_id != priority.organisation_id:
        raise NotAllowed("Leaders and administrators state priorities.")
    rows = StrategicPriority.objects.select_for_update(of=("self",)).select_related("owner", "sponsor")
    return rows.get(pk=priority.pk)


def save_priority(row: StrategicPriority, fields: dict[str, Any], *, at: datetime) -> None:
    """Store these fields and the moment."""
    for field, value in {**fields, "updated_at": at}.items():
        setattr(row, field, value)
    row.save(update_fields=[*fields, "updated_at"])


def record_priority(
    row: StrategicPriority, verb: str, *, by: User, at: datetime, payload: dict[str, Any]
) -> None:
    """Say what happened to the priority."""
    record_event(verb=verb, subject=row, organisation_id=row.organisation_id, by=by, at=at, payload=payload)


def keep_version(
    row: StrategicPriority,
    kind: RevisionKind,
    *,
    by: User | None,
    at: datetime,
    reason: str = "",
    is_minor: bool = False,
) -> PriorityRevision:
    """Put what the priority says now down as its version number `row.revision`, in force since `at`.

    An open draft moves on to the number after it.
    """
    drafts = PriorityRevision.objects.filter(priority=row, state=RevisionState.DRAFT)
    drafts.filter(number__lte=row.revision).update(number=row.revision + 1)
    return PriorityRevision.objects.create(
        organisation_id=row.organisation_id,
        priority=row,
        number=row.revision,
        kind=kind,
        state=RevisionState.PUBLISHED,
        rank=row.rank,
        reason=reason,
        is_minor=is_minor,
        author=by,
        created_at=at,
        updated_at=at,
        published_at=at,
        published_by=by,
        **{field: getattr(row, field) for field in WORDED},
    )


def keep_present_version(row: StrategicPriority) -> None:
    """Before a version follows, see to it that the one in force is kept: imports write priorities without."""
    if not PriorityRevision.objects.filter(priority=row, state=RevisionState.PUBLISHED).exists():
        since = row.activated_at or row.created_at
        keep_version(row, RevisionKind.STATED, by=row.created_by, at=since)
