"""Looking once more, right before sending: is there still something to tell, and is this the moment?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F

from notices.models import Delivery, Notice
from notices.queries.open_channels import open_channels_by_kind
from notices.queries.person_times import PersonTimes, times_of
from notices.rendering import Message, Section, render_notices
from notices.rules.kinds import AT_ONCE, Channel, NoticeKind
from notices.rules.schedule import at_once
from notices.rules.sending import Verdict, carried_to, verdict_on_day_message
from notices.rules.spread import spread_of
from notices.rules.zones import local_day

ASKED_THOUGH_SEEN = frozenset(
    {NoticeKind.CHECK_IN_DUE, NoticeKind.LEAD_DIGEST, NoticeKind.LEADER_DIGEST, NoticeKind.WINS_DIGEST}
)
"""Everything else that was seen in the product is left out of the message."""
SHORTEST_WAIT = timedelta(minutes=1)
Open = Mapping[NoticeKind, frozenset[Channel]]


def prepare_message(*, delivery: Delivery, at: datetime) -> Message | None:
    """What a claimed message says now; None when it is not to be sent now, and then the row says why.

    Dropped when nothing is left to tell, put off when pause, absence or quiet hours came in between, and when its day
    has passed its notices move to the person's next message.
    """
    user = delivery.user
    if not user.is_active or (delivery.channel == Channel.EMAIL and not user.email):
        _drop(delivery, at)
        return None
    times = times_of(user, since=(at - timedelta(days=2)).date())
    if delivery.notice is not None:
        return _told_at_once(delivery, delivery.notice, times, at)
    return _of_day(delivery, times, at)


def _told_at_once(delivery: Delivery, notice: Notice, times: PersonTimes, at: datetime) -> Message | None:
    is_open = delivery.channel in open_channels_by_kind(delivery.user)[NoticeKind(notice.kind)]
    if notice.dropped_at is not None or notice.seen_at is not None or not is_open:
        _drop(delivery, at)
        return None
    due_at = at_once(times.schedule, at=at, absences=times.absences, paused_until=times.paused_until)
    if due_at > at:
        _put_off(delivery, due_at)
        return None
    sections = render_notices([notice], delivery.user, at)
    return _message(delivery, sections, [notice], at)


def _of_day(delivery: Delivery, times: PersonTimes, at: datetime) -> Message | None:
    on = date.fromisoformat(delivery.key)
    verdict = verdict_on_day_message(
        times.schedule, on=on, at=at, absences=times.absences, paused_until=times.paused_until
    )
    if verdict is Verdict.WAIT:
        due_at = times.schedule.message_at(on) + spread_of(times.person_id)
        _put_off(delivery, max(due_at, at + SHORTEST_WAIT))
        return None
    notices = _notices_of(delivery, on)
    if verdict is Verdict.CARRY_OVER:
        _carry_over(delivery, notices, times, at)
        return None
    return _message(delivery, render_notices(notices, delivery.user, at), notices, at)


def _message(
    delivery: Delivery, sections: tuple[Section, ...], notices: list[Notice], at: datetime
) -> Message | None:
    if not sections:
        _drop(delivery, at)
        return None
    return Message(sections, tuple(notices), is_of_day=delivery.notice is None)


def _notices_of(delivery: Delivery, on: date) -> list[Notice]:
    """What the message of a day tells through this channel: switched on, not taken back, not seen already."""
    channels: Open = open_channels_by_kind(delivery.user)
    rows = Notice.objects.filter(user_id=delivery.user_id, on=on, dropped_at__isnull=True)
    return [
        notice
        for notice in rows.exclude(kind__in=AT_ONCE).order_by("due_at", "pk")
        if delivery.channel in channels[NoticeKind(notice.kind)]
        and (notice.seen_at is None or notice.kind in ASKED_THOUGH_SEEN)
    ]


@transaction.atomic
def _carry_over(delivery: Delivery, notices: list[Notice], times: PersonTimes, at: datetime) -> None:
    """Move what a passed day has left to the next message; a reminder of a period that is over is dropped.

    A day that went out by another channel is not told again.
    """
    same_day = Delivery.objects.filter(user_id=delivery.user_id, key=delivery.key)
    if not same_day.filter(sent_at__isnull=False).exists():
        channels = list(same_day.open().values_list("channel", flat=True))
        is_today_open = _takes_more(delivery, local_day(at, times.schedule.zone), at)
        for notice in notices:
            _move(notice, channels, times, at, is_today_open=is_today_open)
    _drop(delivery, at)


def _takes_more(delivery: Delivery, day: date, at: datetime) -> bool:
    """Whether the message of that day can take more: not gone, and in nobody's hands, or later in our own.

    The rows stay locked until the move is committed, and claims skip what is locked.
    """
    rows = Delivery.objects.filter(user_id=delivery.user_id, key=day.isoformat()).exclude(pk=delivery.pk)
    in_our_hands = delivery.claimed_until
    return all(
        row.sent_at is None
        and row.dropped_at is None
        and row.died_at is None
        and (row.claimed_until is None or row.claimed_until <= at or row.claimed_until == in_our_hands)
        for row in rows.select_for_update()
    )


def _move(
    notice: Notice, channels: list[str], times: PersonTimes, at: datetime, *, is_today_open: bool
) -> None:
    """To the next message that takes it. Nothing when another worker, with the same day in hand, was faster."""
    here = Notice.objects.filter(pk=notice.pk, on=notice.on)
    until = notice.payload.get("until")
    found = carried_to(
        times.schedule,
        person_id=times.person_id,
        at=at,
        until=date.fromisoformat(until) if until else None,
        is_today_open=is_today_open and notice.on != local_day(at, times.schedule.zone),
        absences=times.absences,
        paused_until=times.paused_until,
    )
    if found is None:
        if until:
            here.update(dropped_at=at)
        return
    day, due_at = found
    if not here.update(on=day):
        return
    Delivery.objects.bulk_create(
        [
            Delivery(
                organisation_id=notice.organisation_id,
                user_id=notice.user_id,
                channel=channel,
                key=day.isoformat(),
                due_at=due_at,
                created_at=at,
            )
            for channel in channels
        ],
        ignore_conflicts=True,
    )


def _drop(delivery: Delivery, at: datetime) -> None:
    Delivery.objects.held(delivery).update(dropped_at=at, claimed_until=None)


def _put_off(delivery: Delivery, due_at: datetime) -> None:
    """Later, and the claim was no attempt."""
    Delivery.objects.held(delivery).update(due_at=due_at, claimed_until=None, attempts=F("attempts") - 1)
