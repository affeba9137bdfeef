"""When a person can be told something: the day's message, and what is told at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from notices.rules.quiet_hours import after_quiet, audible_hour
from notices.rules.rhythm import Rhythm
from notices.rules.spread import spread_of
from notices.rules.working_days import Away, first_working_day, is_working_day
from notices.rules.zones import local_day, moment_of


@dataclass(frozen=True, slots=True)
class Schedule:
    """A person's times; many people share one, absences and pauses are theirs alone."""

    zone: str
    rhythm: Rhythm
    weekdays: frozenset[int]
    quiet_from: int
    quiet_until: int

    def hour_of_message(self) -> int:
        """The local hour of the one message of a day."""
        return audible_hour(self.rhythm.hour, quiet_from=self.quiet_from, quiet_until=self.quiet_until)

    def message_at(self, day: date) -> datetime:
        """When the message of a day is due, before the person's own minutes are added."""
        return moment_of(day, self.hour_of_message(), self.zone)

    def works_on(self, day: date, absences: tuple[Away, ...] = ()) -> bool:
        return is_working_day(day, weekdays=self.weekdays, absences=absences)


def message_day(
    schedule: Schedule,
    *,
    person_id: UUID,
    at: datetime,
    absences: tuple[Away, ...] = (),
    paused_until: datetime | None = None,
) -> tuple[date, datetime] | None:
    """The day whose message something told now waits for, and that message's moment.

    Today while its message is still to come, else the next working day; nothing during an absence or a pause. None
    for somebody without working days.
    """
    moment = max(at, paused_until) if paused_until is not None else at
    day = local_day(moment, schedule.zone)
    found = _message_from(schedule, person_id, day, absences)
    if found is not None and found[1] < moment:
        found = _message_from(schedule, person_id, found[0] + timedelta(days=1), absences)
    return found


def _message_from(
    schedule: Schedule, person_id: UUID, day: date, absences: tuple[Away, ...]
) -> tuple[date, datetime] | None:
    found = first_working_day(day, weekdays=schedule.weekdays, absences=absences)
    return None if found is None else (found, schedule.message_at(found) + spread_of(person_id))


def at_once(
    schedule: Schedule,
    *,
    at: datetime,
    absences: tuple[Away, ...] = (),
    paused_until: datetime | None = None,
) -> datetime:
    """When something urgent may be sent: now, or when pause, absence and quiet hours are over.

    A weekend does not hold it back; an absence does, to the end of the quiet hours of the first day back.
    """
    moment = max(at, paused_until) if paused_until is not None else at
    day = local_day(moment, schedule.zone)
    back_on = first_working_day(day, weekdays=frozenset(range(7)), absences=absences)
    if back_on is not None and back_on != day:
        moment = moment_of(back_on, 0, schedule.zone)
    return after_quiet(
        moment, zone=schedule.zone, quiet_from=schedule.quiet_from, quiet_until=schedule.quiet_until
    )
