"""Addresses that open and close rows of an outline: `{{ query|opening:id }}`."""

from __future__ import annotations

from typing import Any

from django import template
from django.http import QueryDict

register = template.Library()


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
