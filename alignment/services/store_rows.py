"""Storing the columns of rows that a recomputation changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Model

DAILY = {"expected"}
"""What changes with the calendar alone."""
FEW = 20
BATCH = 500
Changed = list[tuple[Any, list[str]]]
"""Rows, each with the names of the columns that differ from what is stored."""


def assign(row: Any, facts: Mapping[str, Any]) -> list[str]:
    """Set the attributes that differ; returns their names."""
    differing = [name for name, value in facts.items() if getattr(row, name) != value]
    for name in differing:
        setattr(row, name, facts[name])
    return differing


def touched(row: Any, names: list[str], at: datetime | None) -> list[str]:
    """`names`, and `updated_at` when more than the expected value of the day has changed; None leaves it alone."""
    if at is None or set(names) <= DAILY:
        return names
    row.updated_at = at
    return [*names, "updated_at"]


def store_rows(model: type[Model], changed: Changed, columns: Sequence[str]) -> None:
    """Write what changed of existing rows, which are locked; `columns` are all that may have changed.

    A few rows are updated in one statement with the columns that differ on any of them. Many are sent as
    insert-or-update, which databases do ten times faster than an update with a case for every row and column; they
    must have been read whole.
    """
    manager: Any = getattr(model, "everything", model._default_manager)
    if len(changed) > FEW:
        manager.bulk_create(
            [row for row, _ in changed],
            batch_size=BATCH,
            update_conflicts=True,
            unique_fields=["id"],
            update_fields=list(columns),
        )
        return
    if changed:
        _update(model, changed, columns)


def _update(model: type[Model], changed: Changed, columns: Sequence[str]) -> None:
    """One statement for a few rows; the framework's own way would be one for each, and slower to put into SQL."""
    differing = {name for _, names in changed for name in names}
    meta: Any = model._meta
    fields = [meta.get_field(name) for name in columns if name in differing]
    quote = connection.ops.quote_name
    values: list[Any] = []
    for row, _ in changed:
        values.append(meta.pk.get_db_prep_save(row.pk, connection))
        values += [field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields]
    assignments = ", ".join(
        f"{quote(field.column)} = {_cast(field, place)}" for place, field in enumerate(fields, start=2)
    )
    row_of_values = f"({', '.join(['%s'] * (1 + len(fields)))})"
    table = quote(meta.db_table)
    statement = (  # names of our own columns only, nothing that anybody typed
        f"UPDATE {table} SET {assignments} FROM (VALUES {', '.join([row_of_values] * len(changed))}) AS sent"  # noqa: S608
        f" WHERE {table}.{quote(meta.pk.column)} = sent.column1"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def _cast(field: Any, place: int) -> str:
    """A column of the values sent. PostgreSQL takes a column of nothing but nulls for text unless told otherwise."""
    if connection.vendor != "postgresql":
        return f"sent.column{place}"
    return f"CAST(sent.column{place} AS {field.db_type(connection)})"
