"""Cycles, objectives, key results and what hangs below them."""

from objectives.models.cycle import Cycle
from objectives.models.initiative import Initiative
from objectives.models.key_result import KeyResult
from objectives.models.milestone import Milestone
from objectives.models.objective import Objective
from objectives.models.planned_value import PlannedValue
from objectives.models.recalibration import Recalibration
from objectives.models.suggestion import Suggestion
from objectives.models.writing_draft import WritingDraft

__all__ = [
    "Cycle",
    "Initiative",
    "KeyResult",
    "Milestone",
    "Objective",
    "PlannedValue",
    "Recalibration",
    "Suggestion",
    "WritingDraft",
]
