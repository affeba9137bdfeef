"""Strategic priorities, links to them, and stored roll-ups."""

from alignment.models.alignment_link import AlignmentLink
from alignment.models.priority import PriorityNews, StrategicPriority
from alignment.models.priority_progress import PriorityProgress
from alignment.models.progress_snapshot import ProgressSnapshot

__all__ = ["AlignmentLink", "PriorityNews", "PriorityProgress", "ProgressSnapshot", "StrategicPriority"]
