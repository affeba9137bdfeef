"""Storing the columns of rows that a recomputation changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

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

    A few rows are updated one by one, with only what differs. Many are sent as insert-or-update, which databases do
    ten times faster than an update with a case for every row and column; they must have been read whole.
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
    for row, names in changed:
        manager.filter(pk=row.pk).update(**_values(row, names))


def _values(row: Any, names: Iterable[str]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}
