"""Giving committed events their place in the feed of changes: no gap, no repeat, nothing before what it depends on.

Why this holds (decision 0011): an event that depends on another was inserted after the other was committed, so its
number of insertion is greater, and whoever sees it sees the other. Places are given by one hand at a time, to
everything that is visible and has none, in the order of those numbers, and never change.
"""

from __future__ import annotations

from uuid import UUID

from django.db import connection, transaction

from activity.models import Event
from common.locks import lock_feed

BATCH = 5_000


def number_events(organisation_id: UUID) -> int:
    """Give the organisation's committed events without a place the next ones; returns how many got one.

    Cheap when there is nothing to do: one look at a small index, no lock. Safe to call at any time, many times at once.
    """
    if not waiting_events(organisation_id):
        return 0
    with transaction.atomic():
        lock_feed(organisation_id)
        placed = 0
        while some := _place_some(organisation_id):
            placed += some
            if some < BATCH:
                break
    return placed


def number_all_events() -> int:
    """The same for every organisation that has any waiting, each in a transaction of its own."""
    waiting = Event.objects.filter(position__isnull=True).order_by()
    return sum(number_events(pk) for pk in set(waiting.values_list("organisation_id", flat=True).distinct()))


def waiting_events(organisation_id: UUID) -> bool:
    """Whether an event that this connection sees has no place yet."""
    return Event.objects.filter(organisation_id=organisation_id, position__isnull=True).exists()


def _place_some(organisation_id: UUID) -> int:
    """The statement sees all that was committed when it starts, which is after the lock was taken."""
    is_counted = connection.vendor == "postgresql"
    organisation = Event._meta.get_field("organisation").get_db_prep_value(organisation_id, connection)
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            UPDATE activity_event SET position = placed.place
            FROM (
                SELECT id, row_number() OVER (ORDER BY {"number" if is_counted else "rowid"}) + (
                    SELECT coalesce(max(position), 0) FROM activity_event
                    WHERE organisation_id = %s AND position IS NOT NULL
                ) AS place
                FROM activity_event WHERE organisation_id = %s AND position IS NULL
                ORDER BY {"number" if is_counted else "rowid"} LIMIT {BATCH}
            ) AS placed
            WHERE activity_event.id = placed.id
            """,  # noqa: S608
            [organisation, organisation],
        )
        return int(cursor.rowcount)
