"""Strategic priorities and their versions, links to them, and stored roll-ups."""

from alignment.models.alignment_link import AlignmentLink
from alignment.models.health_metric import HealthMetric, HealthValue
from alignment.models.link_answer import LinkAnswer
from alignment.models.priority import PriorityNews, StrategicPriority
from alignment.models.priority_progress import PriorityProgress
from alignment.models.priority_revision import PriorityRevision
from alignment.models.progress_snapshot import ProgressSnapshot
from alignment.models.reconfirmation import Reconfirmation
from alignment.models.strategic_review import StrategicDecision, StrategicReview

__all__ = [
    "AlignmentLink",
    "HealthMetric",
    "HealthValue",
    "LinkAnswer",
    "PriorityNews",
    "PriorityProgress",
    "PriorityRevision",
    "ProgressSnapshot",
    "Reconfirmation",
    "StrategicDecision",
    "StrategicPriority",
    "StrategicReview",
]
