"""Answering what an import left open, also when the cycle is closed (RULES 6)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from decimal import Decimal
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from activity.services import record_event
from activity.services.keep_versions import forget_copies
from checkins.models import CheckIn, ObjectiveNote
from checkins.services.rebuild_numbers import rebuild_numbers
from common.errors import InvalidInput, NotAllowed, RuleConflict
from common.locks import lock_graph
from integrations.models import ImportQuestion
from integrations.permissions import can_import
from integrations.rules.okr_folder.draft_update import STATED_VALUE, UNDATED
from integrations.services.suggest_scores import suggest_scores
from objectives.models import Cycle, Milestone
from people.models import Organisation, User

CYCLE_CODES = ("cycle_dates", "cycle_start_date", "cycle_end_date")
DAY_CODES = ("update_undated", "update_date")
KEEP = "keep"


@transaction.atomic
def answer_question(*, question: ImportQuestion, by: User, at: datetime, answer: str) -> ImportQuestion:
    """Keep the answer and do what it says.

    Cycle dates: "first..last", "start:day" or "end:day". Days of updates: one day. Everything else: words that are
    kept as they are, "keep" for "fine as it is". Days are ISO dates. Raises InvalidInput on field `answer`,
    RuleConflict for a question that was answered already, NotAllowed for others than administrators.
    """
    organisation = _organisation_for(question, by)
    lock_graph(organisation.pk, exclusively=True)
    locked = ImportQuestion.objects.select_for_update().get(pk=question.pk)
    if locked.answered_at is not None:
        raise RuleConflict("Somebody has answered this already.")
    answer = answer.strip()
    if not answer:
        raise InvalidInput.of("answer", "required", "Choose or write an answer.")
    today = at.astimezone(ZoneInfo(organisation.time_zone)).date()
    if answer != KEEP and locked.subject_id is not None:
        if locked.code in CYCLE_CODES:
            _set_cycle_days(locked.subject_id, answer, organisation, by, at, today)
        elif locked.code in DAY_CODES:
            _set_day(locked, answer, organisation, today)
    _close(locked, by, at, answer)
    return locked


@transaction.atomic
def accept_questions(*, questions: Iterable[ImportQuestion], by: User, at: datetime) -> int:
    """Answer several at once with "fine as it is"; how many were still open."""
    open_ones = [question for question in questions if question.answered_at is None]
    for question in open_ones:
        _organisation_for(question, by)
    return ImportQuestion.objects.filter(
        pk__in=[question.pk for question in open_ones], answered_at__isnull=True
    ).update(answer=KEEP, answered_by=by, answered_at=at)


def _organisation_for(question: ImportQuestion, by: User) -> Organisation:
    organisation = question.run.organisation
    if not can_import(by) or organisation.pk != by.organisation_id:
        raise NotAllowed("Only administrators answer what an import left open.")
    return organisation


def _close(question: ImportQuestion, by: User, at: datetime, answer: str) -> None:
    question.answer, question.answered_by, question.answered_at = answer, by, at
    question.save(update_fields=["answer", "answered_by", "answered_at"])
    record_event(
        verb="import.answered",
        subject=question.run,
        organisation_id=question.run.organisation_id,
        by=by,
        at=at,
        payload={"row": question.row, "code": question.code, "answer": answer},
    )


def _set_cycle_days(
    cycle_id: UUID, answer: str, organisation: Organisation, by: User, at: datetime, today: date
) -> None:
    cycle = Cycle.objects.select_for_update().filter(pk=cycle_id, organisation=organisation).first()
    if cycle is None:
        raise RuleConflict("This cycle is not there any more.")
    before = {"starts_on": cycle.starts_on, "ends_on": cycle.ends_on}
    if ".." in answer:
        first, last = answer.split("..", 1)
        cycle.starts_on, cycle.ends_on = _day(first), _day(last)
    elif answer.startswith("start:"):
        cycle.starts_on = _day(answer.removeprefix("start:"))
    elif answer.startswith("end:"):
        cycle.ends_on = _day(answer.removeprefix("end:"))
    else:
        raise InvalidInput.of("answer", "not_days", "Give a first and a last day.")
    if cycle.starts_on and cycle.ends_on and cycle.ends_on < cycle.starts_on:
        raise InvalidInput.of("answer", "wrong_order", "The last day lies before the first.")
    cycle.updated_at = at
    cycle.save(update_fields=["starts_on", "ends_on", "updated_at"])
    _move_placed(cycle, organisation, today)
    after = {"starts_on": cycle.starts_on, "ends_on": cycle.ends_on}
    changes = {
        name: [_written(before[name]), _written(day)] for name, day in after.items() if day != before[name]
    }
    record_event(
        verb="cycle.edited",
        subject=cycle,
        organisation_id=organisation.pk,
        by=by,
        at=at,
        payload={"changes": changes},
    )
    objectives = set(cycle.objectives.values_list("pk", flat=True))
    rebuild_numbers(organisation=organisation, today=today, thawed=objectives)
    suggest_scores(objectives)
    forget_copies(organisation.pk)


def _move_placed(cycle: Cycle, organisation: Organisation, today: date) -> None:
    """Closing words without a day of their own move with the cycle's last day."""
    if cycle.ends_on is None or cycle.ends_on > today:
        return
    placed = CheckIn.objects.filter(
        key_result__objective__cycle=cycle, source_fields__import_placed="cycle_end"
    )
    noon = _noon(cycle.ends_on, organisation)
    placed.update(observed_on=cycle.ends_on, known_at=noon, recorded_at=noon)
    CheckIn.objects.filter(key_result__objective__cycle=cycle, source_fields__has_key=UNDATED).update(
        observed_on=cycle.ends_on
    )


def _set_day(question: ImportQuestion, answer: str, organisation: Organisation, today: date) -> None:
    """Give an update the day on which it was said; a number that it states moves from then on."""
    day = _day(answer)
    if day > today:
        raise InvalidInput.of("answer", "in_future", "This day has not come yet.")
    noon = _noon(day, organisation)
    if question.subject_type == "note":
        ObjectiveNote.objects.filter(organisation=organisation, pk=str(question.subject_id)).update(
            on=day, known_at=noon
        )
        return
    row = CheckIn.objects.filter(organisation=organisation, pk=str(question.subject_id)).first()
    if row is None:
        raise RuleConflict("This check-in is not there any more.")
    row.observed_on, row.known_at, row.recorded_at = day, noon, noon
    stated = row.source_fields.pop(STATED_VALUE, None)
    row.source_fields.pop(UNDATED, None)
    if stated == "done":
        steps = Milestone.objects.filter(key_result_id=row.key_result_id).values_list("pk", flat=True)
        row.milestones_done = [str(pk) for pk in steps]
    elif stated is not None:
        row.value = Decimal(stated)
    row.save()
    touched = {row.key_result.objective_id}
    rebuild_numbers(organisation=organisation, today=today, thawed=touched)
    suggest_scores(touched)
    forget_copies(organisation.pk)


def _written(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _noon(day: date, organisation: Organisation) -> datetime:
    return datetime.combine(day, time(12), ZoneInfo(organisation.time_zone))


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise InvalidInput.of("answer", "not_a_day", f"“{text}” is no day.") from error
