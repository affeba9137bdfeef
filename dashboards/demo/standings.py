"""The stored numbers of key results and check-ins that are not written yet, by the same rules as for written ones."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from checkins.models import CheckIn
from checkins.rules.kinds import CheckInSource
from checkins.rules.standing import Statement, standing_of
from checkins.services.refresh_key_results import stored_facts, surroundings_of
from dashboards.demo.rows import Rows
from objectives.models import KeyResult, Milestone, PlannedValue


def settle(rows: Rows) -> None:
    """Give every key result and check-in of the demo its numbers; a closed cycle's as of its last day."""
    tables = rows.by_table()
    steps, planned = _by_key_result(tables.get(Milestone, ())), _by_key_result(tables.get(PlannedValue, ()))
    check_ins = _by_key_result(tables.get(CheckIn, ()))
    for row in rows.key_results.values():
        on = min(rows.calendar.today, row.objective.cycle.ends_on or rows.calendar.today)
        below = (steps.get(row.pk, []), planned.get(row.pk, []))
        settle_key_result(row, check_ins.get(row.pk, []), today=on, steps=below[0], planned=below[1])


def settle_key_result(
    row: KeyResult,
    check_ins: Sequence[CheckIn],
    *,
    today: date,
    steps: Iterable[Milestone] = (),
    planned: Iterable[PlannedValue] = (),
) -> None:
    """Set the stored columns of one key result and of its check-ins, which come oldest first."""
    around = surroundings_of(row, steps, planned)
    standing = standing_of(around, [_statement(one) for one in check_ins], today=today)
    for name, value in stored_facts(row, standing).items():
        setattr(row, name, value)
    for check_in, moment in zip(check_ins, standing.moments, strict=True):
        check_in.previous_value = moment.previous_value
        check_in.progress = moment.progress.progress
        check_in.raw_progress = moment.progress.raw_progress
        check_in.status = moment.status.value


def _statement(row: CheckIn) -> Statement:
    done = row.milestones_done
    return Statement(
        observed_on=row.observed_on,
        recorded_at=row.recorded_at,
        value=row.value,
        steps_done=None if done is None else frozenset(done),
        confidence=row.confidence,
        is_person=row.source == CheckInSource.MANUAL,
    )


def _by_key_result(found: Iterable[Any]) -> dict[UUID, list[Any]]:
    grouped: dict[UUID, list[Any]] = defaultdict(list)
    for row in found:
        grouped[row.key_result_id].append(row)
    return grouped
