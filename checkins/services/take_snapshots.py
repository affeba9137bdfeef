"""One number a day per objective, priority, team and organisation, for history lines and changes over time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from alignment.models import PriorityProgress, ProgressSnapshot
from alignment.rules.kinds import PriorityState
from common.ratio import round_half_up
from objectives.models import Objective
from objectives.rules.kinds import ObjectiveState, Visibility
from objectives.rules.roll_up import plain_mean
from people.models import Organisation

COUNTED = (ObjectiveState.ACTIVE, ObjectiveState.PAUSED, ObjectiveState.CLOSED)
COUNTS_ABOVE = Q(visibility=Visibility.ORGANISATION) | Q(counts_when_private=True)
TWO_DECIMALS = Decimal("0.01")
Numbers = tuple[Decimal | None, Decimal | None, Decimal | None]
"""progress, expected, mean confidence"""


@transaction.atomic
def take_snapshots(*, organisation: Organisation, on: date) -> int:
    """Keep today's stored numbers as those of the day `on`; a second run on the same day replaces them.

    Closed cycles stand still and are left out. Returns how many rows were written.
    """
    objectives = list(
        Objective.objects.filter(organisation=organisation, state__in=COUNTED)
        .exclude(cycle__state__in=("closed", "planning"))
        .values_list(
            "pk",
            "cycle_id",
            "team_id",
            "visibility",
            "counts_when_private",
            "progress",
            "expected",
            "confidence_mean",
        )
    )
    rows: list[ProgressSnapshot] = []
    teams: dict[tuple[UUID, UUID], list[Numbers]] = defaultdict(list)
    for pk, cycle, team, visibility, opts_in, *numbers in objectives:
        rows.append(snapshot(organisation.pk, cycle, "objective", pk, on, tuple(numbers)))
        if team is not None and (visibility == Visibility.ORGANISATION or opts_in):
            teams[(cycle, team)].append(tuple(numbers))
    organisations: dict[UUID, list[Numbers]] = defaultdict(list)
    for standing in PriorityProgress.objects.filter(
        priority__organisation=organisation, priority__state=PriorityState.ACTIVE
    ).exclude(cycle__state__in=("closed", "planning")):
        numbers = (standing.progress, standing.expected, standing.confidence_mean)
        rows.append(
            snapshot(organisation.pk, standing.cycle_id, "priority", standing.priority_id, on, numbers)
        )
        organisations[standing.cycle_id].append(numbers)
    for (cycle, team), found in teams.items():
        rows.append(snapshot(organisation.pk, cycle, "team", team, on, mean_of(found)))
    for cycle, found in organisations.items():
        rows.append(snapshot(organisation.pk, cycle, "organisation", organisation.pk, on, mean_of(found)))
    return store_snapshots(rows)


def snapshot(
    organisation_id: UUID,
    cycle_id: UUID,
    subject_type: str,
    subject_id: UUID,
    on: date,
    numbers: Iterable[Decimal | None],
) -> ProgressSnapshot:
    progress, expected, confidence = numbers
    return ProgressSnapshot(
        organisation_id=organisation_id,
        cycle_id=cycle_id,
        subject_type=subject_type,
        subject_id=subject_id,
        on=on,
        progress=progress,
        expected=expected,
        confidence_mean=confidence,
    )


def mean_of(found: list[Numbers]) -> Numbers:
    """Plain means over those that have a value (RULES §2, other aggregates)."""
    progress, expected, confidence = (plain_mean(column) for column in zip(*found, strict=True))
    return progress, expected, None if confidence is None else round_half_up(confidence, TWO_DECIMALS)


def store_snapshots(rows: list[ProgressSnapshot]) -> int:
    """Insert, or replace what was kept for the same subject, cycle and day."""
    ProgressSnapshot.objects.bulk_create(
        rows,
        batch_size=500,
        update_conflicts=True,
        unique_fields=["subject_type", "subject_id", "cycle", "on"],
        update_fields=["progress", "expected", "confidence_mean"],
    )
    return len(rows)


def has_snapshot(*, organisation: Organisation, on: date) -> bool:
    """Whether the day is kept already, or there is nothing to keep."""
    if ProgressSnapshot.objects.filter(organisation=organisation, on=on).exists():
        return True
    running = Objective.objects.filter(
        organisation=organisation, state__in=COUNTED, activated_at__date__lte=on
    )
    return not running.exclude(cycle__state__in=("closed", "planning")).exists()
