"""Every write to cycles, objectives, key results and initiatives. Each is atomic and ends in an event."""

from objectives.services.change_key_result_state import (
    activate_key_result,
    cancel_key_result,
    close_key_result,
    pause_key_result,
)
from objectives.services.change_objective_state import (
    activate_objective,
    cancel_objective,
    pause_objective,
)
from objectives.services.close_objective import close_objective, reopen_objective
from objectives.services.create_key_result import create_key_result
from objectives.services.create_objective import create_objective
from objectives.services.delete_key_result import delete_key_result, restore_key_result
from objectives.services.delete_objective import delete_objective, restore_objective
from objectives.services.drafts import (
    Inherited,
    KeyResultChanges,
    KeyResultDraft,
    KeyResultFields,
    MilestoneDraft,
    draft_of,
)
from objectives.services.edit_key_result import edit_key_result
from objectives.services.edit_objective import ObjectiveChanges, edit_objective
from objectives.services.reorder import reorder_key_results, reorder_objectives
from objectives.services.take_back_cancel import take_back_cancel
from objectives.services.write_cycles import (
    CycleFields,
    activate_cycle,
    close_cycle,
    create_cycle,
    edit_cycle,
)
from objectives.services.write_initiatives import (
    InitiativeFields,
    create_initiative,
    delete_initiative,
    edit_initiative,
)

__all__ = [
    "CycleFields",
    "Inherited",
    "InitiativeFields",
    "KeyResultChanges",
    "KeyResultDraft",
    "KeyResultFields",
    "MilestoneDraft",
    "ObjectiveChanges",
    "activate_cycle",
    "activate_key_result",
    "activate_objective",
    "cancel_key_result",
    "cancel_objective",
    "close_cycle",
    "close_key_result",
    "close_objective",
    "create_cycle",
    "create_initiative",
    "create_key_result",
    "create_objective",
    "delete_initiative",
    "delete_key_result",
    "delete_objective",
    "draft_of",
    "edit_cycle",
    "edit_initiative",
    "edit_key_result",
    "edit_objective",
    "pause_key_result",
    "pause_objective",
    "reopen_objective",
    "reorder_key_results",
    "reorder_objectives",
    "restore_key_result",
    "restore_objective",
    "take_back_cancel",
]
