"""Finding stored numbers that are not what the check-ins say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from alignment.models import PriorityProgress
from alignment.services.priority_standings import STANDING_COLUMNS
from alignment.services.roll_up import OBJECTIVE_COLUMNS
from checkins.services.rebuild_numbers import rebuild_numbers
from checkins.services.refresh_key_results import STORED
from common.ratio import clamp01
from objectives.models import KeyResult, Objective
from objectives.rules.kinds import KeyResultState, ObjectiveState
from objectives.rules.score import suggested_score
from people.models import Organisation


@dataclass(frozen=True, slots=True)
class Drift:
    """One stored number that differs from its recomputation."""

    type: str
    id: UUID | tuple[UUID, UUID]
    column: str
    stored: Any
    right: Any


def find_drift(*, organisation: Organisation, today: date) -> list[Drift]:
    """Recompute everything as of the day the stored numbers are for (`today` if never), compare, change nothing.

    What closing froze is not recomputed; it is held against its second copy: a key result's progress against its
    raw progress, an objective's against the score that was suggested from it.
    """
    with transaction.atomic():
        before = _stored(organisation)
        rebuild_numbers(organisation=organisation, today=organisation.expected_on or today)
        after = _stored(organisation)
        transaction.set_rollback(True)
    return [
        Drift(kind, pk, column, before.get((kind, pk), {}).get(column), right)
        for (kind, pk), columns in after.items()
        for column, right in columns.items()
        if before.get((kind, pk), {}).get(column) != right
    ] + _frozen_drift(organisation)


def _frozen_drift(organisation: Organisation) -> list[Drift]:
    drift: list[Drift] = []
    closed = Q(state=KeyResultState.CLOSED) | Q(objective__state=ObjectiveState.CLOSED)
    frozen = KeyResult.objects.filter(closed, organisation=organisation, raw_progress__isnull=False)
    for pk, progress, raw in frozen.values_list("pk", "progress", "raw_progress"):
        if progress != clamp01(raw):
            drift.append(Drift("key_result", pk, "progress", progress, clamp01(raw)))
    scored = Objective.objects.filter(
        organisation=organisation, state=ObjectiveState.CLOSED, suggested_score__isnull=False
    )
    for pk, progress, suggested in scored.values_list("pk", "progress", "suggested_score"):
        if suggested_score(progress) != suggested:
            drift.append(Drift("objective", pk, "progress", progress, suggested))
    return drift


Key = tuple[str, Any]


def _stored(organisation: Organisation) -> dict[Key, dict[str, Any]]:
    rows: dict[Key, dict[str, Any]] = {}
    for row in KeyResult.objects.filter(organisation=organisation).values("pk", *STORED):
        rows[("key_result", row.pop("pk"))] = row
    for row in Objective.objects.filter(organisation=organisation).values("pk", *OBJECTIVE_COLUMNS):
        rows[("objective", row.pop("pk"))] = row
    standings = PriorityProgress.objects.filter(priority__organisation=organisation)
    for row in standings.values("priority_id", "cycle_id", *STANDING_COLUMNS):
        rows[("priority", (row.pop("priority_id"), row.pop("cycle_id")))] = row
    return rows
