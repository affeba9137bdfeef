"""Single values of a form: written as the reader writes them, and read back."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import UUID

from django.utils import formats

from common.typed_numbers import NotANumber, read_number

__all__ = ["NotANumber", "as_number", "as_uuid", "typed_number"]


def as_number(text: str, unit: str = "") -> Decimal | None:
    """The number that was typed in the reader's locale; None for nothing. Raises NotANumber."""
    return read_number(
        text,
        decimal=formats.get_format("DECIMAL_SEPARATOR"),
        grouping=formats.get_format("THOUSAND_SEPARATOR"),
        unit=unit,
    )


def typed_number(value: Decimal | None) -> str:
    """A stored number as its reader would type it: no grouping, no zeros at the end, every digit kept."""
    if value is None:
        return ""
    plain = format(value.normalize(), "f")
    return ("0" if plain == "-0" else plain).replace(".", formats.get_format("DECIMAL_SEPARATOR"))


def as_day(text: str) -> date | None:
    """The day that a date field holds; None for nothing. Raises ValueError."""
    return date.fromisoformat(text.strip()) if text.strip() else None


def as_uuid(text: str) -> UUID | None:
    """The id that a hidden field or an option holds; None for anything else."""
    try:
        return UUID(text)
    except ValueError:
        return None
