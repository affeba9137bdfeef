"""Whether the message of a day takes one thing more, kept so until the caller's transaction ends."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import connection

from notices.models import Delivery
from notices.rules.kinds import Channel

HOLD = """
SELECT (SELECT count(*) FROM notices_delivery WHERE user_id = %(user)s AND key = %(key)s),
       ARRAY(SELECT channel::text FROM notices_delivery
             WHERE user_id = %(user)s AND key = %(key)s AND claimed_until IS NULL
               AND sent_at IS NULL AND dropped_at IS NULL AND died_at IS NULL
             FOR SHARE SKIP LOCKED)
"""
"""Held rows are passed over by claims, not by others who add something; nobody waits for anybody."""


def hold_day(*, user_id: UUID, day: date) -> frozenset[Channel] | None:
    """The ways whose message of that day is there; None when one of them has gone out and takes nothing more.

    A message in somebody's hands counts as gone: what it says may have been read already. On PostgreSQL no worker can
    take these messages in hand before the transaction ends; SQLite has one writer at a time.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(HOLD, {"user": user_id, "key": day.isoformat()})
            there, held = cursor.fetchone()
    else:
        rows = Delivery.objects.filter(user_id=user_id, key=day.isoformat())
        held = list(rows.open().filter(claimed_until__isnull=True).values_list("channel", flat=True))
        there = rows.count()
    return frozenset(Channel(channel) for channel in held) if len(held) == there else None
