"""Whether the message of a day may still go out when its turn has come; a late one must not become a second one."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from notices.rules.quiet_hours import is_quiet_hour
from notices.rules.schedule import Schedule, message_day
from notices.rules.spread import spread_of
from notices.rules.working_days import Away
from notices.rules.zones import local_day, local_hour


class Verdict(StrEnum):
    """What becomes of a claimed message."""

    SEND = "send"
    WAIT = "wait"
    CARRY_OVER = "carry_over"


def verdict_on_day_message(
    schedule: Schedule,
    *,
    on: date,
    at: datetime,
    absences: tuple[Away, ...] = (),
    paused_until: datetime | None = None,
) -> Verdict:
    """SEND on the very local day, out of quiet hours, absence and pause.

    WAIT while that day has not begun where the person is now (another zone since it was planned). CARRY_OVER to the
    next message otherwise: a message of yesterday beside today's would be two on one day.
    """
    today = local_day(at, schedule.zone)
    if today < on:
        return Verdict.WAIT
    is_paused = paused_until is not None and paused_until > at
    if today > on or is_paused or not schedule.works_on(on, absences):
        return Verdict.CARRY_OVER
    is_quiet = is_quiet_hour(
        local_hour(at, schedule.zone), quiet_from=schedule.quiet_from, quiet_until=schedule.quiet_until
    )
    if is_quiet:
        return Verdict.WAIT if at < schedule.message_at(on) else Verdict.CARRY_OVER
    return Verdict.SEND


def carried_to(
    schedule: Schedule,
    *,
    person_id: UUID,
    at: datetime,
    until: date | None = None,
    is_today_open: bool = False,
    absences: tuple[Away, ...] = (),
    paused_until: datetime | None = None,
) -> tuple[date, datetime] | None:
    """The next day that can carry what was left behind, and its message's moment.

    `is_today_open` says that today's message has not gone out: then it takes this too, also when it is late itself.
    None when there is no such day, or when it is not before `until`: the end of the period that it was about.
    """
    today = local_day(at, schedule.zone)
    verdict = verdict_on_day_message(schedule, on=today, at=at, absences=absences, paused_until=paused_until)
    if is_today_open and verdict is Verdict.SEND:
        is_over = until is not None and today >= until
        return None if is_over else (today, schedule.message_at(today) + spread_of(person_id))
    found = message_day(schedule, person_id=person_id, at=at, absences=absences, paused_until=paused_until)
    if found is None or (until is not None and found[0] >= until):
        return None
    return found
