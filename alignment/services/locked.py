"""Locking what a write reaches, always in the same order: key results, objectives, priorities, each by id.

Priorities come last and are fed by many teams, so `roll_up_priorities` locks them only when their turn comes.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from alignment.services.affected import Affected
from common.prepared import Prepared
from objectives.models import Cycle, KeyResult, Objective


@dataclass(frozen=True, slots=True)
class Locked:
    """The locked rows; key results come with their locked `objective`, that with its cycle and organisation."""

    key_results: dict[UUID, KeyResult]
    objectives: dict[UUID, Objective]


_key_results = Prepared(
    lambda ids: KeyResult.everything.select_for_update().filter(pk__in=ids).order_by("pk")
)
_objectives = Prepared(lambda ids: Objective.everything.select_for_update().filter(pk__in=ids).order_by("pk"))
_cycles = Prepared(lambda ids: Cycle.objects.filter(pk__in=ids).select_related("organisation").order_by())


def lock_affected(affected: Affected) -> Locked:
    """Lock every row that will be recomputed, and hand back what was read on the way. Deadlock-free by its order."""
    locked = Locked(
        key_results={row.pk: row for row in _key_results(affected.key_result_ids)},
        objectives={row.pk: row for row in _objectives(affected.objective_ids)},
    )
    _place(locked)
    return locked


def _place(locked: Locked) -> None:
    """Join the rows in memory: each key result with its objective, that with its cycle, that with the organisation."""
    wanted = {row.objective_id for row in locked.key_results.values()}
    around = {pk: row for pk, row in locked.objectives.items() if pk in wanted}
    if deleted := wanted - around.keys():
        around |= Objective.everything.in_bulk(deleted)
    cycles = {cycle.pk: cycle for cycle in _cycles({row.cycle_id for row in around.values()})}
    for objective in around.values():
        objective.cycle = cycles[objective.cycle_id]
        objective.organisation = objective.cycle.organisation
    for row in locked.key_results.values():
        row.objective = around[row.objective_id]
