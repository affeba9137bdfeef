"""Storing the changed columns of many rows at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Model

FEW = 20
BATCH = 500


def store_rows(model: type[Model], rows: Sequence[Any], columns: Sequence[str]) -> None:
    """Write `columns` of existing rows, which were read whole and are locked.

    A few rows are updated; many are sent as insert-or-update, which databases do ten times faster than one update
    with a case for each row and column.
    """
    manager: Any = getattr(model, "everything", model._default_manager)
    if len(rows) <= FEW:
        manager.bulk_update(rows, columns, batch_size=BATCH)
        return
    manager.bulk_create(
        rows, batch_size=BATCH, update_conflicts=True, unique_fields=["id"], update_fields=list(columns)
    )
