"""Writing a sign of life."""

from __future__ import annotations

from datetime import datetime

from activity.models import Heartbeat


def note_heartbeat(*, name: str, at: datetime) -> None:
    """Remember that `name` was alive at this moment."""
    Heartbeat.objects.update_or_create(name=name, defaults={"beat_at": at})
