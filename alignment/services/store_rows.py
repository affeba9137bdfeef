"""Storing the columns of rows that a recomputation changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Model

from common.write_rows import update_rows

DAILY = {"expected"}
"""What changes with the calendar alone."""
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
    """Write what changed of existing rows, which are locked; `columns` are all that may have changed."""
    differing = {name for _, names in changed for name in names}
    if differing:
        update_rows(model, [row for row, _ in changed], [name for name in columns if name in differing])
