"""Locking what a write reaches, always in the same order: key results, objectives, priorities, each by id."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from alignment.models import StrategicPriority
from alignment.services.affected import Affected
from objectives.models import KeyResult, Objective


@dataclass(frozen=True, slots=True)
class Locked:
    """The locked rows; key results come with `objective` and its cycle, organisation and team."""

    key_results: dict[UUID, KeyResult]
    objectives: dict[UUID, Objective]
    priority_titles: dict[UUID, str]


def lock_affected(affected: Affected) -> Locked:
    """Lock every row that will be recomputed, and hand back what was read on the way. Deadlock-free by its order."""
    key_results = (
        KeyResult.everything.select_for_update(of=("self",))
        .filter(pk__in=affected.key_result_ids)
        .select_related("objective__cycle", "objective__organisation", "objective__team")
        .order_by("pk")
    )
    objectives = Objective.everything.select_for_update().filter(pk__in=affected.objective_ids).order_by("pk")
    priorities = (
        StrategicPriority.objects.select_for_update()
        .filter(pk__in=affected.priority_ids)
        .order_by("pk")
        .values_list("pk", "title")
    )
    return Locked(
        key_results={row.pk: row for row in key_results} if affected.key_result_ids else {},
        objectives={row.pk: row for row in objectives},
        priority_titles=dict(priorities) if affected.priority_ids else {},
    )
