"""Put objectives of a cycle, or key results of an objective, into another order."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.db import transaction

from activity.services import record_event
from common.errors import InvalidInput, NotAllowed
from common.locks import lock_graph
from objectives.models import Cycle, KeyResult, Objective
from objectives.permissions import can_edit_objective, visible_objectives
from objectives.services.locked_rows import locked_objective, require_open_cycle, require_running
from objectives.services.placing import not_found
from people.models import User

Row = TypeVar("Row", Objective, KeyResult)


@transaction.atomic
def reorder_objectives(
    *, cycle: Cycle, ordered_ids: Sequence[UUID], by: User, at: datetime
) -> tuple[Objective, ...]:
    """Let the named objectives of the cycle follow each other in this order, in the places they hold now.

    Raises InvalidInput (an id that is not there), NotAllowed (one that `by` may not edit), RuleConflict
    (closed cycle). Returns them in their order.
    """
    lock_graph(by.organisation_id, exclusively=True)
    require_open_cycle(cycle)
    rows = {
        row.pk: row
        for row in visible_objectives(by)
        .filter(cycle_id=cycle.pk, pk__in=ordered_ids)
        .select_related("team")
        .prefetch_related("contributors")
    }
    ordered = _in_order(rows, ordered_ids, "objective")
    if not all(can_edit_objective(by, row) for row in ordered):
        raise NotAllowed("Only objectives that you may edit can be moved.")
    _place(ordered, by=by, at=at, verb="objective.reordered")
    return tuple(ordered)


@transaction.atomic
def reorder_key_results(
    *, objective: Objective, ordered_ids: Sequence[UUID], by: User, at: datetime
) -> tuple[KeyResult, ...]:
    """Let the named key results of the objective follow each other in this order, then all others.

    Raises InvalidInput (an id that is not there), NotAllowed, RuleConflict (objective or cycle has ended).
    Returns all in their order.
    """
    row = locked_objective(objective, by=by)
    require_running(row)
    rows = {key_result.pk: key_result for key_result in row.key_results.all()}
    named = _in_order(rows, ordered_ids, "key result")
    others = [key_result for pk, key_result in rows.items() if pk not in set(ordered_ids)]
    ordered = [*named, *others]
    _place(ordered, by=by, at=at, verb="key_result.reordered")
    return tuple(ordered)


def _in_order(rows: dict[UUID, Row], ordered_ids: Sequence[UUID], thing: str) -> list[Row]:
    if any(pk not in rows for pk in ordered_ids):
        raise InvalidInput([not_found("ordered_ids", thing)])
    return [rows[pk] for pk in dict.fromkeys(ordered_ids)]


def _place(ordered: Sequence[Row], *, by: User, at: datetime, verb: str) -> None:
    """Give out the places that the rows hold together; equal places are spread first. One event per move."""
    places: list[int] = []
    for place in sorted(row.position for row in ordered):
        places.append(max(place, places[-1] + 1) if places else max(place, 1))
    for row, position in zip(ordered, places, strict=True):
        before, row.position = row.position, position
        if before == position:
            continue
        row.updated_at = at
        row.save(update_fields=["position", "updated_at"])
        record_event(
            verb=verb,
            subject=row,
            organisation_id=row.organisation_id,
            by=by,
            at=at,
            objective_id=row.objective_id if isinstance(row, KeyResult) else row.pk,
            payload={"changes": {"position": [before, position]}},
        )
