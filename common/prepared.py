"""Querysets of the hottest paths, put into SQL and planned once instead of at every call (docs/decisions/0009)."""

from __future__ import annotations

import copy
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import QuerySet
from django.db.models.query import FlatValuesListIterable, ModelIterable, ValuesListIterable
from django.db.transaction import TransactionManagementError

from common.past import seen_until

Row = TypeVar("Row")
Value = UUID | str
Given = Value | Collection[UUID]

MOST_IDS = 64
"""Longer lists are rare; they go the ordinary way, so that few statements are remembered."""
_numbers = count(1)


class Prepared(Generic[Row]):
    """A queryset as a function of ids and words, which the framework turns into SQL only the first time.

    `build` is called with stand-ins: a UUID, a word, or a list of UUIDs for each argument. It returns a queryset that
    hands them to the database as they are; nothing else may depend on them. Calling the object runs the statement
    with real values and returns the rows that `list(build(...))` would. An empty collection of ids means that no row
    can match: the answer is then empty without a statement.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Row]]) -> None:
        self._build = build
        self._known: dict[tuple[object, ...], _Statement] = {}

    def __call__(self, *given: Given) -> list[Row]:
        if seen_until() is not None:  # a plan belongs to the table it was made for
            return list(self._build(*given))
        values: list[Value] = []
        shape: list[object] = []
        for one in given:
            if isinstance(one, UUID | str):
                values.append(one)
                shape.append(type(one))
                continue
            ids = tuple(one)
            if not ids:
                return []
            if len(ids) > MOST_IDS:
                return list(self._build(*given))
            room = _room_for(len(ids))
            values += ids
            values += ids[-1:] * (room - len(ids))  # an id named twice matches nothing more
            shape.append(room)
        connection = connections[DEFAULT_DB_ALIAS]
        key = (connection.vendor, *shape)
        statement = self._known.get(key)
        if statement is None:
            statement = self._known[key] = _prepare(connection, self._build, shape)
        return statement.run(connection, values)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in the SQL's list of values a given one belongs."""

    number: int


@dataclass(frozen=True, slots=True)
class _Statement:
    """A queryset with the compiler that has put it into SQL, and the values of that SQL, some of them places."""

    name: str
    rows: Any
    compiler: Any
    converters: dict[int, Any]
    sql: str
    values: tuple[Any, ...]

    def run(self, connection: Any, given: Sequence[Value]) -> list[Any]:
        """The framework's own way from here on, with the SQL and the converters that are known already."""
        if self.rows.query.select_for_update and not connection.in_atomic_block:
            raise TransactionManagementError("Rows can be locked inside a transaction only.")
        sent = [_as_sent(connection, one) for one in given]
        values = tuple(sent[one.number] if isinstance(one, _Place) else one for one in self.values)
        sql = self._planned(connection) if connection.vendor == "postgresql" else self.sql
        compiler = copy.copy(self.compiler)  # another thread may run the same statement
        compiler.connection = connection
        if self.rows._iterable_class is not ModelIterable:
            return self._columns(compiler, sql, values)
        compiler.as_sql = lambda *_, **__: (sql, values)
        compiler.get_converters = lambda *_: self.converters
        rows = copy.copy(self.rows)
        rows._query = copy.copy(self.rows.query)
        rows._query.get_compiler = lambda *_, **__: compiler
        return list(rows._iterable_class(rows))

    def _columns(self, compiler: Any, sql: str, values: Sequence[Any]) -> list[Any]:
        """What values_list() asks for."""
        with compiler.connection.cursor() as cursor:
            cursor.execute(sql, values)
            rows = cursor.fetchall()
        if self.converters:
            rows = compiler.apply_converters(rows, self.converters)
        if self.rows._iterable_class is FlatValuesListIterable:
            return [row[0] for row in rows]
        return [tuple(row) for row in rows]

    def _planned(self, connection: Any) -> str:
        """SQL that runs the plan which PostgreSQL keeps for this connection; makes the plan the first time."""
        connection.close_if_health_check_failed()
        connection.ensure_connection()
        on, names = getattr(connection, "_okr_planned", (None, set[str]()))
        if on is not connection.connection:  # another connection than last time
            on, names = connection._okr_planned = (connection.connection, set[str]())
        if self.name not in names:
            first, *others = self.sql.replace("%%", "%").split("%s")
            numbered = first + "".join(f"${place}{part}" for place, part in enumerate(others, start=1))
            with connection.wrap_database_errors, on.cursor() as cursor:
                cursor.execute(f"PREPARE {self.name} AS {numbered}")
            names.add(self.name)
        return f"EXECUTE {self.name} ({', '.join(['%s'] * len(self.values))})"


def _as_sent(connection: Any, value: Value) -> Any:
    """SQLite keeps ids as 32 hexadecimal digits."""
    return value if isinstance(value, str) or connection.features.has_native_uuid_field else value.hex


def _room_for(count: int) -> int:
    """The next power of two, so that lists of 5 to 8 ids share one statement."""
    return 1 << max(0, count - 1).bit_length()


def _prepare(
    connection: Any, build: Callable[..., QuerySet[Any, Any]], shape: Sequence[object]
) -> _Statement:
    stand_ins: list[Value] = []
    arguments: list[Given] = []
    for one in shape:
        start = len(stand_ins)
        if isinstance(one, int):
            ids = [UUID(int=2**127 + start + place) for place in range(one)]
            stand_ins += ids
            arguments.append(ids)
        else:
            single = UUID(int=2**127 + start) if one is UUID else f"stand-in {start}"
            stand_ins.append(single)
            arguments.append(single)
    rows = build(*arguments)
    compiler = rows.query.get_compiler(connection=connection)
    sql, values = compiler.as_sql()
    places = {_as_sent(connection, one): _Place(number) for number, one in enumerate(stand_ins)}
    placed = tuple(places.get(one, one) if isinstance(one, Value) else one for one in values)
    if {one for one in placed if isinstance(one, _Place)} != set(places.values()):
        raise ValueError("A prepared queryset must hand every value to the database.")
    if rows._iterable_class not in (ModelIterable, ValuesListIterable, FlatValuesListIterable):
        raise ValueError("A prepared queryset gives rows of models or values_list().")
    columns = [column for column, *_ in compiler.select[: compiler.col_count]]
    return _Statement(f"okr_{next(_numbers)}", rows, compiler, compiler.get_converters(columns), sql, placed)
