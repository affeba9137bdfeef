"""What changed, in values that an event can keep."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID

from django.db.models import Model


def json_value(value: Any) -> Any:
    """A JSON value that says the same: decimals and dates as text, rows as their id and words."""
    match value:
        case None | bool() | int():
            return value
        case Enum():
            return value.value
        case Decimal():
            return format(value.normalize(), "f") if value.is_finite() else str(value)
        case datetime() | date():
            return value.isoformat()
        case UUID():
            return str(value)
        case Model():
            return {"id": str(value.pk), "name": str(value)}
        case Mapping():
            return {str(key): json_value(one) for key, one in value.items()}
        case str():
            return value
        case Iterable():
            return [json_value(one) for one in value]
    raise TypeError(f"{type(value)} cannot be kept in an event")


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Field to [before, after] for every field of `after` that differs; fields that do not are left out."""
    pairs = {field: [json_value(before.get(field)), json_value(value)] for field, value in after.items()}
    return {field: pair for field, pair in pairs.items() if pair[0] != pair[1]}


def refuse_unknown(names: Iterable[str], known: Iterable[str]) -> None:
    """Raise TypeError, as a call with a wrong keyword does, when `names` holds something not `known`."""
    unknown = sorted(set(names) - set(known))
    if unknown:
        raise TypeError(f"unexpected fields: {', '.join(unknown)}")
