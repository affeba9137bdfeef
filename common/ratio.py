"""Ratios: how shares between 0 and 1 are rounded, clamped and shown (docs: RULES, first paragraph)."""

from decimal import ROUND_HALF_UP, Context, Decimal, DivisionByZero, InvalidOperation, Overflow
from fractions import Fraction
from math import isfinite
from typing import TypeAlias

Number: TypeAlias = Decimal | Fraction | float

ZERO = Decimal(0)
ONE = Decimal(1)
FOUR_DECIMALS = Decimal("0.0001")
WIDE = Context(prec=400, rounding=ROUND_HALF_UP, traps=[InvalidOperation, DivisionByZero, Overflow])
"""Wide enough for any number that passes a form: sums and products in it are exact."""


def round_half_up(value: Number, step: Decimal) -> Decimal:
    """The multiple of `step` (a power of ten) nearest to `value`; halves go away from zero, -0 becomes 0.

    A fraction is rounded exactly, without passing through a decimal of limited length first.
    Raises ValueError when `value` is not finite.
    """
    if isinstance(value, Decimal):
        if not value.is_finite():
            raise ValueError("only finite numbers can be rounded")
        rounded = value.quantize(step, context=WIDE)
        return rounded if rounded else rounded.copy_abs()
    if isinstance(value, float) and not isfinite(value):
        raise ValueError("only finite numbers can be rounded")
    numerator, denominator = value.as_integer_ratio()
    return round_quotient(numerator, denominator, step)


def round_quotient(numerator: int, denominator: int, step: Decimal = FOUR_DECIMALS) -> Decimal:
    """numerator / denominator (> 0) as the nearest multiple of `step`, a power of ten; halves as above."""
    step_numerator, step_denominator = step.as_integer_ratio()
    over, under = abs(numerator) * step_denominator, denominator * step_numerator
    count = (2 * over + under) // (2 * under)
    return WIDE.multiply(Decimal(count if numerator >= 0 else -count), step)


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
