"""How cycles lie in each other."""

from __future__ import annotations

from uuid import UUID

from objectives.models import Cycle


def cycles_around(organisation_id: UUID) -> dict[UUID, list[UUID]]:
    """For each cycle, itself and every cycle that it lies in."""
    parent = dict(Cycle.objects.filter(organisation_id=organisation_id).values_list("pk", "parent_id"))
    around: dict[UUID, list[UUID]] = {}
    for cycle in parent:
        chain: list[UUID] = []
        at: UUID | None = cycle
        while at is not None and at not in chain:
            chain.append(at)
            at = parent.get(at)
        around[cycle] = chain
    return around
