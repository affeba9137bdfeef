"""Writing to the log, and reacting to it."""

from activity.services.enqueue import enqueue
from activity.services.record_event import record_event
from activity.services.subscribe import subscribe

__all__ = ["enqueue", "record_event", "subscribe"]
