"""Recording a check-in: what was said, what it does to the key result, and what that moves above."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from activity.services import record_event
from alignment.services.roll_up import Lifted
from checkins.models import CheckIn
from checkins.permissions import can_check_in, can_record_on_behalf
from checkins.rules.kinds import CheckInSource
from checkins.services.ask_input import NewAsk
from checkins.services.ask_person import ask_person
from checkins.services.check_in_input import CheckInInput, check_input, require_open
from checkins.services.correct_check_in import correct_check_in, earlier_statement
from checkins.services.reached import Reached, RecordedCheckIn, moved_ids, reach
from common.errors import FieldProblem, InvalidInput, NotAllowed
from common.ids import new_id
from objectives.models import KeyResult, Milestone
from objectives.rules.kinds import KeyResultKind
from people.models import User


@transaction.atomic
def record_check_in(
    *,
    key_result_id: UUID,
    by: User,
    at: datetime,
    value: Decimal | None = None,
    confidence: int | None = None,
    note: str = "",
    win: str = "",
    challenge: str = "",
    next_step: str = "",
    next_step_due_on: date | None = None,
    observed_on: date | None = None,
    milestones_done: Collection[UUID] | None = None,
    on_behalf_of: User | None = None,
    source: CheckInSource | str = CheckInSource.MANUAL,
    check_in_id: UUID | None = None,
    ask: NewAsk | None = None,
) -> RecordedCheckIn:
    """Record what was said about a key result; when this returns, every number above it is exact.

    value            in the key result's unit; 0 or 1 for yes/no, 0..100 for per cent done, none for milestones
    milestones_done  ids of all steps that are done now; None leaves them as they are
    observed_on      the day it speaks of; today in the organisation's zone when left out
    on_behalf_of     the author, when an administrator records somebody else's words
    check_in_id      the id to give it; if one of that id exists already (also a deleted one), nothing is recorded
    ask              put to somebody in the same transaction; what is wrong with it is named `ask.…`
    Raises NotAllowed, RuleConflict (naming the state), InvalidInput.
    """
    reached = reach(key_result_id=key_result_id, at=at)
    require_may_check_in(reached, by, on_behalf_of)
    known = _recorded_before(check_in_id, reached)
    if known is not None:
        return RecordedCheckIn(known, reached.key_result, ())
    require_open(reached.key_result)
    said = CheckInInput(
        value, confidence, observed_on or reached.today, milestones_done, CheckInSource(source)
    )
    check_input(reached.key_result, said, today=reached.today, step_ids=step_ids_of(reached))
    words = {
        "note": note.strip(),
        "win": win.strip(),
        "challenge": challenge.strip(),
        "next_step": next_step.strip(),
        "next_step_due_on": next_step_due_on,
    }
    earlier = earlier_statement(reached.key_result, said)
    if earlier is not None:
        corrected = correct_check_in(reached, earlier, said, words, by=by, at=at)
        _ask(corrected.check_in, ask, at=at)
        return corrected
    check_in = CheckIn(
        pk=check_in_id or new_id(),
        organisation_id=reached.key_result.organisation_id,
        key_result=reached.key_result,
        author=on_behalf_of or by,
        recorded_by=by if on_behalf_of is not None else None,
        source=said.source,
        value=said.value,
        previous_value=reached.key_result.current_value,
        milestones_done=None if milestones_done is None else [str(step) for step in milestones_done],
        confidence=said.confidence,
        observed_on=said.observed_on,
        recorded_at=at,
        known_at=at,
        updated_at=at,
        **words,
    )
    lifted = reached.recompute(by, adding=check_in)
    objective_id = reached.key_result.objective_id
    log_recorded(
        check_in, objective_id=objective_id, by=by, on_behalf_of=on_behalf_of, at=at, moved=reached.moved
    )
    _ask(check_in, ask, at=at)
    return RecordedCheckIn(check_in, reached.key_result, lifted)


def _ask(check_in: CheckIn, ask: NewAsk | None, *, at: datetime) -> None:
    """Whoever spoke asks. A statement that is sent again with the same words asks once."""
    if ask is None or check_in.asks.filter(text=ask.text.strip()).exists():
        return
    asker = check_in.author
    if asker is None:
        raise InvalidInput.of("ask", "no_author", "only somebody's own check-in can ask")
    try:
        ask_person(
            by=asker,
            at=at,
            objective=check_in.key_result.objective,
            key_result=check_in.key_result,
            check_in=check_in,
            **ask._asdict(),
        )
    except InvalidInput as error:
        raise InvalidInput(
            [FieldProblem(f"ask.{one.field}", one.code, one.message) for one in error.problems]
        ) from error


def _recorded_before(check_in_id: UUID | None, reached: Reached) -> CheckIn | None:
    """The check-in of that id, deleted or not."""
    if check_in_id is None:
        return None
    return CheckIn.everything.filter(pk=check_in_id, key_result=reached.key_result).first()


def log_recorded(
    check_in: CheckIn,
    *,
    objective_id: UUID,
    by: User,
    on_behalf_of: User | None,
    at: datetime,
    moved: tuple[Lifted, ...] = (),
) -> None:
    """Record that a check-in was made, and what it moved."""
    record_event(
        verb="check_in.recorded",
        subject=check_in,
        organisation_id=check_in.organisation_id,
        objective_id=objective_id,
        by=by,
        on_behalf_of=on_behalf_of,
        at=at,
        payload={
            "key_result_id": str(check_in.key_result_id),
            "value": _text(check_in.value),
            "previous_value": _text(check_in.previous_value),
            "confidence": check_in.confidence,
            **moved_ids(moved),
        },
    )


def require_may_check_in(reached: Reached, by: User, on_behalf_of: User | None) -> None:
    """Raise NotAllowed unless `by` may check in here, for that author."""
    require_may_record(reached.key_result, by, on_behalf_of)


def require_may_record(key_result: KeyResult, by: User, on_behalf_of: User | None) -> None:
    """Raise NotAllowed unless `by` may check in here, for that author."""
    if on_behalf_of is not None and on_behalf_of != by and not can_record_on_behalf(by, on_behalf_of):
        raise NotAllowed("Only an administrator can record a check-in on somebody's behalf.")
    if not can_check_in(by, key_result):
        raise NotAllowed(
            "Check-ins come from the owner, contributors and the team of this objective, or an administrator."
        )


def step_ids_of(reached: Reached) -> set[UUID]:
    if reached.key_result.kind != KeyResultKind.MILESTONES:
        return set()
    return set(Milestone.objects.filter(key_result=reached.key_result).values_list("pk", flat=True))


def _text(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"
