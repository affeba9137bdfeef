"""Writing a big organisation quickly: rows in bulk with their numbers already on them, then one roll-up."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import models, transaction

from alignment.models import PriorityNews, ProgressSnapshot, StrategicPriority
from alignment.services.affected import everything_in
from alignment.services.locked import lock_affected
from alignment.services.roll_up import roll_up
from checkins.services.take_snapshots import take_snapshots
from common.ids import new_id
from common.locks import lock_graph
from common.ratio import FOUR_DECIMALS
from dashboards.demo.bulk_insert import insert_rows
from dashboards.demo.scale_key_results import lots_of
from dashboards.demo.scale_patterns import patterns_of
from dashboards.demo.scale_shape import shape_of
from people.models import Organisation

BATCH = 1000
NEWS = 3
SNAPSHOT = (
    "id",
    "organisation",
    "cycle",
    "subject_type",
    "subject_id",
    "on",
    "progress",
    "expected",
    "confidence_mean",
)


@dataclass(frozen=True, slots=True)
class ScaleSpec:
    """How big. The same spec on the same day gives the same numbers; ids differ."""

    name: str
    people: int
    objectives: int
    key_results: int
    weeks: int
    seed: int


@transaction.atomic
def write_scale(*, spec: ScaleSpec, today: date, tell: Callable[[str], object]) -> Organisation:
    """Write the organisation and return it. `tell` hears a line after each step."""
    dice = random.Random(spec.seed)  # noqa: S311 - variety, not secrecy
    shape = shape_of(
        name=spec.name,
        people=spec.people,
        objectives=spec.objectives,
        weeks=spec.weeks,
        today=today,
        dice=dice,
    )
    _write([shape.organisation], [shape.cycle], shape.people, shape.teams, shape.memberships)
    _write(shape.priorities, shape.objectives, shape.links)
    tell(f"{len(shape.people)} people, {len(shape.teams)} teams, {len(shape.objectives)} objectives")
    written = said = 0
    patterns = patterns_of(shape, weeks=spec.weeks, today=today, dice=dice)
    for lot in lots_of(shape, patterns, key_results=spec.key_results, dice=dice):
        lot.write()
        written += len(lot.key_results)
        said += len(lot.check_ins)
    tell(f"{written} key results, {said} check-ins")
    _roll_up(shape.organisation, today)
    _write_history(shape.organisation, spec.weeks, today)
    tell("rolled up, with a history line for every week")
    return shape.organisation


def _roll_up(organisation: Organisation, today: date) -> None:
    lock_graph(organisation.pk, exclusively=True)
    affected = everything_in(organisation.pk)
    roll_up(organisation_id=organisation.pk, today=today, affected=affected, locked=lock_affected(affected))
    take_snapshots(organisation=organisation, on=today)


def _write_history(organisation: Organisation, weeks: int, today: date) -> None:
    """A snapshot a week that leads up to today's in a straight line, and a line of news a month."""
    now = list(ProgressSnapshot.objects.filter(organisation=organisation, on=today))
    for week in range(1, weeks):
        share = Decimal(weeks - week) / weeks
        insert_rows(ProgressSnapshot, SNAPSHOT, (_earlier(row, week, share) for row in now))
    priorities = StrategicPriority.objects.filter(organisation=organisation)
    _write(
        [
            PriorityNews(
                priority=priority,
                text="A line about where this stands and what comes next.",
                author_id=priority.owner_id,
                on=today - timedelta(days=28 * month + 2),
            )
            for priority in priorities
            for month in range(NEWS)
        ]
    )


def _earlier(row: ProgressSnapshot, weeks_ago: int, share: Decimal) -> tuple[Any, ...]:
    on = row.on - timedelta(days=7 * weeks_ago)
    progress, expected = (
        None if value is None else (value * share).quantize(FOUR_DECIMALS)
        for value in (row.progress, row.expected)
    )
    same = (row.organisation_id, row.cycle_id, row.subject_type, row.subject_id)
    return (new_id(), *same, on, progress, expected, row.confidence_mean)


def _write(*tables: Sequence[Any]) -> None:
    for rows in tables:
        if rows:
            manager: models.Manager[models.Model] = type(rows[0])._base_manager
            manager.bulk_create(rows, batch_size=BATCH)
