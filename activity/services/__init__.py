"""Writing to the log, and reacting to it."""

from activity.services.record_event import record_event
from activity.services.subscribe import subscribe

__all__ = ["record_event", "subscribe"]
