"""The first lines of every write: hold the graph, hold the row, who may, is it still what the writer saw."""

from __future__ import annotations

from django.db.models import Model

from common.errors import NotAllowed, RuleConflict, StaleVersion
from common.locks import lock_graph
from objectives.models import Cycle, KeyResult, Objective
from objectives.permissions import can_edit_objective
from objectives.rules.kinds import CycleState, KeyResultState, ObjectiveState
from people.models import User

ENDED_OBJECTIVE = (ObjectiveState.CLOSED, ObjectiveState.CANCELLED)
ENDED_KEY_RESULT = (KeyResultState.CLOSED, KeyResultState.CANCELLED)


def locked_objective(
    objective: Objective, *, by: User, expected_version: int | None = None, is_deleted: bool = False
) -> Objective:
    """The objective as it is now, held with its organisation's graph until the transaction ends.

    `is_deleted` asks for one that was deleted instead. Raises NotAllowed when `by` may not edit it,
    RuleConflict when it is gone, StaleVersion when its version is not the expected one.
    """
    lock_graph(objective.organisation_id, exclusively=True)
    rows = Objective.everything.select_for_update(of=("self",)).select_related("cycle", "team", "owner")
    row = rows.filter(pk=objective.pk).first()
    if row is None or (row.deleted_at is not None) is not is_deleted:
        raise RuleConflict("This objective is no longer there: somebody deleted it.", code="deleted")
    if not can_edit_objective(by, row):
        raise NotAllowed("Only its owner, contributors, the lead of its team and administrators may do this.")
    require_version(row, row.version, expected_version)
    return row


def locked_key_result(
    key_result: KeyResult, *, by: User, expected_version: int | None = None, is_deleted: bool = False
) -> KeyResult:
    """The key result as it is now, with its objective; errors as for `locked_objective`."""
    objective = locked_objective(key_result.objective, by=by)
    rows = KeyResult.everything.select_for_update(of=("self",)).select_related("owner")
    row = rows.filter(pk=key_result.pk, objective_id=objective.pk).first()
    if row is None or (row.deleted_at is not None) is not is_deleted:
        raise RuleConflict("This key result is no longer there: somebody deleted it.", code="deleted")
    row.objective = objective
    require_version(row, row.version, expected_version)
    return row


def require_version(row: Model, version: int, expected: int | None) -> None:
    """Raise StaleVersion when somebody changed the row since the writer read it; None expects nothing."""
    if expected is not None and version != expected:
        raise StaleVersion(f"Somebody changed “{row}” in the meantime.")


def require_open_cycle(cycle: Cycle) -> None:
    """Raise RuleConflict, naming the cycle, when it is closed: what lies in it is read-only."""
    if cycle.state == CycleState.CLOSED:
        raise RuleConflict(f"“{cycle.name}” is closed and takes no more changes.", code="cycle_closed")


def require_running(objective: Objective) -> None:
    """Raise RuleConflict when the cycle is closed, or the objective itself is closed or cancelled."""
    require_open_cycle(objective.cycle)
    if objective.state in ENDED_OBJECTIVE:
        raise RuleConflict(
            f"“{objective.title}” is {objective.state} and takes no more changes.", code="objective_state"
        )


def require_running_key_result(key_result: KeyResult) -> None:
    """Raise RuleConflict when the key result, its objective or its cycle has come to an end."""
    require_running(key_result.objective)
    if key_result.state in ENDED_KEY_RESULT:
        raise RuleConflict(
            f"“{key_result.title}” is {key_result.state} and takes no more changes.", code="key_result_state"
        )
