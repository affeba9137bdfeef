"""The planner: who of many people is told something of one kind in the message of their day."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from uuid import UUID

from notices.queries.open_channels import ChannelsOfPeople
from notices.queries.person_times import PersonTimes, times_of_people
from notices.queries.told_before import closed_days, told_before
from notices.rules.kinds import NoticeKind
from notices.rules.plan import Planned, Turn, plan_check_in, plan_weekly, turn_of
from notices.rules.schedule import Schedule
from notices.services.put_notices import DayNotice, put_notices
from people.models import Organisation, User

Reshape = Callable[[Schedule], Schedule]


def plan_check_ins(*, organisation: Organisation, due_from: Mapping[UUID, date], at: datetime) -> int:
    """Make the reminders whose hour has come; how many were new.

    `due_from` names the people who are waited for, and the day from which something of theirs is due. The same call
    again adds nothing, nor does another planner at the same moment.
    """
    return _plan(organisation, NoticeKind.CHECK_IN_DUE, due_from, at, reshape=None)


def plan_weekly_notices(
    *,
    organisation: Organisation,
    kind: NoticeKind,
    people: Mapping[UUID, date],
    at: datetime,
    reshape: Reshape,
) -> int:
    """Make one notice a week of this kind for these people; how many were new.

    `reshape` turns a person's schedule into that of the kind (another weekday). `people` maps to the first day on
    which they may be told.
    """
    return _plan(organisation, kind, people, at, reshape=reshape)


def _plan(
    organisation: Organisation,
    kind: NoticeKind,
    people: Mapping[UUID, date],
    at: datetime,
    *,
    reshape: Reshape | None,
) -> int:
    if not people:
        return 0
    turns: dict[int, Turn | None] = {}  # people with the same times share one Schedule, the very same object
    reachable = User.objects.filter(organisation=organisation, is_active=True, email__isnull=False)
    since = (at - timedelta(days=2)).date()
    times = times_of_people(organisation, reachable, ids=people.keys(), since=since)
    in_turn: list[tuple[PersonTimes, Turn]] = []
    for row in times.values():
        place = id(row.schedule)
        if place not in turns:
            turns[place] = turn_of(reshape(row.schedule) if reshape else row.schedule, at)
        turn = turns[place]
        if turn is not None and people[row.person_id] <= turn.day:
            in_turn.append((row, turn))
    if not in_turn:
        return 0
    ids = [row.person_id for row, _ in in_turn]
    told = told_before(organisation, kind, at=at, ids=ids)
    closed = closed_days(organisation, at=at, ids=ids)
    channels = ChannelsOfPeople(organisation, kind)
    payloads = {place: _payload(turn) for place, turn in turns.items() if turn is not None}
    nothing: dict[str, date] = {}
    rows = []
    for row, turn in in_turn:
        if closed and (row.person_id, turn.day.isoformat()) in closed:
            continue
        planned = _planned(kind, row, turn, at, told.get(row.person_id, nothing))
        if planned is not None:
            ways = channels.of(row.person_id)
            payload = payloads[id(row.schedule)]
            rows.append(DayNotice(row.person_id, planned.key, planned.on, planned.due_at, ways, payload))
    return put_notices(organisation=organisation, kind=kind, rows=rows, at=at)


def _planned(
    kind: NoticeKind, row: PersonTimes, turn: Turn, at: datetime, told: Mapping[str, date]
) -> Planned | None:
    if kind is NoticeKind.CHECK_IN_DUE:
        return plan_check_in(
            row.schedule,
            turn,
            person_id=row.person_id,
            at=at,
            told=told,
            absences=row.absences,
            paused_until=row.paused_until,
        )
    return plan_weekly(
        turn,
        person_id=row.person_id,
        at=at,
        told=told,
        absences=row.absences,
        paused_until=row.paused_until,
    )


def _payload(turn: Turn) -> dict[str, str]:
    return {"asked_on": turn.period.asked_on.isoformat(), "until": turn.period.ends_on.isoformat()}
