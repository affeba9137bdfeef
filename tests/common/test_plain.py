"""Numbers and moments as they stand in JSON."""

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest

from common.api.parsing import parse_json
from common.plain import plain_moment, plain_number, to_json


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "null"),
        (7, "7"),
        (Decimal("7.000000"), "7"),
        (Decimal("0E-6"), "0"),
        (Decimal("-0.00"), "0"),
        (Decimal("0.5500"), "0.55"),
        (Decimal("-12.340000"), "-12.34"),
        (Decimal("0.000001"), "0.000001"),
        (Decimal("123456789012.123456"), "123456789012.123456"),
        (Decimal("1E+3"), "1000"),
        (Decimal("12345678901234567890.5"), "12345678901234567890.5"),
    ],
)
def test_numbers_say_exactly_what_they_are(value: Decimal | None, text: str) -> None:
    assert to_json(plain_number(value)).decode() == text


def test_moments_are_in_utc() -> None:
    assert (
        plain_moment(datetime(2026, 5, 20, 11, 30, tzinfo=timezone(timedelta(hours=2))))
        == "2026-05-20T09:30:00.000Z"
    )
    assert plain_moment(datetime(2026, 5, 20, 9, 30, 0, 250_000, tzinfo=UTC)) == "2026-05-20T09:30:00.250Z"
    assert plain_moment(None) is None


def test_a_body_keeps_its_decimals() -> None:
    assert parse_json(b'{"value": 0.1, "count": 3}') == {"value": Decimal("0.1"), "count": 3}


@pytest.mark.parametrize("body", [b"NaN", b"[1,]", b'{"a": 1, "a": 2}', b"\xff", b"-Infinity", b"1e", b""])
def test_a_body_that_is_no_json(body: bytes) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        parse_json(body)
