"""One seam for the locks that keep rolled-up numbers exact while many people write."""

from __future__ import annotations

from uuid import UUID

from django.db import connection

from common.past import seen_until

LOCK_SPACE = 0x0C12
FEED_SPACE = 0x0C13


def lock_graph(organisation_id: UUID, *, exclusively: bool = False) -> None:
    """Hold the organisation's graph until the transaction ends.

    Check-ins take it shared; whatever changes the shape of the graph (links, parts, states) takes it exclusively.
    PostgreSQL: an advisory lock. SQLite: nothing to do, an IMMEDIATE transaction already is the only writer.
    """
    if connection.vendor != "postgresql" or seen_until() is not None:
        return
    if not connection.in_atomic_block:
        raise RuntimeError("lock_graph() needs a transaction, or the lock would be gone at once")
    function = "pg_advisory_xact_lock" if exclusively else "pg_advisory_xact_lock_shared"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(%s, %s)", [LOCK_SPACE, organisation_id.int % 2**31])


def try_lock_graph(organisation_id: UUID) -> bool:
    """Hold the graph exclusively if nobody else holds it now; whether it is held. Never waits on PostgreSQL."""
    if connection.vendor != "postgresql" or seen_until() is not None:
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [LOCK_SPACE, organisation_id.int % 2**31])
        return bool(cursor.fetchone()[0])


def lock_feed(organisation_id: UUID) -> None:
    """Be the only one who gives places in the organisation's feed of changes, until the transaction ends.

    PostgreSQL: an advisory lock that writers never take. SQLite: an IMMEDIATE transaction is the only writer anyhow.
    """
    if connection.vendor != "postgresql":
        return
    if not connection.in_atomic_block:
        raise RuntimeError("lock_feed() needs a transaction, or the lock would be gone at once")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [FEED_SPACE, organisation_id.int % 2**31])
