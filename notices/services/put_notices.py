"""Making many notices and the messages that carry them: two statements for thousands of people on PostgreSQL."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from common.ids import new_id
from notices.models import Delivery, Notice
from notices.rules.kinds import Channel, NoticeKind
from people.models import Organisation

ROWS_AT_ONCE = 5_000
"""A transaction holds no more rows than this, so that nobody who writes beside it waits long."""

INSERT_NOTICES = """
INSERT INTO notices_notice (id, organisation_id, user_id, kind, key, subject_type, payload, "on", due_at,
                            is_shown_here, created_at)
SELECT row.id, %(organisation)s, row.user_id, %(kind)s, row.key, '', row.payload, row.day, row.due_at,
       row.is_shown_here, %(at)s
FROM unnest(%(ids)s::uuid[], %(users)s::uuid[], %(keys)s::text[], %(payloads)s::jsonb[], %(days)s::date[],
            %(moments)s::timestamptz[], %(shown)s::boolean[])
     AS row (id, user_id, key, payload, day, due_at, is_shown_here)
ON CONFLICT DO NOTHING
"""
INSERT_DELIVERIES = """
INSERT INTO notices_delivery (id, organisation_id, user_id, channel, key, due_at, created_at, attempts, last_error)
SELECT row.id, %(organisation)s, row.user_id, row.channel, row.key, row.due_at, %(at)s, 0, ''
FROM unnest(%(ids)s::uuid[], %(users)s::uuid[], %(channels)s::text[], %(keys)s::text[],
            %(moments)s::timestamptz[])
     AS row (id, user_id, channel, key, due_at)
ON CONFLICT DO NOTHING
"""


@dataclass(frozen=True, slots=True)
class DayNotice:
    """A notice for the message of a person's day. `channels` are the ways that are open, HERE among them."""

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
    wanted = sorted((row for row in rows if row.channels), key=lambda row: row.user_id)
    made = 0
    for first in range(0, len(wanted), ROWS_AT_ONCE):
        part = wanted[first : first + ROWS_AT_ONCE]
        with transaction.atomic():
            put = _put_by_arrays if connection.vendor == "postgresql" else _put_by_rows
            made += put(organisation, kind, part, at)
    return made


def _put_by_arrays(
    organisation: Organisation, kind: NoticeKind, rows: Sequence[DayNotice], at: datetime
) -> int:
    shared: dict[str, Any] = {"organisation": organisation.pk, "at": at}
    notices: dict[str, Any] = {
        **shared,
        "kind": kind.value,
        "ids": _ids(len(rows)),
        "users": [str(row.user_id) for row in rows],
        "keys": [row.key for row in rows],
        "payloads": [json.dumps(row.payload) for row in rows],
        "days": [row.on for row in rows],
        "moments": [row.due_at for row in rows],
        "shown": [Channel.HERE in row.channels for row in rows],
    }
    messages = list(_messages(rows))
    deliveries: dict[str, Any] = {
        **shared,
        "ids": _ids(len(messages)),
        "users": [str(row.user_id) for row, _ in messages],
        "channels": [channel.value for _, channel in messages],
        "keys": [row.on.isoformat() for row, _ in messages],
        "moments": [row.due_at for row, _ in messages],
    }
    with connection.cursor() as cursor:
        cursor.execute(INSERT_NOTICES, notices)
        made: int = cursor.rowcount
        cursor.execute(INSERT_DELIVERIES, deliveries)
    return made


def _put_by_rows(
    organisation: Organisation, kind: NoticeKind, rows: Sequence[DayNotice], at: datetime
) -> int:
    """The same for SQLite, where one writer at a time counts what is there before and after."""
    told = Notice.objects.filter(organisation=organisation, kind=kind)
    before = told.count()
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


def _messages(rows: Sequence[DayNotice]) -> Iterator[tuple[DayNotice, Channel]]:
    for row in rows:
        for channel in (Channel.EMAIL, Channel.CHAT):
            if channel in row.channels:
                yield row, channel


def _ids(count: int) -> list[str]:
    return [str(new_id()) for _ in range(count)]
