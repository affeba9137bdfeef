"""What people said week by week, what systems sent in between, and what was put off."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from checkins.models import CheckIn, Skip
from checkins.rules.kinds import CheckInSource
from dashboards.demo.calendar import CycleDates, dice_of, id_of, moment
from dashboards.demo.rows import Rows
from dashboards.demo.series import Reading, Word, readings_of, words_of
from dashboards.demo.shapes import KeyResultSpec, ObjectiveSpec
from objectives.models import KeyResult, Milestone
from objectives.rules.kinds import KeyResultKind

FEEDS_BY = "Vikram"
"""Owner of the service token whose values carry his name."""


def add_check_ins(rows: Rows, objectives: tuple[ObjectiveSpec, ...]) -> None:
    """Every check-in of these objectives' key results, oldest first."""
    steps: dict[Any, list[Milestone]] = {}
    for milestone in rows.by_table().get(Milestone, []):
        assert isinstance(milestone, Milestone)
        steps.setdefault(milestone.key_result_id, []).append(milestone)
    for objective in objectives:
        for spec in objective.key_results:
            row = rows.key_results[f"{objective.title} / {spec.title}"]
            cycle = rows.calendar.cycles[objective.cycle]
            _add_of_key_result(rows, row, spec, cycle, steps.get(row.pk, []))


def _add_of_key_result(
    rows: Rows, row: KeyResult, spec: KeyResultSpec, cycle: CycleDates, steps: list[Milestone]
) -> None:
    said = [_by_person(rows, row, spec, word, steps) for word in words_of(spec, cycle)]
    sent = [_by_system(rows, row, spec, reading) for reading in readings_of(spec, cycle)]
    for check_in in sorted([*said, *sent], key=lambda one: (one.observed_on, one.recorded_at)):
        rows.add(check_in)
    if spec.skipped is not None:
        days, reason = spec.skipped
        until = rows.calendar.days_ago(-days)
        at = moment(rows.calendar.days_ago(1), 17)
        skip_id = id_of(at, "skip", str(row.pk))
        row.skipped_until = until
        rows.add(Skip(id=skip_id, key_result=row, by=row.owner, reason=reason, until=until, created_at=at))


def _by_person(
    rows: Rows, row: KeyResult, spec: KeyResultSpec, word: Word, steps: list[Milestone]
) -> CheckIn:
    dice = dice_of(f"{spec.title} {word.back}")
    at = moment(word.on, dice.randint(8, 16), dice.randint(0, 59))
    field, text = spec.says.get(word.back, ("note", ""))
    done = [str(one.pk) for one in steps if one.done_on is not None and one.done_on <= word.on]
    return CheckIn(
        **_facts(rows, row, word.on, at),
        author=row.owner,
        source=CheckInSource.MANUAL,
        value=word.value,
        milestones_done=done if spec.kind == KeyResultKind.MILESTONES else None,
        confidence=word.confidence,
        **{field: text},
    )


def _by_system(rows: Rows, row: KeyResult, spec: KeyResultSpec, reading: Reading) -> CheckIn:
    is_today = reading.on == rows.calendar.today
    at = moment(reading.on, 0, 5) if is_today else moment(reading.on, 7, 10)
    source = CheckInSource.CONNECTOR if spec.is_automatic else CheckInSource.API
    author = None if spec.is_automatic else rows.people[FEEDS_BY]
    label = "Shelf system" if spec.is_automatic else ""
    facts = _facts(rows, row, reading.on, at)
    return CheckIn(**facts, author=author, author_label=label, source=source, value=reading.value)


def _facts(rows: Rows, row: KeyResult, on: date, at: datetime) -> dict[str, Any]:
    return {
        "id": id_of(at, "check-in", str(row.pk)),
        "organisation": rows.organisation,
        "key_result": row,
        "observed_on": on,
        "recorded_at": at,
        "known_at": at,
        "updated_at": at,
    }
