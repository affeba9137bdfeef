"""Sharing several check-ins at once: each row stands or falls alone, so a bad one never loses the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID, uuid5

from alignment.services.roll_up import Lifted
from checkins.models import CheckIn
from checkins.services.ask_input import NewAsk
from checkins.services.record_check_in import record_check_in
from checkins.services.save_draft import drop_from_draft
from common.errors import FieldProblem, InvalidInput, ProductError
from people.models import User


@dataclass(frozen=True, slots=True)
class RowToShare:
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
    ask: NewAsk | None = None


@dataclass(frozen=True, slots=True)
class Sharing:
    """What became of the rows. `lifted` says for each thing above where it stood before the first row and after
    the last; `repeated` rows had been shared from the same form before. `has_kept_win`: the win found its place."""

    recorded: tuple[CheckIn, ...]
    repeated: tuple[UUID, ...]
    refused: dict[UUID, list[FieldProblem]]
    lifted: tuple[Lifted, ...]
    has_kept_win: bool


def share_check_ins(
    *, by: User, at: datetime, rows: Sequence[RowToShare], form_id: UUID, win: str = ""
) -> Sharing:
    """Record every row in a transaction of its own and forget the drafts of those that were recorded.

    form_id  names the form that was filled in: the same row of the same form is recorded once, however often sent
    win      one good thing of the week; it goes with the first row that is recorded
    Never raises a ProductError: `refused` holds what is wrong by row.
    """
    recorded: list[CheckIn] = []
    repeated: list[UUID] = []
    refused: dict[UUID, list[FieldProblem]] = {}
    lifted: list[Lifted] = []
    waiting = win.strip()
    for row in rows:
        words = "\n\n".join(filter(None, (waiting, row.win.strip())))
        try:
            done = record_check_in(
                key_result_id=row.key_result_id,
                by=by,
                at=at,
                value=row.value,
                confidence=row.confidence,
                note=row.note,
                win=words,
                challenge=row.challenge,
                next_step=row.next_step,
                next_step_due_on=row.next_step_due_on,
                observed_on=row.observed_on,
                milestones_done=row.milestones_done,
                ask=row.ask,
                check_in_id=check_in_id(form_id, by, row.key_result_id),
            )
        except ProductError as error:
            refused[row.key_result_id] = problems_of(error)
            continue
        waiting = ""
        if done.check_in.recorded_at == at:
            recorded.append(done.check_in)
            lifted += done.lifted
        else:
            repeated.append(row.key_result_id)
    gone = [str(one.key_result_id) for one in recorded] + [str(one) for one in repeated]
    if gone:
        drop_from_draft(by=by, key_result_ids=[*gone, *(["win"] if win.strip() and not waiting else [])])
    return Sharing(tuple(recorded), tuple(repeated), refused, merged(lifted), not waiting)


def check_in_id(form_id: UUID, by: User, key_result_id: UUID) -> UUID:
    """The id of the check-in that this person records about a key result through this form."""
    return uuid5(form_id, f"{by.pk}/{key_result_id}")


def problems_of(error: ProductError) -> list[FieldProblem]:
    """What a refusal says, field by field; one about the whole row has the field ""."""
    if isinstance(error, InvalidInput):
        return error.problems
    return [FieldProblem("", error.code, error.message)]


def merged(lifted: Sequence[Lifted]) -> tuple[Lifted, ...]:
    """One entry for each thing that moved, from where it stood first to where it stands now."""
    kept: dict[tuple[UUID, UUID | None], Lifted] = {}
    for row in lifted:
        first = kept.get((row.id, row.cycle_id), row)
        kept[row.id, row.cycle_id] = replace(row, progress_before=first.progress_before)
    return tuple(row for row in kept.values() if row.progress_before != row.progress_after)
