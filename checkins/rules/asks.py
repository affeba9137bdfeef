"""The life of an ask: who may do what in which state, how old it is, and by when an answer is hoped for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from math import ceil

from checkins.rules.kinds import WAITING, AskState

MONDAY_TO_FRIDAY = "01234"
LONG_AFTER = 5
"""Working days after which an ask counts as long."""
USUAL_FROM, USUAL_SHARE = 3, 0.75
"""From how many answers on, and of which share of them, something is usual."""
USUAL_DAYS = 3
"""Working days that an answer may take unless the asker says otherwise."""
LEAST_OPTIONS, MOST_OPTIONS = 2, 6


class AskAction(StrEnum):
    """What can happen to an ask; also the word kept in its steps."""

    ASKED = "asked"
    SEEN = "seen"
    PASSED_ON = "passed_on"
    ANSWERED = "answered"
    ANSWERED_IN_PERSON = "answered_in_person"
    WITHDRAWN = "withdrawn"
    REWORDED = "reworded"


class AskPart(StrEnum):
    """What somebody is to an ask."""

    RECEIVER = "receiver"
    ASKER = "asker"
    ADMINISTRATOR = "administrator"
    OTHER = "other"


LEADS_TO: dict[AskAction, AskState | None] = {
    AskAction.ASKED: AskState.OPEN,
    AskAction.SEEN: AskState.SEEN,
    AskAction.PASSED_ON: AskState.PASSED_ON,
    AskAction.ANSWERED: AskState.ANSWERED,
    AskAction.ANSWERED_IN_PERSON: AskState.ANSWERED_IN_PERSON,
    AskAction.WITHDRAWN: AskState.WITHDRAWN,
    AskAction.REWORDED: None,
}
"""The state after an action; None leaves it."""

MAY: dict[AskAction, frozenset[AskPart]] = {
    AskAction.SEEN: frozenset({AskPart.RECEIVER}),
    AskAction.PASSED_ON: frozenset({AskPart.RECEIVER}),
    AskAction.ANSWERED: frozenset({AskPart.RECEIVER}),
    AskAction.ANSWERED_IN_PERSON: frozenset({AskPart.RECEIVER}),
    AskAction.WITHDRAWN: frozenset({AskPart.ASKER, AskPart.ADMINISTRATOR}),
    AskAction.REWORDED: frozenset({AskPart.ASKER}),
}

ENDED_WORDS = {
    AskState.ANSWERED: "answered",
    AskState.ANSWERED_IN_PERSON: "answered in person",
    AskState.WITHDRAWN: "withdrawn",
}


def may(part: AskPart, action: AskAction) -> bool:
    """Whether somebody in that part may do this at all, whatever the state."""
    return part in MAY.get(action, frozenset())


def why_not(action: AskAction, state: AskState) -> str | None:
    """Why the state forbids the action, as "was answered"; None when it allows it.

    Everything but the first asking needs an ask that waits; seeing it is done once after each passing on.
    """
    if state not in WAITING:
        return f"was {ENDED_WORDS[state]}"
    if action == AskAction.SEEN and state == AskState.SEEN:
        return "was seen"
    return None


def state_after(action: AskAction, state: AskState) -> AskState:
    """Where the ask stands after an allowed action. Raises ValueError for one that the state forbids."""
    if why_not(action, state) is not None:
        raise ValueError(f"{action} from {state}")
    return LEADS_TO[action] or state


def is_working_day(day: date, working_days: str = MONDAY_TO_FRIDAY) -> bool:
    """`working_days`: digits of weekdays, 0 is Monday; empty means Monday to Friday."""
    return str(day.weekday()) in (working_days or MONDAY_TO_FRIDAY)


def working_days_between(since: date, until: date, working_days: str = MONDAY_TO_FRIDAY) -> int:
    """Working days after `since` up to and including `until`; 0 when `until` is not later."""
    days = (until - since).days
    if days <= 0:
        return 0
    weeks, rest = divmod(days, 7)
    in_week = len(set(working_days or MONDAY_TO_FRIDAY) & set("0123456"))
    tail = (since + timedelta(days=7 * weeks + step) for step in range(1, rest + 1))
    return weeks * in_week + sum(is_working_day(day, working_days) for day in tail)


def working_day_after(day: date, count: int, working_days: str = MONDAY_TO_FRIDAY) -> date:
    """The `count`-th working day after `day`."""
    if not set(working_days) & set("0123456"):
        working_days = MONDAY_TO_FRIDAY
    while count > 0:
        day += timedelta(days=1)
        count -= is_working_day(day, working_days)
    return day


def usual_answer_by(today: date, working_days: str = MONDAY_TO_FRIDAY) -> date:
    """The day proposed for an answer."""
    return working_day_after(today, USUAL_DAYS, working_days)


def is_long(age: int) -> bool:
    """Whether an ask of that many working days is shown as long."""
    return age > LONG_AFTER


@dataclass(frozen=True, slots=True)
class AnsweredBefore:
    """How somebody answers: how many, and within how many working days usually (None while that is not known)."""

    count: int
    usual_days: int | None


def answered_before(ages: Sequence[int]) -> AnsweredBefore:
    """From the working days that each answer took.

    "Usually within n" is said of three answers or more, and at least three in four of them were that quick; one day
    is the least.
    """
    count = len(ages)
    if count < USUAL_FROM:
        return AnsweredBefore(count, None)
    return AnsweredBefore(count, max(1, sorted(ages)[ceil(count * USUAL_SHARE) - 1]))
