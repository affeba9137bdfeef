"""Pages that stay whole while rows come and go: the place is a row's own key, never a count."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet

Row = TypeVar("Row")
Other = TypeVar("Other")

DEFAULT_PAGE_SIZE = 100
LARGEST_PAGE_SIZE = 500


class UnknownCursor(ValueError):
    """The text is no cursor that we gave out."""


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place between two rows: before or after the row with this key."""

    key: tuple[str, ...]
    is_backward: bool

    def as_text(self) -> str:
        content = json.dumps([int(self.is_backward), *self.key], separators=(",", ":"))
        return base64.urlsafe_b64encode(content.encode()).decode().rstrip("=")

    @classmethod
    def from_text(cls, text: str) -> Cursor:
        """Raises UnknownCursor."""
        try:
            content = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        except (ValueError, binascii.Error) as error:
            raise UnknownCursor(text) from error
        is_list = isinstance(content, list) and len(content) > 1 and content[0] in (0, 1)
        if not is_list or not all(isinstance(part, str) for part in content[1:]):
            raise UnknownCursor(text)
        return cls(key=tuple(content[1:]), is_backward=bool(content[0]))


@dataclass(frozen=True, slots=True)
class PageRequest:
    """Which stretch of a list is asked for."""

    size: int = DEFAULT_PAGE_SIZE
    cursor: Cursor | None = None


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """One stretch of a list, with the way to its neighbours (None at the ends)."""

    rows: Sequence[Row]
    next: Cursor | None
    previous: Cursor | None

    def holding(self, rows: Sequence[Other]) -> Page[Other]:
        """The same stretch with other rows in it."""
        return Page(rows=rows, next=self.next, previous=self.previous)


ORDER_BY_ID = ("id",)


def slice_page(rows: QuerySet[Any, Any], page: PageRequest, order: Sequence[str] = ORDER_BY_ID) -> Page[Any]:
    """The rows of the page. One query.

    `order` names fields that are never null and end in a unique one; all ascending, or all with "-".
    Raises UnknownCursor when the cursor belongs to another order.
    """
    names = [name.removeprefix("-") for name in order]
    is_descending = order[0].startswith("-")
    cursor = page.cursor
    is_backward = cursor is not None and cursor.is_backward
    if cursor is not None:
        rows = rows.filter(_beyond(rows.model, names, cursor, goes_down=is_descending is not is_backward))
    direction = "-" if is_descending is not is_backward else ""
    found = list(rows.order_by(*(f"{direction}{name}" for name in names))[: page.size + 1])
    has_more = len(found) > page.size
    found = found[: page.size]
    if is_backward:
        found.reverse()
    has_next = bool(found) and (is_backward or has_more)
    has_previous = bool(found) and (has_more if is_backward else cursor is not None)
    return Page(
        rows=found,
        next=Cursor(_key(found[-1], names), is_backward=False) if has_next else None,
        previous=Cursor(_key(found[0], names), is_backward=True) if has_previous else None,
    )


def _key(row: Any, names: Sequence[str]) -> tuple[str, ...]:
    values: list[Any] = [row[name] if isinstance(row, dict) else getattr(row, name) for name in names]
    return tuple(value.isoformat() if hasattr(value, "isoformat") else str(value) for value in values)


def _value(value: Any) -> Any:
    """Moments in UTC, so that every database can take them."""
    if not isinstance(value, datetime):
        return value
    return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def _beyond(model: type[Model], names: Sequence[str], cursor: Cursor, *, goes_down: bool) -> Q:
    if len(cursor.key) != len(names):
        raise UnknownCursor(cursor.as_text())
    try:
        fields: list[Any] = [model._meta.get_field(name) for name in names]
        values = [_value(one.to_python(text)) for one, text in zip(fields, cursor.key, strict=True)]
    except (ValidationError, OverflowError) as error:
        raise UnknownCursor(cursor.as_text()) from error
    comparison = "lt" if goes_down else "gt"
    condition = Q()
    for place, name in enumerate(names):
        step = Q(**{earlier: values[index] for index, earlier in enumerate(names[:place])})
        condition |= step & Q(**{f"{name}__{comparison}": values[place]})
    return condition
