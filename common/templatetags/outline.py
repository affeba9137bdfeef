"""Addresses that open and close rows of an outline: `{{ query|opening:id }}`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import template
from django.http import QueryDict

register = template.Library()
NOBODY = UUID(int=0)
"""Stands for the row in an address that is made once for all rows: `{{ opening_at|of_row:id }}`."""


@register.filter
def opening(query: QueryDict, value: Any) -> str:
    """The same page with one more row open; "all" opens every row, "" closes every row."""
    changed = query.copy()
    if value in ("", "all"):
        changed.pop("open", None)
        if value:
            changed["open"] = "all"
    else:
        changed.appendlist("open", str(value))
    return f"?{changed.urlencode()}"


@register.filter
def closing(query: QueryDict, value: Any) -> str:
    """The same page with one row less open."""
    changed = query.copy()
    changed.setlist("open", [one for one in changed.getlist("open") if one not in (str(value), "all")])
    return f"?{changed.urlencode()}"


@register.filter
def at_row(rows_by_id: Mapping[UUID, Any], value: UUID) -> Any:
    """What a mapping holds for a row; nothing for a row that it does not name."""
    return rows_by_id.get(value, ())


@register.filter
def of_row(address: str, value: Any) -> str:
    """The address of one row, from the one that was made for `NOBODY`; a page with many rows makes it once."""
    return address.replace(str(NOBODY), str(value))
