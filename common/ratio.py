"""Ratios: how shares between 0 and 1 are rounded, clamped and shown (docs: RULES, first paragraph)."""

from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from typing import TypeAlias

Number: TypeAlias = Decimal | Fraction | float

ZERO = Decimal(0)
ONE = Decimal(1)
FOUR_DECIMALS = Decimal("0.0001")


def round_half_up(value: Number, step: Decimal) -> Decimal:
    """The multiple of `step` (a power of ten) nearest to `value`; halves go away from zero, -0 becomes 0.

    A fraction is rounded exactly, without passing through a decimal of limited length first.
    Raises ValueError when `value` is not finite.
    """
    try:
        exact = Fraction(value)
    except OverflowError as error:
        raise ValueError("only finite numbers can be rounded") from error
    units = abs(exact) / Fraction(step)
    count = (2 * units.numerator + units.denominator) // (2 * units.denominator)
    with localcontext(prec=max(28, len(str(count)) + 8), rounding=ROUND_HALF_UP):
        return Decimal(count if exact >= 0 else -count) * step


def to_ratio(value: Number) -> Decimal:
    """`value` with four decimals, half up: the form in which ratios are stored and answered.

    Raises ValueError when `value` is not finite.
    """
    return round_half_up(value, FOUR_DECIMALS)


def clamp01(value: Decimal) -> Decimal:
    """`value` held between 0 and 1."""
    return max(ZERO, min(ONE, value))


def shown_percent(ratio: Number | None) -> int | None:
    """Whole per cent of a ratio, half up (0.585 → 59); None stays None and is never shown as 0."""
    if ratio is None:
        return None
    if isinstance(ratio, float):
        ratio = Decimal(repr(ratio))
    return int(round_half_up(Fraction(ratio) * 100, ONE))
