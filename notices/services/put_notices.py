"""Making many notices and the messages that carry them: one statement for thousands of people on PostgreSQL."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date, datetime
from operator import attrgetter
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from common.ids import new_id
from notices.models import Delivery, Notice
from notices.rules.kinds import Channel, NoticeKind
from people.models import Organisation

ROWS_AT_ONCE = 5_000
"""A transaction holds no more rows than this, so that nobody who writes beside it waits long."""
MANY_PARTS = 4
HANDS = 2
"""From so many parts on, two connections write side by side."""
OUTWARD = (Channel.EMAIL, Channel.CHAT)
LENGTH_OF_PREFIX = len("019a0000-0000-7")

INSERT = """
WITH person AS MATERIALIZED (
    SELECT id, to_timestamp(second) AS due_at FROM unnest(%(ids)s::uuid[], %(seconds)s::bigint[]) AS one (id, second)
), told AS (
    INSERT INTO notices_notice (id, organisation_id, user_id, kind, key, subject_type, payload, "on", due_at,
                                is_shown_here, created_at)
    SELECT (%(prefix)s || substr(gen_random_uuid()::text, %(rest)s))::uuid, %(organisation)s, id, %(kind)s, %(key)s,
           '', %(payload)s::jsonb, %(on)s, due_at, %(is_shown_here)s, %(at)s
    FROM person ON CONFLICT DO NOTHING RETURNING 1
), message AS (
    INSERT INTO notices_delivery (id, organisation_id, user_id, channel, key, due_at, created_at, attempts, last_error)
    SELECT (%(prefix)s || substr(gen_random_uuid()::text, %(rest)s))::uuid, %(organisation)s, id, way, %(day)s,
           due_at, %(at)s, 0, ''
    FROM person, unnest(%(channels)s::text[]) AS way ON CONFLICT DO NOTHING RETURNING 1
)
SELECT (SELECT count(*) FROM told), (SELECT count(*) FROM message)
"""
TAKE_BACK = """
WITH there AS (
    SELECT user_id, count(*) AS messages FROM notices_delivery
    WHERE user_id = ANY(%(ids)s::uuid[]) AND key = %(day)s GROUP BY user_id
), held AS (
    SELECT user_id, count(*) AS messages FROM (
        SELECT user_id FROM notices_delivery
        WHERE user_id = ANY(%(ids)s::uuid[]) AND key = %(day)s AND claimed_until IS NULL
          AND sent_at IS NULL AND dropped_at IS NULL AND died_at IS NULL
        FOR SHARE SKIP LOCKED
    ) AS open GROUP BY user_id
)
DELETE FROM notices_notice USING there LEFT JOIN held USING (user_id)
WHERE notices_notice.user_id = there.user_id AND there.messages > coalesce(held.messages, 0)
  AND kind = %(kind)s AND notices_notice.key = %(key)s AND created_at = %(at)s AND id::text LIKE %(prefix)s || '%%'
"""
"""As in hold_day: a message that went out meanwhile would leave its notice untold, so it is planned anew."""


@dataclass(frozen=True, slots=True)
class DayNotice:
    """A notice for the message of a person's day. `channels` are the ways that are open, HERE among them.

    Rows of one key and day have the same `payload`; `due_at` is a whole second.
    """

    user_id: UUID
    key: str
    on: date
    due_at: datetime
    channels: frozenset[Channel]
    payload: dict[str, Any] = field(default_factory=dict)


def put_notices(
    *, organisation: Organisation, kind: NoticeKind, rows: Sequence[DayNotice], at: datetime
) -> int:
    """Make the notices that are not there yet, and the messages of their days; how many notices were new.

    Idempotent, also when two planners do it at once. Rows without an open way are left out.
    """
    wanted = sorted((row for row in rows if row.channels), key=attrgetter("user_id.int"))
    parts = [wanted[first : first + ROWS_AT_ONCE] for first in range(0, len(wanted), ROWS_AT_ONCE)]
    if len(parts) < MANY_PARTS or connection.vendor != "postgresql" or connection.in_atomic_block:
        return sum(_put_part(organisation, kind, part, at) for part in parts)
    with ThreadPoolExecutor(HANDS) as pool:
        hands = [pool.submit(_put_parts, organisation, kind, parts[hand::HANDS], at) for hand in range(HANDS)]
        return sum(hand.result() for hand in hands)


def _put_parts(
    organisation: Organisation, kind: NoticeKind, parts: Sequence[Sequence[DayNotice]], at: datetime
) -> int:
    """In a thread with a connection of its own, which ends with it."""
    try:
        return sum(_put_part(organisation, kind, part, at) for part in parts)
    finally:
        connection.close()


@transaction.atomic
def _put_part(organisation: Organisation, kind: NoticeKind, rows: Sequence[DayNotice], at: datetime) -> int:
    put = _put_by_arrays if connection.vendor == "postgresql" else _put_by_rows
    return put(organisation, kind, rows, at)


def _put_by_arrays(
    organisation: Organisation, kind: NoticeKind, rows: Sequence[DayNotice], at: datetime
) -> int:
    """One statement for everybody who is told the same; only the person and the moment differ. Ids are version 7."""
    alike: dict[tuple[str, date, frozenset[Channel]], list[DayNotice]] = defaultdict(list)
    for row in rows:
        alike[row.key, row.on, row.channels].append(row)
    made = 0
    with connection.cursor() as cursor:
        for (key, on, channels), people in alike.items():
            ways = [channel.value for channel in OUTWARD if channel in channels]
            shared = {
                "organisation": organisation.pk,
                "kind": kind.value,
                "key": key,
                "payload": json.dumps(people[0].payload),
                "on": on,
                "day": on.isoformat(),
                "is_shown_here": Channel.HERE in channels,
                "channels": ways,
                "at": at,
                "prefix": str(new_id())[:LENGTH_OF_PREFIX],
                "rest": LENGTH_OF_PREFIX + 1,
            }
            ids = ",".join([str(row.user_id) for row in people])
            seconds = ",".join([str(int(row.due_at.timestamp())) for row in people])
            cursor.execute(INSERT, {**shared, "ids": f"{{{ids}}}", "seconds": f"{{{seconds}}}"})
            told, messages = cursor.fetchone()
            made += told
            if messages < len(people) * len(ways):
                cursor.execute(TAKE_BACK, {**shared, "ids": f"{{{ids}}}"})
                made -= cursor.rowcount
    return made


def _put_by_rows(
    organisation: Organisation, kind: NoticeKind, rows: Sequence[DayNotice], at: datetime
) -> int:
    """The same for SQLite, where one writer at a time counts what is there before and after."""
    told = Notice.objects.filter(organisation=organisation, kind=kind)
    before = told.count()
    gone = _gone(organisation, rows)
    rows = [row for row in rows if (row.user_id, row.on.isoformat()) not in gone]
    Notice.objects.bulk_create(
        [
            Notice(
                organisation_id=organisation.pk,
                user_id=row.user_id,
                kind=kind,
                key=row.key,
                payload=row.payload,
                on=row.on,
                due_at=row.due_at,
                is_shown_here=Channel.HERE in row.channels,
                created_at=at,
            )
            for row in rows
        ],
        ignore_conflicts=True,
    )
    Delivery.objects.bulk_create(
        [
            Delivery(
                organisation_id=organisation.pk,
                user_id=row.user_id,
                channel=channel,
                key=row.on.isoformat(),
                due_at=row.due_at,
                created_at=at,
            )
            for row, channel in _messages(rows)
        ],
        ignore_conflicts=True,
    )
    return told.count() - before


def _gone(organisation: Organisation, rows: Sequence[DayNotice]) -> set[tuple[UUID, str]]:
    """(person, day) of messages that have gone out, or are being sent, since they were planned."""
    days = {row.on.isoformat() for row in rows}
    there = Delivery.objects.filter(user__organisation=organisation, key__in=days)
    in_hand = there.filter(claimed_until__isnull=False)
    return {*there.closed().values_list("user_id", "key"), *in_hand.values_list("user_id", "key")}


def _messages(rows: Sequence[DayNotice]) -> Iterator[tuple[DayNotice, Channel]]:
    for row in rows:
        for channel in OUTWARD:
            if channel in row.channels:
                yield row, channel
