"""Thousands of rows without the toll of the ORM: for what is followed or counted in memory."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet, TextField
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast


def plain_rows(found: QuerySet[Any, Any]) -> list[tuple[Any, ...]]:
    """Rows of a `values_list` as the driver gives them: text, whole numbers and None; what is true may be 1."""
    try:
        sql, params = found.query.sql_with_params()
    except EmptyResultSet:
        return []
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def id_text(expression: str | Combinable) -> Cast:
    """An id as the database writes it; `known_id` makes a UUID of it. To follow links the text is enough."""
    return Cast(expression, TextField())
