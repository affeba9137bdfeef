"""Plain values of the interface: how numbers and moments stand in JSON (docs: api.md, "Values")."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, TypeAlias

import orjson

SAFE_DIGITS = 15
"""A double holds so many significant digits; longer and very small numbers are written out as they are."""

PlainNumber: TypeAlias = int | float | orjson.Fragment | None


def plain_number(value: Decimal | int | None) -> PlainNumber:
    """A JSON number that says exactly `value`: whole numbers without a point, no exponent, None as null."""
    if value is None or isinstance(value, int):
        return value
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    if len(text) > SAFE_DIGITS or text.lstrip("-").startswith("0.000"):
        return orjson.Fragment(text.encode())
    if "." in text:
        return float(text)
    return 0 if text in ("-0", "") else int(text)


def plain_moment(value: datetime | None) -> str | None:
    """A moment in UTC, ISO 8601 with `Z` and milliseconds, such as `2026-02-23T08:15:00.250Z`."""
    if value is None:
        return None
    return value.astimezone(UTC).isoformat(timespec="milliseconds")[: -len("+00:00")] + "Z"


def to_json(content: Any) -> bytes:
    """Canonical bytes of an answer: UTF-8, keys in the order given, dates in ISO 8601, ids as text."""
    return orjson.dumps(content, option=orjson.OPT_NON_STR_KEYS | orjson.OPT_UTC_Z)
