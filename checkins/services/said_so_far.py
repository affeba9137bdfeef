"""What was said about key results, as far as their numbers need it: plain rows, since there are many."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from checkins.models import CheckIn
from checkins.rules.kinds import CheckInSource
from checkins.rules.standing import Statement
from common.prepared import Prepared


@dataclass(slots=True)
class Said:
    """The columns of a check-in that speak, and those of its history that a replay may rewrite."""

    pk: UUID
    key_result_id: UUID
    value: Decimal | None
    milestones_done: list[str] | None
    confidence: int | None
    source: str
    observed_on: date
    recorded_at: datetime
    previous_value: Decimal | None
    progress: Decimal | None
    raw_progress: Decimal | None
    status: str


MOMENT_COLUMNS = ("previous_value", "progress", "raw_progress", "status")
AnySaid = Said | CheckIn
_rows = Prepared(
    lambda key_results: (
        CheckIn.objects.filter(key_result_id__in=key_results)
        .order_by("observed_on", "recorded_at", "id")
        .values_list("id", *list(Said.__dataclass_fields__)[1:])
    )
)


def said_so_far(key_result_ids: Sequence[UUID], adding: Sequence[CheckIn] = ()) -> dict[UUID, list[AnySaid]]:
    """Check-ins by key result, in the order in which they count; those of `adding` are not saved yet."""
    found: dict[UUID, list[AnySaid]] = defaultdict(list)
    for columns in _rows(key_result_ids):
        row = Said(*columns)
        found[row.key_result_id].append(row)
    for one in adding:
        found[one.key_result_id].append(one)
    for key_result_id in {one.key_result_id for one in adding}:
        found[key_result_id].sort(key=lambda one: (one.observed_on, one.recorded_at, one.pk))
    return found


def statement_of(row: AnySaid) -> Statement:
    """The part that the rules replay."""
    done: Any = row.milestones_done
    return Statement(
        observed_on=row.observed_on,
        recorded_at=row.recorded_at,
        value=row.value,
        steps_done=frozenset(done) if done is not None else None,
        confidence=row.confidence,
        is_person=row.source == CheckInSource.MANUAL,
    )
