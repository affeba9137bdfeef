"""Numbers as people read them: rounded half up at the last moment, in the reader's locale."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

from django.utils import formats
from django.utils.translation import get_language

from common.templatetags.words import DASH, NOTHING_YET, SPACE

MOST_DECIMALS = 6
ENORMOUS = Decimal("1e15")
MOST_REMEMBERED = 8192


def _decimal(value: Any) -> Decimal | None:
    """A finite Decimal, or None for nothing and for what is no number."""
    if value is None or value == "" or isinstance(value, bool):
        return None
    try:
        number = value if isinstance(value, Decimal) else Decimal(str(value))
    except (InvalidOperation, ValueError):
        return None
    return number if number.is_finite() else None


def _fixed(number: Decimal, digits: int) -> str:
    if abs(number) >= ENORMOUS:
        return f"{number:.4g}"
    return _written(number, digits, get_language())


@lru_cache(maxsize=MOST_REMEMBERED)
def _written(number: Decimal, digits: int, language: str | None) -> str:
    """A page says the same few shares again and again; each is written once per language."""
    shown = number.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)
    if shown == 0:
        shown = abs(shown)
    return formats.number_format(shown, decimal_pos=digits, use_l10n=True, force_grouping=True)


def rounded(value: Any, digits: int = 0) -> str:
    """Exactly `digits` decimals, half up; a dash for None."""
    number = _decimal(value)
    return DASH if number is None else _fixed(number, int(digits))


def percent(value: Any, digits: int = 0) -> str:
    """A ratio as "43 %" with a space that does not break; a dash for None."""
    number = _decimal(value)
    return DASH if number is None else f"{_fixed(number * 100, int(digits))}{SPACE}%"


def points(value: Any, digits: int = 0) -> str:
    """A ratio as points without the sign: 0.43 is "43"."""
    number = _decimal(value)
    return DASH if number is None else _fixed(number * 100, int(digits))


def number(value: Any, unit: str = "") -> str:
    """A value with the decimals it needs (at most six), then its unit; a dash for None."""
    amount = _decimal(value)
    if amount is None:
        return DASH
    if abs(amount) >= ENORMOUS:
        shown = f"{amount:.4g}"
    else:
        exact = amount.quantize(Decimal(1).scaleb(-MOST_DECIMALS), rounding=ROUND_HALF_UP).normalize()
        exponent = exact.as_tuple().exponent
        shown = _fixed(exact, max(0, -exponent) if isinstance(exponent, int) else 0)
    return f"{shown}{SPACE}{unit}" if unit else shown


def days(value: int | None) -> str:
    """ "today", "1 day", "7 days"; a dash for None."""
    if value is None:
        return DASH
    if value == 0:
        return "today"
    return "1 day" if value == 1 else f"{value} days"


def meter_words(progress: Any, expected: Any, low: Any, high: Any) -> str:
    """ "43 %, plan 58 %, likely at close 68 to 82 %"."""
    said = [percent(progress) if _decimal(progress) is not None else NOTHING_YET]
    if _decimal(expected) is not None:
        said.append(f"plan {percent(expected)}")
    if _decimal(low) is not None and _decimal(high) is not None:
        said.append(f"likely at close {points(low)} to {percent(high)}")
    return ", ".join(said)
