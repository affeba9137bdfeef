"""How long ago a background worker last did something."""

from __future__ import annotations

from datetime import datetime

from activity.models import Heartbeat

WORKER = "worker"


def seconds_since_heartbeat(*, at: datetime, name: str = WORKER) -> float | None:
    """Seconds since the last sign of life of `name`; None when there never was one."""
    beat_at = Heartbeat.objects.filter(name=name).values_list("beat_at", flat=True).first()
    return None if beat_at is None else (at - beat_at).total_seconds()
