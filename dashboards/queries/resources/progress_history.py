"""How a number came to be what it is: one point a day or a week, and today's."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from alignment.models import PriorityProgress, ProgressSnapshot
from alignment.rules.kinds import PriorityState
from common.plain import plain_number
from common.ratio import round_half_up
from dashboards.queries.resources.progress_feed import (
    Numbers,
    counted_objectives,
    mean_of,
    organisation_numbers,
)
from objectives.models import Cycle, Objective
from objectives.rules.kinds import CycleState

TWO_DECIMALS = Decimal("0.01")
DAY = "day"
WEEK = "week"


def history_of(
    cycle: Cycle, subject_type: str, subject_id: UUID, now: Numbers, *, interval: str, today: date
) -> dict[str, Any]:
    """`{points: [{on, progress, expected, confidence_mean}]}`, oldest first. One query.

    Of a week, counted from the first day of the cycle, the last point stands; today's number is the last point
    while the cycle is not closed.
    """
    rows = ProgressSnapshot.objects.filter(
        subject_type=subject_type, subject_id=subject_id, cycle_id=cycle.pk, on__lte=today
    ).order_by("on")
    points = {
        on: Numbers(progress, expected, confidence)
        for on, progress, expected, confidence in rows.values_list(
            "on", "progress", "expected", "confidence_mean"
        )
    }
    if cycle.state != CycleState.CLOSED:
        points[today] = now
    if interval == WEEK:
        start = cycle.starts_on or date.min
        last_of_week = {(on - start).days // 7: on for on in sorted(points)}
        points = {on: points[on] for on in last_of_week.values()}
    return {"points": [_point(on, points[on]) for on in sorted(points)]}


def numbers_of_organisation(cycle: Cycle) -> Numbers:
    """Now: the mean of active priorities. One query."""
    return organisation_numbers(
        PriorityProgress.objects.filter(
            cycle_id=cycle.pk,
            priority__organisation_id=cycle.organisation_id,
            priority__state=PriorityState.ACTIVE,
        )
    )


def numbers_of_priority(cycle: Cycle, priority_id: UUID) -> Numbers:
    """Now: the stored standing. One query."""
    row = PriorityProgress.objects.filter(cycle_id=cycle.pk, priority_id=priority_id).first()
    return organisation_numbers([row] if row else [])


def numbers_of_team(cycle: Cycle, team_id: UUID) -> Numbers:
    """Now: the mean of the objectives that the team owns in this cycle. Two queries."""
    return mean_of(
        [
            one
            for one in counted_objectives(cycle).values()
            if one.team_id == team_id and one.cycle_id == cycle.pk
        ]
    )


def numbers_of_objective(objective: Objective) -> Numbers:
    """Now: its stored numbers."""
    return Numbers(objective.progress, objective.expected, objective.confidence_mean)


def _point(on: date, numbers: Numbers) -> dict[str, Any]:
    confidence = numbers.confidence_mean
    return {
        "on": on,
        "progress": plain_number(numbers.progress),
        "expected": plain_number(numbers.expected),
        "confidence_mean": plain_number(
            None if confidence is None else round_half_up(confidence, TWO_DECIMALS)
        ),
    }
