"""Thousands of rows without the toll of the ORM: for what is followed or counted in memory."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet


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
