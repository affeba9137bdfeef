"""Plain INSERT and UPDATE for the hottest paths: the framework's own cost more than the database (decision 0009)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Model

BATCH = 500


def insert_row(row: Model) -> None:
    """Insert a new row as `save(force_insert=True)` would; for models without defaults made by the database."""
    connection: Any = connections[DEFAULT_DB_ALIAS]
    fields = type(row)._meta.local_concrete_fields
    values = [field.get_db_prep_save(field.pre_save(row, True), connection) for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(_insert_statement(type(row)), values)
    row._state.adding = False
    row._state.db = DEFAULT_DB_ALIAS


def update_rows(model: type[Model], rows: Sequence[Any], columns: Sequence[str]) -> None:
    """Write these columns of rows that exist; one statement for up to 500 of them. A row needs `pk` and the columns.

    An update with a case for every row and column, as `bulk_update` sends it, takes databases ten times longer.
    """
    connection: Any = connections[DEFAULT_DB_ALIAS]
    meta: Any = model._meta
    fields = [meta.get_field(name) for name in columns]
    for start in range(0, len(rows), BATCH):
        some = rows[start : start + BATCH]
        values: list[Any] = []
        for row in some:
            values.append(meta.pk.get_db_prep_save(row.pk, connection))
            values += [field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields]
        with connection.cursor() as cursor:
            cursor.execute(_update_statement(model, tuple(columns), len(some)), values)


@lru_cache(maxsize=256)
def _insert_statement(model: type[Model]) -> str:
    """Names in these statements are those of our own tables and columns."""
    quote = connections[DEFAULT_DB_ALIAS].ops.quote_name
    fields: Any = model._meta.local_concrete_fields
    columns = ", ".join(quote(field.column) for field in fields)
    return f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES {_places(len(fields))}"  # noqa: S608


@lru_cache(maxsize=256)
def _update_statement(model: type[Model], columns: tuple[str, ...], rows: int) -> str:
    """Values are sent as a table of their own: its first column is the id, the others follow in order."""
    quote = connections[DEFAULT_DB_ALIAS].ops.quote_name
    meta: Any = model._meta
    table = quote(meta.db_table)
    fields = enumerate((meta.get_field(name) for name in columns), start=2)
    assignments = ", ".join(f"{quote(field.column)} = {_sent(field, place)}" for place, field in fields)
    sent = ", ".join([_places(1 + len(columns))] * rows)
    return (
        f"UPDATE {table} SET {assignments} FROM (VALUES {sent}) AS sent"  # noqa: S608
        f" WHERE {table}.{quote(meta.pk.column)} = sent.column1"
    )


def _sent(field: Any, place: int) -> str:
    """A column of what is sent. PostgreSQL takes a column of nothing but nulls for text unless told otherwise."""
    connection = connections[DEFAULT_DB_ALIAS]
    if connection.vendor != "postgresql":
        return f"sent.column{place}"
    return f"CAST(sent.column{place} AS {field.db_type(connection)})"


def _places(count: int) -> str:
    return f"({', '.join(['%s'] * count)})"
