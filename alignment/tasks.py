"""What runs by itself after a priority has changed."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from alignment.services.ask_reached import TELL_JOB, tell_priority_changed
from common.jobs import register_job


@register_job(TELL_JOB)
def tell_priority_changed_job(payload: dict[str, Any], *, at: datetime) -> None:
    """Tell whom a published version asks or concerns."""
    tell_priority_changed(revision_id=UUID(payload["revision_id"]), by_id=UUID(payload["by_id"]), at=at)
