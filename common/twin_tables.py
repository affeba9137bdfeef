"""Tables and views that last as long as a transaction and hide the real ones of the same name from it.

Both databases look for a name among temporary tables first. The real table stays reachable by its schema.
"""

from __future__ import annotations

import io
import json
import re
import zlib
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import Model

BATCH = 400


def real_name(model: type[Model]) -> str:
    """The table itself, also while something hides it."""
    quote = connection.ops.quote_name
    return f"{quote('public' if connection.vendor == 'postgresql' else 'main')}.{quote(model._meta.db_table)}"


def columns_of(model: type[Model]) -> list[str]:
    """Names of the columns as the twin has them, in order."""
    return [str(field.column) for field in model._meta.local_concrete_fields]


def make_twin(model: type[Model]) -> None:
    """An empty table like the model's, with its keys and indexes but without what ties it to other tables."""
    quote = connection.ops.quote_name
    table = quote(model._meta.db_table)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                f"CREATE TEMP TABLE {table} (LIKE {real_name(model)} INCLUDING DEFAULTS INCLUDING INDEXES"
                " INCLUDING IDENTITY) ON COMMIT DROP"
            )
            return
        for statement in _sqlite_statements(model._meta.db_table):
            cursor.execute(statement)


@lru_cache(maxsize=64)
def _sqlite_statements(table: str) -> tuple[str, ...]:
    """Column types are kept word by word: the driver reads values by them."""
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA main.table_info({quote(table)})")
        columns = [
            f"{quote(name)} {kind}{' PRIMARY KEY' if key else ''}"
            for _, name, kind, _, _, key in cursor.fetchall()
        ]
        cursor.execute(
            "SELECT sql FROM main.sqlite_master WHERE type = 'index' AND tbl_name = %s AND sql IS NOT NULL",
            [table],
        )
        indexes = [re.sub(r'^(CREATE (?:UNIQUE )?INDEX )"', r'\1temp."', sql) for (sql,) in cursor.fetchall()]
    return (f"CREATE TEMP TABLE {quote(table)} ({', '.join(columns)})", *indexes)


def make_view(model: type[Model], *, where: str, instead: Mapping[str, str] | None = None) -> None:
    """The real table's rows that meet a condition; `instead` maps a column to the expression shown in its place."""
    quote = connection.ops.quote_name
    shown = [
        f"{instead[name]} AS {quote(name)}" if instead and name in instead else quote(name)
        for name in columns_of(model)
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE TEMP VIEW {quote(model._meta.db_table)} AS"  # noqa: S608
            f" SELECT {', '.join(shown)} FROM {real_name(model)} WHERE {where}"
        )


def copy_real_rows(model: type[Model], *, where: str) -> None:
    """Fill a twin with rows of the real table."""
    quote = connection.ops.quote_name
    names = ", ".join(quote(name) for name in columns_of(model))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {quote(model._meta.db_table)} ({names})"  # noqa: S608
            f" SELECT {names} FROM {real_name(model)} WHERE {where}"
        )


def insert_values(model: type[Model], rows: Iterable[Sequence[Any]]) -> None:
    """Fill a twin with rows of values as the database takes them, one for each column."""
    quote, names = connection.ops.quote_name, columns_of(model)
    places = f"({', '.join(['%s'] * len(names))})"
    target = f"INSERT INTO {quote(model._meta.db_table)} ({', '.join(map(quote, names))}) VALUES "  # noqa: S608
    waiting = list(rows)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            if waiting:
                cursor.executemany(target + places, waiting)
            return
        for start in range(0, len(waiting), BATCH):
            some = waiting[start : start + BATCH]
            cursor.execute(target + ", ".join([places] * len(some)), [value for row in some for value in row])


def settle_twins(models: Iterable[type[Model]]) -> None:
    """Tell the planner how much there is. SQLite needs no telling."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        for model in models:
            cursor.execute(f"ANALYZE {connection.ops.quote_name(model._meta.db_table)}")


def dump_twin(model: type[Model]) -> bytes:
    """All rows of a twin, packed for `load_twin` of the same kind of database."""
    quote = connection.ops.quote_name
    names = ", ".join(quote(name) for name in columns_of(model))
    query = f"SELECT {names} FROM {quote(model._meta.db_table)}"  # noqa: S608
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            out = io.BytesIO()
            cursor.cursor.copy_expert(f"COPY ({query}) TO STDOUT", out)
            return zlib.compress(out.getvalue(), 1)
        # An expression has no declared type, so values come as they are stored.
        stored = ", ".join(f"+{quote(name)}" for name in columns_of(model))
        cursor.execute(f"SELECT {stored} FROM {quote(model._meta.db_table)}")  # noqa: S608
        return zlib.compress(json.dumps(cursor.fetchall(), separators=(",", ":")).encode(), 1)


def load_twin(model: type[Model], packed: bytes) -> None:
    """Fill a twin with what `dump_twin` packed."""
    raw = zlib.decompress(packed)
    quote = connection.ops.quote_name
    if connection.vendor == "postgresql":
        names = ", ".join(quote(name) for name in columns_of(model))
        with connection.cursor() as cursor:
            cursor.cursor.copy_expert(
                f"COPY {quote(model._meta.db_table)} ({names}) FROM STDIN", io.BytesIO(raw)
            )
        return
    insert_values(model, json.loads(raw))
