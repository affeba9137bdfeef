"""Telling a person something, once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from common import doorbell
from notices.models import Delivery, Notice
from notices.queries.open_channels import open_channels
from notices.queries.person_times import PersonTimes, times_of
from notices.rules.kinds import AT_ONCE, Channel, NoticeKind
from notices.rules.schedule import at_once, message_day
from notices.rules.zones import local_day
from notices.services.hold_day import hold_day
from people.models import User

MOST_MOVES = 8


@transaction.atomic
def post_notice(
    *,
    kind: NoticeKind,
    user: User,
    key: str,
    at: datetime,
    subject_type: str = "",
    subject_id: UUID | None = None,
    objective_id: UUID | None = None,
    payload: dict[str, Any] | None = None,
) -> Notice | None:
    """Tell `user` something in the caller's transaction; a repeat with the same kind and key changes nothing.

    `key` names the thing told (an id, a period), so that it is told once. What happens at once (AT_ONCE) is sent by
    itself, after quiet hours, absence and pause; everything else waits for the one message of the person's next day.
    Callers leave out whoever did the thing. Returns the notice, an older one on a repeat; None when every way is
    closed or the person is gone.
    """
    if not user.is_active:
        return None
    channels = open_channels(user, kind)
    if not channels:
        return None
    told = Notice.objects.filter(user=user, kind=kind, key=key).first()
    if told is not None:
        return told
    times, is_urgent = times_of(user), kind in AT_ONCE
    day, due_at = _urgent(times, at) if is_urgent else _of_day(user, times, channels, at)
    made = Notice(
        organisation_id=user.organisation_id,
        user=user,
        kind=kind,
        key=key,
        subject_type=subject_type,
        subject_id=subject_id,
        objective_id=objective_id,
        payload=payload or {},
        on=day,
        due_at=at,
        is_shown_here=Channel.HERE in channels,
        created_at=at,
    )
    Notice.objects.bulk_create([made], ignore_conflicts=True)
    notice = Notice.objects.get(user=user, kind=kind, key=key)
    if notice.pk == made.pk and due_at is not None and is_urgent:
        _put_deliveries(user, channels, key=str(notice.pk), notice=notice, due_at=due_at, at=at)
    return notice


def _put_deliveries(
    user: User,
    channels: Iterable[Channel],
    *,
    key: str,
    due_at: datetime,
    at: datetime,
    notice: Notice | None = None,
) -> None:
    """The rows that will carry something out by each way, those of its own or those of a day, as far as missing."""
    rows = [
        Delivery(
            organisation_id=user.organisation_id,
            user=user,
            channel=channel,
            key=key,
            notice=notice,
            due_at=due_at,
            created_at=at,
        )
        for channel in channels
        if channel is not Channel.HERE
    ]
    Delivery.objects.bulk_create(rows, ignore_conflicts=True)
    if rows and due_at <= at:
        transaction.on_commit(doorbell.ring)


def _urgent(times: PersonTimes, at: datetime) -> tuple[date, datetime | None]:
    due_at = at_once(times.schedule, at=at, absences=times.absences, paused_until=times.paused_until)
    return local_day(due_at, times.schedule.zone), due_at


def _of_day(
    user: User, times: PersonTimes, channels: frozenset[Channel], at: datetime
) -> tuple[date, datetime | None]:
    """The next day whose message takes something more, with its rows made and held until the transaction ends.

    A day whose message has gone out, or is in a worker's hands this moment, takes nothing more.
    """
    ways = channels - {Channel.HERE}
    moment = at
    for _ in range(MOST_MOVES):
        found = message_day(
            times.schedule,
            person_id=times.person_id,
            at=moment,
            absences=times.absences,
            paused_until=times.paused_until,
        )
        if found is None:
            break
        day, due_at = found
        held = hold_day(user_id=user.pk, day=day)
        if held is not None and not ways <= held:
            _put_deliveries(user, ways, key=day.isoformat(), due_at=due_at, at=at)
            held = hold_day(user_id=user.pk, day=day)
        if held is not None:
            return found
        moment = due_at + timedelta(seconds=1)
    return local_day(at, times.schedule.zone), None
