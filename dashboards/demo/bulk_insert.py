"""Inserting very many rows of one table: COPY on PostgreSQL, one prepared statement on SQLite."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC
from typing import Any

from django.db import connection, models

Prepare = Callable[[Any], Any]
ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def insert_rows(model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert rows given as values in the order of `names` (field names; foreign keys take the id).

    Fields that are not named keep the database's default; those without one must be named.
    """
    fields: list[Any] = [model._meta.get_field(name) for name in names]
    columns = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    table = connection.ops.quote_name(model._meta.db_table)
    if connection.vendor == "postgresql":
        _copy(f"COPY {table} ({columns}) FROM STDIN", [_as_text(field) for field in fields], rows)
        return
    marks = ", ".join("?" for _ in fields)
    prepares = [_for_sqlite(field) for field in fields]
    prepared = ([prepare(value) for prepare, value in zip(prepares, row, strict=True)] for row in rows)
    with connection.cursor() as cursor:
        statement = f"INSERT INTO {table} ({columns}) VALUES ({marks})"  # noqa: S608 - names come from the models
        cursor.cursor.connection.executemany(statement, prepared)


def _copy(statement: str, as_text: Sequence[Prepare], rows: Iterable[Sequence[Any]]) -> None:
    lines = io.StringIO()
    for row in rows:
        texts = (r"\N" if value is None else text(value) for text, value in zip(as_text, row, strict=True))
        lines.write("\t".join(texts) + "\n")
    lines.seek(0)
    with connection.cursor() as cursor:
        cursor.copy_expert(statement, lines)


def _as_text(field: Any) -> Prepare:
    """How COPY wants a value written."""
    if isinstance(field, models.JSONField):
        return lambda value: json.dumps(value).translate(ESCAPES)
    if isinstance(field, models.CharField | models.TextField):
        return lambda value: str(value).translate(ESCAPES)
    return str


def _for_sqlite(field: Any) -> Prepare:
    """How Django keeps a value of that field in SQLite."""
    target = field.target_field if isinstance(field, models.ForeignKey) else field
    if isinstance(target, models.UUIDField):
        return lambda value: None if value is None else value.hex
    if isinstance(field, models.JSONField):
        return lambda value: None if value is None else json.dumps(value)
    if isinstance(field, models.DateTimeField):
        return lambda value: None if value is None else str(value.astimezone(UTC).replace(tzinfo=None))
    if isinstance(field, models.DateField | models.DecimalField):
        return lambda value: None if value is None else str(value)
    return lambda value: value
