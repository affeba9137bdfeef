"""What is planned for a person at a moment; the rows that come of it are unique, so planning twice adds nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from notices.rules.quiet_hours import is_quiet_hour
from notices.rules.rhythm import Period, Rhythm, period_of
from notices.rules.schedule import Schedule
from notices.rules.spread import spread_of
from notices.rules.working_days import Away, first_working_day, is_away, working_days_later
from notices.rules.zones import local_day, local_hour

LOOK_AHEAD = timedelta(minutes=15)
"""Rows are made a little before their moment, so that everything of a day is there when its message goes out."""
AGAIN = ":again"
AGAIN_AFTER_WORKING_DAYS = 2
DATE_LENGTH = len("2026-01-01")
NEXT_IS_NEAR = timedelta(days=3)
LONGEST_PERIOD = timedelta(days=36)
"""Notices told before that belong to periods that are over."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A day on which people of one schedule may be told something now."""

    day: date
    message_at: datetime
    period: Period

    def is_late(self, weekdays: frozenset[int]) -> bool:
        """So near to the next asking day that a word can wait for that one.

        Somebody's first working day of a period is never too late: there may be no other.
        """
        if self.period.ends_on - self.day >= NEXT_IS_NEAR:
            return False
        return self.day != first_working_day(self.period.asked_on, weekdays=weekdays)


@dataclass(frozen=True, slots=True)
class Planned:
    """A notice to be made: its key, the local day whose message carries it, and when that is due."""

    key: str
    on: date
    due_at: datetime


def turn_of(schedule: Schedule, at: datetime) -> Turn | None:
    """The working day whose hour has come (or comes within LOOK_AHEAD); None before it and when quiet hours began.

    After a downtime the hour may be long past: then the message is due at once, if the day still takes one. None also
    when the next asking day is near.
    """
    day = local_day(at + LOOK_AHEAD, schedule.zone)
    message_at = schedule.message_at(day)
    if not schedule.works_on(day) or message_at > at + LOOK_AHEAD:
        return None
    quiet = {"quiet_from": schedule.quiet_from, "quiet_until": schedule.quiet_until}
    if at > message_at and is_quiet_hour(local_hour(at, schedule.zone), **quiet):
        return None
    turn = Turn(day, message_at, period_of(day, schedule.rhythm))
    return None if turn.is_late(schedule.weekdays) else turn


def plan_check_in(
    schedule: Schedule,
    turn: Turn,
    *,
    person_id: UUID,
    at: datetime,
    told: Mapping[str, date],
    absences: tuple[Away, ...] = (),
    paused_until: datetime | None = None,
) -> Planned | None:
    """The reminder for somebody who has something due on the day of `turn`; None when there is none to be made.

    `told` holds the keys of the reminders made before and their days. The first of a period comes on its asking day
    or, when something gets due later or the person was away, on the first working day after, unless the next asking
    day is near; the second two of the person's working days later; there is no third.
    """
    planned = plan_weekly(
        turn, person_id=person_id, at=at, told=told, absences=absences, paused_until=paused_until
    )
    if planned is not None or not _can_be_told(turn, at, told, absences, paused_until):
        return planned
    first_on, again = told[turn.period.key], turn.period.key + AGAIN
    again_on = working_days_later(
        first_on, AGAIN_AFTER_WORKING_DAYS, weekdays=schedule.weekdays, absences=absences
    )
    if again in told or again_on is None or turn.day < again_on:
        return None
    return Planned(again, turn.day, turn.message_at + spread_of(person_id))


def plan_weekly(
    turn: Turn,
    *,
    person_id: UUID,
    at: datetime,
    told: Mapping[str, date],
    absences: tuple[Away, ...] = (),
    paused_until: datetime | None = None,
) -> Planned | None:
    """One notice in a period, on its day or on the person's first working day after it."""
    if turn.period.key in told or not _can_be_told(turn, at, told, absences, paused_until):
        return None
    return Planned(turn.period.key, turn.day, turn.message_at + spread_of(person_id))


def on_weekday(schedule: Schedule, weekday: int) -> Schedule:
    """The same times with a weekly rhythm on another day: for digests, which keep a day of their own."""
    return replace(schedule, rhythm=Rhythm(weekday, schedule.rhythm.hour, weeks=1))


def _can_be_told(
    turn: Turn,
    at: datetime,
    told: Mapping[str, date],
    absences: tuple[Away, ...],
    paused_until: datetime | None,
) -> bool:
    """Not away, not paused, and not back in a period before one that was told: a clock may have jumped."""
    if absences and is_away(turn.day, absences):
        return False
    if told and any(key[:DATE_LENGTH] > turn.period.key for key in told):
        return False
    return paused_until is None or paused_until <= max(at, turn.message_at)
