"""Whether this thread looks at the past, and until which moment: then nothing is locked, planned or written."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any

from django.db import connection, transaction

_until: ContextVar[datetime | None] = ContextVar("seen_until", default=None)


def seen_until() -> datetime | None:
    """The last moment that may be known; None in the present."""
    return _until.get()


@contextmanager
def looking_back(until: datetime) -> Iterator[None]:
    """Show the database as the caller arranges it inside, and undo everything at the end, whatever was written.

    Tables made inside with the names of real ones hide those (common.twin_tables) from this connection alone. The
    transaction is always rolled back, so the past is read-only. SQLite takes no write lock for it.
    """
    token = _until.set(until)
    plain, grouped = getattr(connection, "transaction_mode", None), connection.features
    before = grouped.allows_group_by_selected_pks
    try:
        if connection.vendor == "sqlite":
            setattr(connection, "transaction_mode", "DEFERRED")  # noqa: B010
        # What hides a table may be a view, which has no primary key to group by.
        setattr(grouped, "allows_group_by_selected_pks", False)  # noqa: B010
        with transaction.atomic():
            yield
            transaction.set_rollback(True)
    finally:
        setattr(grouped, "allows_group_by_selected_pks", before)  # noqa: B010
        if connection.vendor == "sqlite":
            setattr(connection, "transaction_mode", plain)  # noqa: B010
        _until.reset(token)


def as_literal(value: Any) -> str:
    """A moment, a day or an id of ours as a word of SQL; views take no values."""
    if isinstance(value, datetime):
        text = str(connection.ops.adapt_datetimefield_value(value))
    elif hasattr(value, "hex") and connection.vendor == "sqlite":
        text = str(value.hex)
    else:
        text = str(value)
    if "'" in text:
        raise ValueError("not a value of ours")
    return f"'{text}'"
