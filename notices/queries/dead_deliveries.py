"""Messages that were given up, for an administrator to look at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from notices.models import Delivery
from people.models import User

MOST_ROWS = 200


@dataclass(frozen=True, slots=True)
class DeadRow:
    """One message. `channel` is email or chat; `about` the kind of what was told at once, "" for a day's message."""

    id: UUID
    to: str
    channel: str
    about: str
    due_at: datetime
    died_at: datetime
    attempts: int
    error: str


def dead_deliveries(viewer: User) -> tuple[DeadRow, ...]:
    """Those of the viewer's organisation, the latest first. One query."""
    rows = Delivery.objects.dead().filter(organisation_id=viewer.organisation_id)
    rows = rows.select_related("user", "notice").order_by("-died_at", "-id")[:MOST_ROWS]
    return tuple(
        DeadRow(
            id=row.pk,
            to=row.user.name,
            channel=row.channel,
            about=row.notice.kind if row.notice else "",
            due_at=row.due_at,
            died_at=row.died_at or row.due_at,
            attempts=row.attempts,
            error=row.last_error,
        )
        for row in rows
    )
