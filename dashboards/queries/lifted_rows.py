"""What a sharing moved, with the plan beside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from alignment.models import PriorityProgress
from alignment.services.roll_up import Lifted
from objectives.models import Objective


@dataclass(frozen=True, slots=True)
class LiftedRow:
    """`type` is objective or priority; ratios, None for "nothing to say yet"."""

    type: str
    id: UUID
    title: str
    before: Decimal | None
    after: Decimal | None
    expected: Decimal | None


def lifted_rows(lifted: Sequence[Lifted], cycle_ids: Iterable[UUID]) -> tuple[LiftedRow, ...]:
    """Objectives and priorities that moved, in two statements. `cycle_ids`: cycles of what was checked in."""
    objectives = [row.id for row in lifted if row.type == "objective"]
    priorities = [row.id for row in lifted if row.type == "priority"]
    expected = dict(Objective.objects.filter(pk__in=objectives).values_list("pk", "expected"))
    standings = PriorityProgress.objects.filter(priority_id__in=priorities, cycle_id__in=list(cycle_ids))
    expected.update(standings.values_list("priority_id", "expected"))
    return tuple(
        LiftedRow(row.type, row.id, row.title, row.progress_before, row.progress_after, expected.get(row.id))
        for row in lifted
        if row.type in ("objective", "priority")
    )
