"""Small lists beside a row, built by the database in the same statement."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from uuid import UUID

import orjson
from django.db import connection
from django.db.models import QuerySet, Subquery, TextField
from django.db.models.functions import JSONObject


class JsonRows(Subquery):
    """The rows of a queryset as one JSON array, in their order; `fields` maps a name to a column.

    Read the annotated text with `json_rows_reader`. PostgreSQL writes the array itself, SQLite through its JSON functions.
    """

    output_field = TextField()

    def __init__(self, rows: QuerySet[Any, Any], **fields: str) -> None:
        super().__init__(rows.values(json_row=JSONObject(**fields)))

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        template = "(SELECT coalesce(json_agg(made.json_row), '[]'::json)::text FROM (%(subquery)s) made)"
        return self.as_sql(compiler, connection, template=template, **context)

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        template = "(SELECT coalesce(json_group_array(json(made.json_row)), '[]') FROM (%(subquery)s) made)"
        return self.as_sql(compiler, connection, template=template, **context)


def json_rows_reader() -> Callable[[str], Any]:
    """How the annotated text becomes an array that can stand in an answer, with the database in use."""
    return orjson.Fragment if connection.vendor == "postgresql" else _with_hyphens


def _with_hyphens(text: str) -> Any:
    """SQLite keeps ids without hyphens; they are put in again."""
    rows = json.loads(text)
    for row in rows:
        row["id"] = UUID(row["id"])
    return rows
