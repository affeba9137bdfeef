"""Days on which a person works: the own weekdays without the own absences."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

SEARCHED_DAYS = 400
"""Beyond this nobody waits for a working day: a person without one has none."""


@dataclass(frozen=True, slots=True)
class Away:
    """Days off, both included."""

    starts_on: date
    ends_on: date


def is_away(day: date, absences: Iterable[Away]) -> bool:
    """Whether a day lies in one of the absences."""
    return any(away.starts_on <= day <= away.ends_on for away in absences)


def is_working_day(day: date, *, weekdays: frozenset[int], absences: Iterable[Away] = ()) -> bool:
    """Whether the person works on that day; weekday 0 is Monday."""
    return day.weekday() in weekdays and not is_away(day, absences)


def first_working_day(day: date, *, weekdays: frozenset[int], absences: Iterable[Away] = ()) -> date | None:
    """The first working day from `day` on, that day included; None for somebody who has none."""
    rows = tuple(absences)
    for ahead in range(SEARCHED_DAYS):
        found = day + timedelta(days=ahead)
        if is_working_day(found, weekdays=weekdays, absences=rows):
            return found
    return None


def working_days_later(
    day: date, count: int, *, weekdays: frozenset[int], absences: Iterable[Away] = ()
) -> date | None:
    """The working day that comes `count` working days after `day`: two after a Thursday is a Monday."""
    rows, found = tuple(absences), day
    for _ in range(count):
        following = first_working_day(found + timedelta(days=1), weekdays=weekdays, absences=rows)
        if following is None:
            return None
        found = following
    return found


def weekdays_of(digits: str) -> frozenset[int]:
    """`"01234"` as it is stored → {0, 1, 2, 3, 4}."""
    return frozenset(int(digit) for digit in digits if digit in "0123456")
