"""Whose rhythm holds, and which period a day lies in."""

from datetime import date, timedelta

import pytest

from notices.rules.rhythm import OwnRhythm, Rhythm, effective_rhythm, period_of

COMPANY = Rhythm(weekday=3, hour=8, weeks=1)
NONE = OwnRhythm()
TEAM = OwnRhythm(weekday=1, hour=10, weeks=2)
LOCKED_TEAM = OwnRhythm(weekday=1, is_locked=True)
LOCKED_AS_IS = OwnRhythm(is_locked=True)
PERSON = OwnRhythm(weekday=4, hour=15)


@pytest.mark.parametrize(
    ("is_locked", "teams", "person", "expected"),
    [
        (False, [], NONE, Rhythm(3, 8, 1)),
        (False, [TEAM], NONE, Rhythm(1, 10, 2)),
        (False, [NONE, TEAM], NONE, Rhythm(1, 10, 2)),
        (False, [TEAM], PERSON, Rhythm(4, 15, 2)),
        (False, [OwnRhythm(hour=9)], OwnRhythm(weekday=0), Rhythm(0, 9, 1)),
        (False, [LOCKED_TEAM], PERSON, Rhythm(1, 8, 1)),
        (False, [LOCKED_AS_IS], PERSON, Rhythm(3, 8, 1)),
        (False, [TEAM, LOCKED_TEAM], PERSON, Rhythm(4, 15, 2)),
        (True, [LOCKED_TEAM], PERSON, Rhythm(3, 8, 1)),
    ],
)
def test_the_rhythm_that_holds(is_locked, teams, person, expected) -> None:
    assert effective_rhythm(COMPANY, is_locked=is_locked, teams=teams, person=person) == expected


@pytest.mark.parametrize("weeks", [1, 2, 4])
@pytest.mark.parametrize("weekday", range(7))
def test_periods_follow_each_other_without_gap(weekday: int, weeks: int) -> None:
    rhythm = Rhythm(weekday, 8, weeks)
    day = date(2026, 1, 1)
    for _ in range(120):
        period = period_of(day, rhythm)
        assert period.asked_on <= day < period.ends_on
        assert period.asked_on.weekday() == weekday
        assert period.ends_on - period.asked_on == timedelta(weeks=weeks)
        assert period_of(period.ends_on, rhythm).asked_on == period.ends_on
        assert date.fromisoformat(period.key).weekday() == 0
        day += timedelta(days=1)


def test_another_weekday_in_the_same_week_is_the_same_period() -> None:
    thursday = date(2026, 5, 21)
    assert period_of(thursday, Rhythm(3, 8, 1)).key == "2026-05-18"
    assert period_of(thursday + timedelta(days=1), Rhythm(4, 8, 1)).key == "2026-05-18"
