"""The two ends of a link: found, held, and open to change."""

from __future__ import annotations

from uuid import UUID

from alignment.models import AlignmentLink, StrategicPriority
from alignment.permissions import visible_priorities
from alignment.rules.kinds import ParentType, PriorityState
from common.errors import InvalidInput, RuleConflict
from objectives.models import KeyResult, Objective
from objectives.permissions import visible_key_results, visible_objectives
from objectives.services.locked_rows import (
    locked_objective,
    require_open_cycle,
    require_running,
    require_running_key_result,
)
from objectives.services.placing import not_found
from people.models import User

Parent = StrategicPriority | Objective | KeyResult


def parent_type_of(parent: Parent) -> ParentType:
    """Which of the three a parent is."""
    if isinstance(parent, StrategicPriority):
        return ParentType.PRIORITY
    return ParentType.OBJECTIVE if isinstance(parent, Objective) else ParentType.KEY_RESULT


def fresh_parent(parent: Parent, *, by: User) -> Parent:
    """The parent as it is now, fit to be linked to.

    Raises InvalidInput when `by` may not know that it exists (also when it does not), RuleConflict when it has
    come to an end.
    """
    row: Parent | None
    if isinstance(parent, StrategicPriority):
        row = visible_priorities(by).filter(pk=parent.pk).first()
        if row is not None and row.state == PriorityState.RETIRED:
            raise RuleConflict(f"“{row.title}” is retired and takes no more links.", code="priority_state")
    elif isinstance(parent, Objective):
        row = visible_objectives(by).select_related("cycle").filter(pk=parent.pk).first()
        if row is not None:
            require_running(row)
    else:
        row = visible_key_results(by).select_related("objective__cycle").filter(pk=parent.pk).first()
        if row is not None:
            require_running_key_result(row)
    if row is None:
        raise InvalidInput([not_found("parent", parent_type_of(parent).replace("_", " "))])
    return row


def locked_link(link: AlignmentLink, *, by: User) -> AlignmentLink:
    """The link as it is now, with its child held. Raises NotAllowed, RuleConflict (gone, or an end is read-only).

    What a closed cycle counted stays: its links change on neither side.
    """
    child = locked_objective(link.child, by=by)
    require_running(child)
    rows = AlignmentLink.objects.select_for_update(of=("self",))
    row = rows.select_related("objective__cycle", "key_result__objective__cycle", "priority").filter(
        pk=link.pk
    )
    kept = row.first()
    if kept is None:
        raise RuleConflict("This link is no longer there: somebody removed it.", code="deleted")
    kept.child = child
    above = kept.objective or (kept.key_result.objective if kept.key_result is not None else None)
    if above is not None:
        require_open_cycle(above.cycle)
    return kept


def parent_ids(link: AlignmentLink) -> dict[str, list[UUID]]:
    """The parent, as keyword arguments of a roll-up."""
    named = {
        "priority_ids": link.priority_id,
        "objective_ids": link.objective_id,
        "key_result_ids": link.key_result_id,
    }
    return {name: [pk] for name, pk in named.items() if pk is not None}
