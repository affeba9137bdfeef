"""The event log, and the work that waits to be done."""

from activity.models.event import Event
from activity.models.heartbeat import Heartbeat
from activity.models.outbox_job import OutboxJob

__all__ = ["Event", "Heartbeat", "OutboxJob"]
