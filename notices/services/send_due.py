"""Sending what is due: claim, look once more, send, mark. Safe to kill at any point and to run many times at once."""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable
from datetime import datetime, timedelta

import structlog
from django.db import InterfaceError, OperationalError, connection
from django.db.models import F

from notices.models import Delivery
from notices.models.delivery import MAX_ATTEMPTS
from notices.rendering import Message
from notices.rules.kinds import Channel
from notices.services.claim_deliveries import BATCH, claim_deliveries, lease
from notices.services.prepare_message import prepare_message

log = structlog.get_logger(__name__)
Send = Callable[[Delivery, Message, datetime], None]
KEPT_ERROR_CHARACTERS = 4_000
MARGIN = 0.25
"""With less than this share of its claim left a message is not begun: another worker may be about to take it over."""
MARK_ATTEMPTS = 8
MARK_PAUSE_SECONDS = 0.5

_senders: dict[Channel, Send] = {}


def register_channel(channel: Channel, send: Send) -> None:
    """Let `send(delivery, message, at)` carry messages of this channel; it raises when that fails.

    It must give the message the id `delivery.message_id`: after a crash the same message may go out once more.
    """
    _senders[channel] = send


def send_due(*, now: Callable[[], datetime], limit: int = 500) -> int:
    """Send messages that are due, a few at a time, until none is left or `limit` were claimed. Returns how many.

    `now` is the clock: claims must be seen to run out. Channels nobody carries yet keep their messages.
    """
    claimed_in_all = 0
    while _senders and claimed_in_all < limit:
        if not Delivery.objects.due(now()).filter(channel__in=_senders).exists():
            break
        claimed = claim_deliveries(
            channels=list(_senders), at=now(), limit=min(BATCH, limit - claimed_in_all)
        )
        for delivery in claimed:
            send_claimed(delivery, now=now)
        claimed_in_all += len(claimed)
        if not claimed:
            break
    return claimed_in_all


def send_claimed(delivery: Delivery, *, now: Callable[[], datetime]) -> None:
    """Send one claimed message. An error is kept in its row, which is tried again later, or is dead in the end."""
    at = now()
    if delivery.claimed_until is None:
        return
    if at > delivery.claimed_until - lease() * MARGIN:
        _put_back(delivery)
        return
    try:
        message = prepare_message(delivery=delivery, at=at)
        if message is None:
            return
        _senders[Channel(delivery.channel)](delivery, message, at)
    except Exception:
        _note_failure(delivery, traceback.format_exc(), at=now())
        return
    _mark_sent(delivery, now=now)


def _put_back(delivery: Delivery) -> None:
    """Free for the next claim; a message that was not begun has had no attempt."""
    Delivery.objects.held(delivery).update(claimed_until=None, attempts=F("attempts") - 1)


def _mark_sent(delivery: Delivery, *, now: Callable[[], datetime]) -> None:
    """It is out, also when that took longer than the claim held: marked in any case, or it would go out again.

    A database that is just starting again is waited for.
    """
    for attempt in range(1, MARK_ATTEMPTS + 1):
        try:
            sent = Delivery.objects.open().filter(pk=delivery.pk).update(sent_at=now(), last_error="")
        except (OperationalError, InterfaceError):
            if attempt == MARK_ATTEMPTS or connection.in_atomic_block:
                raise
            connection.close()
            time.sleep(MARK_PAUSE_SECONDS)
        else:
            if not sent:
                log.warning("delivery_sent_twice", delivery_id=str(delivery.pk))
            return


def _note_failure(delivery: Delivery, error: str, *, at: datetime) -> None:
    is_dead = delivery.attempts >= MAX_ATTEMPTS
    Delivery.objects.held(delivery).update(
        claimed_until=None,
        due_at=at + pause_before_retry(delivery.attempts),
        died_at=at if is_dead else None,
        last_error=error[-KEPT_ERROR_CHARACTERS:],
    )
    level = log.error if is_dead else log.warning
    level(
        "delivery_failed",
        delivery_id=str(delivery.pk),
        channel=delivery.channel,
        attempts=delivery.attempts,
        is_dead=is_dead,
        error=error,
    )


def pause_before_retry(attempts: int) -> timedelta:
    """How long to wait after so many failed attempts: half a minute, two, four and a half … about half an hour."""
    return timedelta(seconds=30 * attempts * attempts)
