"""The milestones and planned values of a key result, made equal to what its draft lists."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from uuid import UUID

from objectives.models import KeyResult, Milestone, PlannedValue
from objectives.services.drafts import MilestoneDraft


def write_milestones(key_result: KeyResult, drafts: Sequence[MilestoneDraft]) -> tuple[UUID, ...]:
    """Keep the steps that the drafts name, add the new ones, remove the rest. Returns the ids removed.

    A step that is kept stays done.
    """
    there = {step.pk: step for step in key_result.milestones.all()}
    added: list[Milestone] = []
    kept: list[Milestone] = []
    for place, draft in enumerate(drafts, start=1):
        step = there.pop(draft.id, None) if draft.id is not None else None
        if step is None:
            step = Milestone(key_result=key_result)
            added.append(step)
        else:
            kept.append(step)
        step.title, step.weight, step.due_on, step.position = draft.title, draft.weight, draft.due_on, place
    Milestone.objects.filter(pk__in=there).delete()
    Milestone.objects.bulk_update(kept, ["title", "weight", "due_on", "position"])
    Milestone.objects.bulk_create(added)
    return tuple(there)


def write_planned_values(key_result: KeyResult, points: Sequence[tuple[date, Decimal]]) -> None:
    """Replace the plan by `points`."""
    key_result.planned_values.all().delete()
    PlannedValue.objects.bulk_create(
        PlannedValue(key_result=key_result, on=on, value=value) for on, value in points
    )
