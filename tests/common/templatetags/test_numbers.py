"""Numbers for people: half up, no needless decimals, a dash for nothing."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.utils import translation

from common.templatetags.numbers import days, number, percent, points


@pytest.mark.parametrize(
    ("ratio", "digits", "expected"),
    [
        (Decimal("0.585"), 0, "59 %"),
        (0.585, 0, "59 %"),
        (Decimal("0.4299"), 1, "43.0 %"),
        (0, 0, "0 %"),
        (Decimal("-0.001"), 0, "0 %"),
        (Decimal("1.5"), 0, "150 %"),
        (None, 0, "–"),
        (float("nan"), 0, "–"),
    ],
)
def test_percent(ratio: Any, digits: int, expected: str) -> None:
    assert percent(ratio, digits).replace("\u00a0", " ") == expected


def test_points_has_no_sign() -> None:
    assert points(Decimal("0.1314"), 1) == "13.1"


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        (Decimal("75.600000"), "%", "75.6 %"),
        (Decimal("1234567.5"), "", "1,234,567.5"),
        (Decimal("1000"), "stores", "1,000 stores"),
        (Decimal("0.0000001"), "", "0"),
        (Decimal("1E+20"), "", "1e+20"),
        (0.1, "", "0.1"),
        (None, "%", "–"),
        ("", "", "–"),
        ("about 76", "", "–"),
    ],
)
def test_number(value: Any, unit: str, expected: str) -> None:
    assert number(value, unit).replace("\u00a0", " ") == expected


def test_number_follows_the_language() -> None:
    with translation.override("de"):
        assert number(Decimal("1234.5")) == "1.234,5"


def test_days() -> None:
    assert [days(n) for n in (0, 1, 7, None)] == ["today", "1 day", "7 days", "–"]
