"""Quiet hours, spread, working days, the message of a day and what is told at once."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from notices.rules.quiet_hours import after_quiet, audible_hour, is_quiet_hour
from notices.rules.rhythm import Rhythm
from notices.rules.schedule import Schedule, at_once, message_day
from notices.rules.spread import SPREAD_SECONDS, spread_of
from notices.rules.working_days import Away, first_working_day, weekdays_of, working_days_later

WEEKDAYS = frozenset(range(5))
NOBODY = UUID(int=0)
TIMES = Schedule("UTC", Rhythm(3, 8, 1), WEEKDAYS, quiet_from=18, quiet_until=8)
THURSDAY = date(2026, 5, 21)


def on(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("quiet_from", "quiet_until", "hour", "expected"),
    [
        (18, 8, 17, False),
        (18, 8, 18, True),
        (18, 8, 0, True),
        (18, 8, 8, False),
        (12, 14, 13, True),
        (12, 14, 14, False),
        (9, 9, 9, False),
    ],
)
def test_quiet(quiet_from: int, quiet_until: int, hour: int, expected: bool) -> None:
    assert is_quiet_hour(hour, quiet_from=quiet_from, quiet_until=quiet_until) is expected


def test_what_is_told_in_quiet_hours_waits_for_their_end() -> None:
    quiet = {"zone": "Europe/Brussels", "quiet_from": 18, "quiet_until": 8}
    evening, night = on(THURSDAY, 20), on(THURSDAY, 2)
    assert after_quiet(evening, **quiet) == on(THURSDAY + timedelta(days=1), 6)
    assert after_quiet(night, **quiet) == on(THURSDAY, 6)
    assert after_quiet(on(THURSDAY, 12), **quiet) == on(THURSDAY, 12)


def test_a_wanted_hour_that_is_quiet_becomes_the_end_of_the_quiet() -> None:
    assert audible_hour(7, quiet_from=18, quiet_until=8) == 8
    assert audible_hour(20, quiet_from=18, quiet_until=8) == 8
    assert audible_hour(17, quiet_from=18, quiet_until=8) == 17


def test_the_spread_is_stable_and_even() -> None:
    person = uuid4()
    assert spread_of(person) == spread_of(UUID(str(person)))
    minutes = [0] * 10
    for number in range(10_000):
        seconds = spread_of(UUID(int=number)).total_seconds()
        assert 0 <= seconds < SPREAD_SECONDS
        minutes[int(seconds // 60)] += 1
    assert min(minutes) > 800


def test_working_days() -> None:
    away = (Away(date(2026, 5, 25), date(2026, 5, 26)),)
    assert first_working_day(THURSDAY, weekdays=WEEKDAYS) == THURSDAY
    assert first_working_day(date(2026, 5, 23), weekdays=WEEKDAYS) == date(2026, 5, 25)
    assert first_working_day(date(2026, 5, 23), weekdays=WEEKDAYS, absences=away) == date(2026, 5, 27)
    assert working_days_later(THURSDAY, 2, weekdays=WEEKDAYS) == date(2026, 5, 25)
    assert working_days_later(THURSDAY, 2, weekdays=WEEKDAYS, absences=away) == date(2026, 5, 27)
    assert working_days_later(THURSDAY, 2, weekdays=frozenset({3})) == date(2026, 6, 4)
    assert first_working_day(THURSDAY, weekdays=frozenset()) is None
    assert working_days_later(THURSDAY, 1, weekdays=frozenset()) is None
    assert weekdays_of("0246") == {0, 2, 4, 6}


def test_what_can_wait_waits_for_the_next_message() -> None:
    minutes = spread_of(NOBODY)
    ahead = message_day(TIMES, person_id=NOBODY, at=on(THURSDAY, 7))
    assert ahead == (THURSDAY, on(THURSDAY, 8) + minutes)
    friday = THURSDAY + timedelta(days=1)
    assert message_day(TIMES, person_id=NOBODY, at=on(THURSDAY, 9)) == (friday, on(friday, 8) + minutes)
    monday = THURSDAY + timedelta(days=4)
    assert message_day(TIMES, person_id=NOBODY, at=on(friday, 9)) == (monday, on(monday, 8) + minutes)


def test_urgent_things_wait_for_pause_absence_and_quiet_hours_alone() -> None:
    saturday = date(2026, 5, 23)
    assert at_once(TIMES, at=on(saturday, 12)) == on(saturday, 12)
    assert at_once(TIMES, at=on(saturday, 12), absences=(Away(saturday, saturday),)) == on(
        saturday + timedelta(days=1), 8
    )
    assert at_once(TIMES, at=on(THURSDAY, 9), paused_until=on(THURSDAY, 13)) == on(THURSDAY, 13)
    assert at_once(TIMES, at=on(THURSDAY, 9), paused_until=on(THURSDAY, 22)) == on(
        THURSDAY + timedelta(days=1), 8
    )
