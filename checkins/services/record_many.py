"""Recording many check-ins at once: each stands or falls alone, the numbers above are computed once for all."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction

from alignment.services.affected import affected_by
from alignment.services.locked import Locked, lock_affected
from alignment.services.roll_up import Lifted, roll_up
from checkins.models import CheckIn
from checkins.rules.kinds import CheckInSource
from checkins.services.check_in_input import CheckInInput, check_input, require_open
from checkins.services.correct_check_in import Edits, changes_of, log_edit, restate
from checkins.services.reached import GONE, only_visible
from checkins.services.record_check_in import log_recorded, require_may_record
from checkins.services.refresh_key_results import refresh_key_results, steps_of
from checkins.services.said_before import said_before, says_the_same
from checkins.services.share_check_ins import merged
from common.days import day_in
from common.errors import ProductError, RuleConflict
from common.locks import lock_graph
from objectives.models import KeyResult, Objective
from objectives.permissions import remember_contributors
from people.models import Team, User

SLICE = 250
"""So many rows share one transaction, so that others do not wait for a thousand."""


@dataclass(frozen=True, slots=True)
class RowToRecord:
    """What is said about one key result; meanings as in `record_check_in`."""

    key_result_id: UUID
    value: Decimal | None = None
    confidence: int | None = None
    note: str = ""
    win: str = ""
    challenge: str = ""
    next_step: str = ""
    next_step_due_on: date | None = None
    observed_on: date | None = None
    milestones_done: tuple[UUID, ...] | None = None
    on_behalf_of: User | None = None

    def words(self) -> dict[str, Any]:
        """What a person wrote, trimmed, by column."""
        names = ("note", "win", "challenge", "next_step")
        said: dict[str, Any] = {name: getattr(self, name).strip() for name in names}
        return said | {"next_step_due_on": self.next_step_due_on}


@dataclass(frozen=True, slots=True)
class RecordedRow:
    """A row that was taken. `is_new` is False where it corrected a machine's earlier statement or only repeated one."""

    check_in_id: UUID
    is_new: bool


Outcome = RecordedRow | ProductError


@dataclass(frozen=True, slots=True)
class ManyRecorded:
    """One outcome a row, in order; `lifted` says for each thing above where it stood before and after all of them."""

    outcomes: tuple[Outcome, ...]
    lifted: tuple[Lifted, ...]


class _AllOrNothing(Exception):
    """Undoes a transaction in which a row was refused."""


def record_many(
    *,
    rows: Sequence[RowToRecord],
    by: User,
    at: datetime,
    source: CheckInSource | str,
    is_atomic: bool = False,
) -> ManyRecorded:
    """Record each row as `record_check_in` would, in the order given.

    is_atomic  one refused row refuses all: nothing is written, and only the refusals are of use in what returns
    Never raises a ProductError: what is refused is among the outcomes.
    """
    size = max(1, len(rows)) if is_atomic else SLICE
    outcomes: list[Outcome] = []
    lifted: list[Lifted] = []
    for start in range(0, len(rows), size):
        try:
            with transaction.atomic():
                found, moved = _record_slice(rows[start : start + size], by, at, CheckInSource(source))
                outcomes += found
                if is_atomic and any(isinstance(one, ProductError) for one in found):
                    raise _AllOrNothing
                lifted += moved
        except _AllOrNothing:
            break
    return ManyRecorded(tuple(outcomes), merged(lifted))


@dataclass(slots=True)
class _Slice:
    """What was read for some rows, and what came of them so far."""

    by: User
    at: datetime
    source: CheckInSource
    locked: Locked
    step_ids: Mapping[UUID, set[UUID]]
    earlier: dict[tuple[UUID, date], CheckIn]
    latest: dict[tuple[UUID, date], CheckIn]
    made: dict[UUID, tuple[CheckIn, User | None]] = field(default_factory=dict)
    edits: dict[UUID, tuple[CheckIn, Edits]] = field(default_factory=dict)


def _record_slice(
    rows: Sequence[RowToRecord], by: User, at: datetime, source: CheckInSource
) -> tuple[list[Outcome], tuple[Lifted, ...]]:
    lock_graph(by.organisation_id)
    ids = {row.key_result_id for row in rows}
    places = KeyResult.objects.filter(pk__in=ids, organisation_id=by.organisation_id)
    objective_of = dict(places.values_list("pk", "objective_id"))
    affected = affected_by(by.organisation_id, objective_ids=set(objective_of.values()), shape_changed=False)
    affected.key_result_ids |= objective_of.keys()
    affected.edges += [(("key_result", pk), ("objective", above)) for pk, above in objective_of.items()]
    locked = lock_affected(affected)
    named = [locked.key_results[pk] for pk in objective_of if pk in locked.key_results]
    _remember_people(named)
    steps = {pk: {step.pk for step in found} for pk, found in steps_of(named).items()}
    today = day_in(by.organisation.time_zone, at)
    said = said_before(named, {row.observed_on or today for row in rows})
    earlier = {} if source.is_person else {place: one for place, one in said if one.source == source}
    work = _Slice(by, at, source, locked, steps, earlier, dict(said))
    outcomes = [_record(work, row, today) for row in rows]
    touched = {one.key_result_id for one, _ in (*work.made.values(), *work.edits.values())}
    if not touched:
        return outcomes, ()
    refresh_key_results(
        key_results=[row for row in named if row.pk in touched],
        today=today,
        adding=[one for one, _ in work.made.values() if one._state.adding],
        at=at,
    )
    lifted = roll_up(organisation_id=by.organisation_id, today=today, affected=affected, locked=locked, at=at)
    _log(work, lifted)
    return outcomes, only_visible(lifted, by)


def _record(work: _Slice, row: RowToRecord, today: date) -> Outcome:
    try:
        return _take(work, row, today)
    except ProductError as error:
        return error


def _take(work: _Slice, row: RowToRecord, today: date) -> RecordedRow:
    key_result = work.locked.key_results.get(row.key_result_id)
    if key_result is None or key_result.deleted_at is not None or key_result.objective.deleted_at is not None:
        raise RuleConflict(GONE, code="deleted")
    require_may_record(key_result, work.by, row.on_behalf_of)
    require_open(key_result)
    said = CheckInInput(row.value, row.confidence, row.observed_on or today, row.milestones_done, work.source)
    check_input(key_result, said, today=today, step_ids=work.step_ids.get(key_result.pk, set()))
    place = (key_result.pk, said.observed_on)
    earlier = work.earlier.get(place) if key_result.external_id is not None else None
    if earlier is not None:
        if earlier._state.adding:
            earlier.save(force_insert=True)
        edits = restate(earlier, changes_of(said, row.words()), by=work.by, at=work.at)
        if edits and earlier.pk not in work.made:
            work.edits[earlier.pk] = (earlier, edits)
        return RecordedRow(earlier.pk, is_new=False)
    repeated = work.latest.get(place)
    if repeated is not None and says_the_same(repeated, said, row.words(), row.on_behalf_of or work.by):
        return RecordedRow(repeated.pk, is_new=False)
    check_in = _new_check_in(work, key_result, row, said)
    work.made[check_in.pk] = (check_in, row.on_behalf_of)
    work.latest[place] = check_in
    if not work.source.is_person:
        work.earlier[place] = check_in
    return RecordedRow(check_in.pk, is_new=True)


def _new_check_in(work: _Slice, key_result: KeyResult, row: RowToRecord, said: CheckInInput) -> CheckIn:
    done = row.milestones_done
    return CheckIn(
        organisation_id=key_result.organisation_id,
        key_result=key_result,
        author=row.on_behalf_of or work.by,
        recorded_by=work.by if row.on_behalf_of is not None else None,
        source=said.source,
        value=said.value,
        previous_value=key_result.current_value,
        milestones_done=None if done is None else [str(step) for step in done],
        confidence=said.confidence,
        observed_on=said.observed_on,
        recorded_at=work.at,
        known_at=work.at,
        updated_at=work.at,
        **row.words(),
    )


def _remember_people(key_results: Collection[KeyResult]) -> None:
    """Teams and contributors of all the objectives, so that asking who may costs nothing row by row."""
    objectives = {row.objective_id: row.objective for row in key_results}
    teams = Team.objects.in_bulk({one.team_id for one in objectives.values() if one.team_id is not None})
    contributors: dict[UUID, list[UUID]] = {pk: [] for pk in objectives}
    through = Objective.contributors.through.objects.filter(objective_id__in=list(objectives))
    for objective_id, person_id in through.values_list("objective_id", "user_id"):
        contributors[objective_id].append(person_id)
    for pk, objective in objectives.items():
        if objective.team_id is not None:
            objective.team = teams[objective.team_id]
        remember_contributors(objective, contributors[pk])


def _log(work: _Slice, moved: tuple[Lifted, ...]) -> None:
    """One event a check-in, as if each had been recorded alone; its earlier value is what the replay found.

    What they moved above stands once, in the last one.
    """
    last = len(work.made) + len(work.edits)
    earlier = CheckIn.objects.filter(pk__in=list(work.made)).values_list("pk", "previous_value")
    for pk, previous_value in earlier:
        work.made[pk][0].previous_value = previous_value
    for place, (check_in, on_behalf_of) in enumerate(work.made.values(), start=1):
        log_recorded(
            check_in,
            objective_id=check_in.key_result.objective_id,
            by=work.by,
            on_behalf_of=on_behalf_of,
            at=work.at,
            moved=moved if place == last else (),
        )
    for place, (check_in, edits) in enumerate(work.edits.values(), start=len(work.made) + 1):
        objective_id = work.locked.key_results[check_in.key_result_id].objective_id
        told = moved if place == last else ()
        log_edit(check_in, edits, objective_id=objective_id, by=work.by, at=work.at, moved=told)
