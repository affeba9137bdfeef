"""Ids read from PostgreSQL, each made once.

The same few thousand ids come back with every page, and making a UUID of text costs more than reading the row. A UUID
never changes, so one object per id may be shared; `MOST` bounds the memory to some 30 MB per process. It is more than
the people of a very large organisation, whose planner reads all of them in the same order again and again.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any
from uuid import UUID

from django.conf import settings

MOST = 131_072
UUID_TYPE = 2950
"""PostgreSQL's own number for its type uuid."""
known_id = lru_cache(maxsize=MOST)(UUID)


def read_ids_once() -> None:
    """Let the PostgreSQL driver look ids up before it makes them; called once per process, nothing with SQLite."""
    if not settings.DATABASES["default"]["ENGINE"].endswith("postgresql"):
        return
    from psycopg2.extensions import new_type, register_type  # type: ignore[import-untyped]

    register_type(new_type((UUID_TYPE,), "UUID", _read))


def _read(text: str | None, cursor: Any) -> UUID | None:
    return None if text is None else known_id(text)
