"""How ratios are rounded, clamped and shown."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.ratio import clamp01, round_half_up, shown_percent, to_ratio


@pytest.mark.parametrize(
    ("value", "ratio"),
    [
        (Decimal("0.00005"), "0.0001"),
        (Decimal("0.00004999"), "0.0000"),
        (Decimal("-0.00004999"), "0.0000"),
        (Decimal("-0.00005"), "-0.0001"),
        (Fraction(2, 3), "0.6667"),
        (1, "1.0000"),
        (0.5, "0.5000"),
        (Decimal("999999999999999999.00005"), "999999999999999999.0001"),
    ],
)
def test_ratios_have_four_decimals(value: Decimal | Fraction | float, ratio: str) -> None:
    assert str(to_ratio(value)) == ratio


@pytest.mark.parametrize("bad", [Decimal("NaN"), Decimal("Infinity"), float("nan"), float("-inf")])
def test_only_finite_numbers(bad: Decimal | float) -> None:
    with pytest.raises(ValueError, match=r".+"):
        to_ratio(bad)


@pytest.mark.parametrize(
    ("ratio", "percent"),
    [
        (None, None),
        (Decimal("0.585"), 59),
        (0.585, 59),
        (Decimal("0.5849"), 58),
        (Decimal("0.005"), 1),
        (Decimal(0), 0),
        (1, 100),
        (Decimal("1.5"), 150),
        (Decimal("-0.2"), -20),
    ],
)
def test_shown_percent(ratio: Decimal | float | None, percent: int | None) -> None:
    assert shown_percent(ratio) == percent


@given(st.decimals(-10, 10, places=8))
def test_rounding_moves_at_most_half_a_step(value: Decimal) -> None:
    assert abs(round_half_up(value, Decimal("0.01")) - value) <= Decimal("0.005")
    assert 0 <= clamp01(value) <= 1
