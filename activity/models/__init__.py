"""The event log, the history of rows, and the work that waits to be done."""

from activity.models.event import Event
from activity.models.heartbeat import Heartbeat
from activity.models.outbox_job import OutboxJob
from activity.models.past_copy import PastCopy
from activity.models.row_version import RowVersion

__all__ = ["Event", "Heartbeat", "OutboxJob", "PastCopy", "RowVersion"]
