"""Reminders over weeks: tables of what must happen, and properties of whatever may happen."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from notices.rules.quiet_hours import is_quiet_hour
from notices.rules.rhythm import Rhythm
from notices.rules.schedule import Schedule
from notices.rules.working_days import Away, is_away
from notices.rules.zones import local_hour
from tests.notices.rules.inbox_of_one import InboxOfOne

THURSDAY = date(2026, 5, 21)
START = datetime(2026, 5, 21, 7, 0, tzinfo=UTC)
WEEKDAYS = frozenset(range(5))
TIMES = Schedule("UTC", Rhythm(3, 8, 1), WEEKDAYS, quiet_from=18, quiet_until=8)
ZONES = (
    "UTC",
    "Europe/Brussels",
    "America/Los_Angeles",
    "Pacific/Kiritimati",
    "Pacific/Apia",
    "Asia/Kolkata",
)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def run(
    inbox: InboxOfOne, since: datetime, length: timedelta, step: timedelta = timedelta(minutes=20)
) -> None:
    at = since
    while at < since + length:
        inbox.tick(at)
        at += step


def days_of(inbox: InboxOfOne) -> list[date]:
    return [day for day, _, _ in inbox.sent]


def always(day: date) -> bool:
    return True


def test_due_and_once_more_two_working_days_later() -> None:
    inbox = InboxOfOne(TIMES, always)
    run(inbox, START, 14 * DAY)
    assert days_of(inbox) == [date(2026, 5, day) for day in (21, 25, 28)] + [date(2026, 6, 1)]


def test_a_four_week_rhythm_asks_twice_in_four_weeks() -> None:
    inbox = InboxOfOne(replace(TIMES, rhythm=Rhythm(3, 8, 4)), always)
    run(inbox, START, 56 * DAY, HOUR)
    assert max(Counter(inbox.periods()).values()) == 2
    assert len(inbox.sent) <= 6


def test_nothing_while_fresh_and_a_word_on_the_day_it_gets_due() -> None:
    inbox = InboxOfOne(TIMES, lambda day: day >= date(2026, 5, 25))
    run(inbox, START, 5 * DAY)
    assert days_of(inbox) == [date(2026, 5, 25)]


def test_near_the_next_asking_day_a_word_waits_for_it() -> None:
    inbox = InboxOfOne(TIMES, lambda day: day >= date(2026, 5, 26))
    run(inbox, START, 8 * DAY)
    assert days_of(inbox) == [date(2026, 5, 28)]


def test_who_works_two_days_a_week_is_asked_on_the_first_of_them() -> None:
    inbox = InboxOfOne(replace(TIMES, weekdays=frozenset({1, 2})), always)
    run(inbox, START, 14 * DAY)
    assert days_of(inbox) == [date(2026, 5, 26), date(2026, 6, 2)]


def test_once_checked_in_there_is_no_second() -> None:
    inbox = InboxOfOne(TIMES, lambda day: day <= THURSDAY)
    run(inbox, START, 7 * DAY)
    assert days_of(inbox) == [THURSDAY]


def test_absence_rests_and_the_first_day_back_is_told() -> None:
    inbox = InboxOfOne(TIMES, always, absences=(Away(date(2026, 5, 20), date(2026, 5, 22)),))
    run(inbox, START, 5 * DAY)
    assert days_of(inbox) == [date(2026, 5, 25)]


def test_an_absence_told_after_planning_holds_the_message_back() -> None:
    inbox = InboxOfOne(TIMES, always)
    inbox.tick(datetime(2026, 5, 21, 7, 50, tzinfo=UTC))
    inbox.absences = (Away(THURSDAY, date(2026, 5, 22)),)
    run(inbox, START + HOUR, 5 * DAY)
    assert days_of(inbox) == [date(2026, 5, 25)]


def test_eight_hours_of_downtime_cost_no_message_and_make_no_second() -> None:
    inbox = InboxOfOne(TIMES, always)
    run(inbox, START + 9 * HOUR, 3 * DAY)
    assert days_of(inbox) == [THURSDAY]
    evening = InboxOfOne(TIMES, always)
    run(evening, START + 13 * HOUR, 3 * DAY)
    assert days_of(evening) == [THURSDAY + DAY], "in quiet hours it waits for the next working day"


def test_weeks_of_downtime_are_not_made_up_for() -> None:
    inbox = InboxOfOne(TIMES, always)
    inbox.tick(START + HOUR - 10 * MINUTE)
    run(inbox, START + 21 * DAY, 1 * DAY)
    assert days_of(inbox) == [date(2026, 6, 11)]


def test_a_clock_that_jumps_a_day_tells_nobody_twice() -> None:
    for jump in (-DAY, DAY, -HOUR, HOUR):
        inbox = InboxOfOne(TIMES, always)
        run(inbox, START, 6 * HOUR)
        assert len(inbox.sent) == 1
        run(inbox, START + 6 * HOUR + jump, 12 * HOUR)
        run(inbox, START + 6 * HOUR, 30 * HOUR)
        assert len(inbox.sent) == 1, jump


def test_another_zone_hour_or_weekday_makes_no_second_in_the_period() -> None:
    moved = [replace(TIMES, zone=zone) for zone in ZONES]
    moved += [replace(TIMES, rhythm=Rhythm(weekday, hour, 1)) for weekday in (1, 4) for hour in (8, 15)]
    for schedule in moved:
        inbox = InboxOfOne(TIMES, always)
        run(inbox, START, 3 * HOUR)
        assert len(inbox.sent) == 1
        inbox.schedule = schedule
        run(inbox, START + 3 * HOUR, 40 * HOUR)
        assert len(inbox.sent) == 1, schedule


schedules = st.builds(
    Schedule,
    zone=st.sampled_from(ZONES),
    rhythm=st.builds(
        Rhythm, weekday=st.integers(0, 6), hour=st.integers(0, 23), weeks=st.sampled_from((1, 2, 4))
    ),
    weekdays=st.frozensets(st.integers(0, 6)),
    quiet_from=st.integers(0, 23),
    quiet_until=st.integers(0, 23),
)
absences = st.lists(
    st.builds(
        lambda first, length: Away(THURSDAY + first * DAY, THURSDAY + (first + length) * DAY),
        st.integers(-3, 30),
        st.integers(0, 9),
    ),
    max_size=3,
).map(tuple)
fresh_days = st.frozensets(st.integers(0, 45), max_size=30)
steps = st.lists(
    st.one_of(st.integers(5, 90), st.integers(5, 90), st.integers(90, 3_000)), min_size=40, max_size=150
)


@settings(max_examples=400)
@given(
    schedule=schedules,
    away=absences,
    fresh=fresh_days,
    minutes=steps,
    told_late=absences,
    pause=st.integers(0, 60),
)
def test_whatever_happens_nobody_is_told_too_much(schedule, away, fresh, minutes, told_late, pause) -> None:
    inbox = InboxOfOne(schedule, lambda day: (day - THURSDAY).days not in fresh, absences=away)
    at = START - 3 * DAY
    for place, step in enumerate(minutes):
        at += step * MINUTE
        if place == len(minutes) // 2:
            inbox.absences = away + told_late
            inbox.paused_until = at + pause * HOUR
        before = len(inbox.sent)
        inbox.tick(at)
        for day, moment, _ in inbox.sent[before:]:
            assert (day - THURSDAY).days not in fresh, "nothing was due"
            assert not is_away(day, inbox.absences)
            assert day.weekday() in schedule.weekdays
            assert inbox.paused_until is None or moment >= inbox.paused_until
            hour = local_hour(moment, schedule.zone)
            assert not is_quiet_hour(hour, quiet_from=schedule.quiet_from, quiet_until=schedule.quiet_until)
    assert max(Counter(days_of(inbox)).values(), default=0) <= 1
    assert max(Counter(inbox.periods()).values(), default=0) <= 2


@settings(max_examples=200)
@given(schedule=schedules, minutes=steps, zones=st.lists(st.sampled_from(ZONES), min_size=1, max_size=6))
def test_nor_does_moving_about_or_a_jumping_clock(schedule, minutes, zones) -> None:
    inbox = InboxOfOne(schedule, always)
    at = START
    for place, step in enumerate(minutes):
        at += step * MINUTE * (-1 if place % 7 == 3 else 1)
        inbox.schedule = replace(schedule, zone=zones[place % len(zones)])
        inbox.tick(at)
    assert max(Counter(days_of(inbox)).values(), default=0) <= 1
    assert max(Counter(inbox.periods()).values(), default=0) <= 2
