"""What an ask may say and whom it may go to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from checkins.models import CheckIn
from checkins.permissions import people_to_ask
from checkins.rules.asks import LEAST_OPTIONS, MOST_OPTIONS, working_day_after
from checkins.rules.kinds import AskKind
from common.days import day_in
from common.errors import FieldProblem, InvalidInput
from common.words import TEXT_LIMIT, TITLE_LIMIT, clean_words
from objectives.models import KeyResult, Objective
from people.models import Absence, User

LONGEST_CHAIN = 5
"""How many stand-ins are asked in turn when each of them is away too."""


class NewAsk(NamedTuple):
    """An ask that is written together with a check-in."""

    asked_of: User
    text: str
    answer_by_on: date | None = None


class AskWords(NamedTuple):
    """The cleaned words of an ask."""

    text: str
    options: list[str]


def checked_words(
    text: str,
    *,
    kind: AskKind,
    options: Sequence[str] = (),
    answer_by_on: date | None,
    today: date,
    working_days: str,
) -> AskWords:
    """Raises InvalidInput with everything that is wrong with the words, the options and the day."""
    problems: list[FieldProblem] = []
    words = clean_words(
        text, field="text", problems=problems, limit=TEXT_LIMIT, needed="say in a sentence what would help"
    )
    kept = [clean_words(one, field="options", problems=problems, limit=TITLE_LIMIT) for one in options]
    kept = [one for one in kept if one]
    if kind == AskKind.DECISION:
        if not LEAST_OPTIONS <= len(kept) <= MOST_OPTIONS:
            count = f"a decision has {LEAST_OPTIONS} to {MOST_OPTIONS} options"
            problems.append(FieldProblem("options", "wrong_count", count))
        elif len({one.casefold() for one in kept}) < len(kept):
            problems.append(FieldProblem("options", "repeated", "two of the options are the same"))
    elif kept:
        problems.append(FieldProblem("options", "not_for_asks", "only a decision has options"))
    if answer_by_on is not None and answer_by_on < today:
        next_day = working_day_after(today, 1, working_days)
        has_passed = f"{day_words(answer_by_on)} has passed. The next working day is {next_day:%a} {day_words(next_day)}"
        problems.append(FieldProblem("answer_by_on", "in_past", has_passed))
    if problems:
        raise InvalidInput(problems)
    return AskWords(words, kept)


def day_words(day: date) -> str:
    """ "12 Nov"."""
    return f"{day.day} {day:%b}"


def require_can_be_asked(person: User, *, by: User, objective: Objective, field: str) -> None:
    """Raise InvalidInput, with why, unless `person` can answer something about this objective."""
    if person.organisation_id != objective.organisation_id or person.merged_into_id is not None:
        raise InvalidInput.of(field, "not_found", "there is nobody of that name here")
    reason = _why_not(person, by=by)
    if reason is None and not people_to_ask(objective).filter(pk=person.pk).exists():
        circle = "private" if objective.visibility == "private" else "team"
        reason = "cannot_see", f"{person.name} cannot see this {circle} objective"
    if reason is not None:
        raise InvalidInput.of(field, *reason)


def _why_not(person: User, *, by: User) -> tuple[str, str] | None:
    if person.pk == by.pk:
        return "yourself", "ask somebody else than yourself"
    if not person.is_active:
        return "deactivated", f"{person.name} is no longer active here and would never read it"
    if person.is_placeholder:
        return "cannot_sign_in", f"{person.name} has no account here yet and would never read it"
    if person.is_viewer:
        return "viewer", f"{person.name} only reads here and cannot answer"
    return None


def require_belongs(objective: Objective, key_result: KeyResult | None, check_in: CheckIn | None) -> None:
    """Raise InvalidInput unless key result and check-in are parts of the objective."""
    if key_result is not None and key_result.objective_id != objective.pk:
        raise InvalidInput.of("key_result", "not_found", "this key result is not part of the objective")
    if check_in is not None and check_in.key_result.objective_id != objective.pk:
        raise InvalidInput.of("check_in", "not_found", "this check-in is not part of the objective")


class StandIn(NamedTuple):
    """Somebody who takes over from an absent person, until that day."""

    person: User
    away: User
    until: date


def stand_ins_for(person: User, *, by: User, objective: Objective, at: datetime) -> list[StandIn]:
    """Who takes over, one after the other; empty when the person is here or nobody can stand in.

    A stand-in who could not be asked, who asks, or who had it before is passed over: it stays with the last one.
    """
    taken: list[StandIn] = []
    had = {person.pk, by.pk}
    today = day_in(objective.organisation.time_zone, at)
    while len(taken) < LONGEST_CHAIN:
        absence = (
            Absence.objects.filter(user=person, starts_on__lte=today, ends_on__gte=today)
            .exclude(stand_in=None)
            .select_related("stand_in")
            .order_by("-ends_on")
            .first()
        )
        stand_in = absence.stand_in if absence is not None else None
        if absence is None or stand_in is None or stand_in.pk in had:
            break
        if not people_to_ask(objective).filter(pk=stand_in.pk).exists():
            break
        taken.append(StandIn(stand_in, person, absence.ends_on))
        person = stand_in
        had.add(person.pk)
    return taken
