"""How cycles lie in each other."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from common.prepared import Prepared
from objectives.models import Cycle

_parents = Prepared(
    lambda organisation: (
        Cycle.objects.filter(organisation_id=organisation).order_by().values_list("pk", "parent_id")
    )
)


def cycles_around(organisation_id: UUID) -> dict[UUID, list[UUID]]:
    """For each cycle, itself and every cycle that it lies in."""
    return around_of(dict(_parents(organisation_id)))


def around_of(parents: Mapping[UUID, UUID | None]) -> dict[UUID, list[UUID]]:
    """The same for cycles that were read already, each with the one that it lies in."""
    around: dict[UUID, list[UUID]] = {}
    for cycle in parents:
        chain: list[UUID] = []
        at: UUID | None = cycle
        while at is not None and at not in chain:
            chain.append(at)
            at = parents.get(at)
        around[cycle] = chain
    return around


def cycles_inside(cycle_id: UUID, around: Mapping[UUID, list[UUID]]) -> list[UUID]:
    """The cycle itself and every one that lies in it."""
    return [inner for inner, outer in around.items() if cycle_id in outer]
