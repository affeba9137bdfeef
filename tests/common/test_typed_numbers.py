from decimal import Decimal

import pytest

from common.typed_numbers import NotANumber, read_number

ENGLISH = {"decimal": ".", "grouping": ","}
GERMAN = {"decimal": ",", "grouping": "."}
FRENCH = {"decimal": ",", "grouping": "\xa0"}


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("75.1", "75.1"),
        ("75,1", "75.1"),
        ("1.234,5", "1234.5"),
        ("1,234.5", "1234.5"),
        ("1 234.5", "1234.5"),
        ("1\u202f234,5", "1234.5"),
        ("1’234.5", "1234.5"),
        ("1,234,567", "1234567"),
        ("1.234.567", "1234567"),
        ("1,234.567", "1234.567"),
        ("0,234", "0.234"),
        ("12345,678", "12345.678"),
        (",5", "0.5"),
        ("-.5", "-0.5"),
        ("5.", "5"),
        ("+4", "4"),
        ("\u22120.5", "-0.5"),
        ("７６", "76"),
        ("75.1 %", "75.1"),
        ("75,1%", "75.1"),
        ("-0", "0"),
    ],
)
@pytest.mark.parametrize("reader", [ENGLISH, GERMAN, FRENCH])
def test_what_can_only_mean_one_thing_is_read_so_by_everybody(typed, number, reader):
    assert read_number(typed, **reader) == Decimal(number)


def test_one_separator_before_three_digits_means_what_the_reader_is_used_to():
    assert read_number("1,234", **ENGLISH) == 1234
    assert read_number("1.234", **ENGLISH) == Decimal("1.234")
    assert read_number("1.234", **GERMAN) == 1234
    assert read_number("1,234", **GERMAN) == Decimal("1.234")


def test_is_refused_where_it_can_mean_two_things():
    with pytest.raises(NotANumber, match=r"“1\.234” can be read in two ways. Write 1234 or 1,234"):
        read_number("1.234", **FRENCH)


def test_a_unit_may_stand_behind_the_number():
    assert read_number("2.8 min", unit="min") == Decimal("2.8")
    assert read_number("141 Stores", unit="stores") == 141
    with pytest.raises(NotANumber):
        read_number("2.8 hours", unit="min")


@pytest.mark.parametrize("typed", ["", "   ", "\u00a0"])
def test_nothing_is_nothing(typed):
    assert read_number(typed) is None


def test_a_doubt_is_sent_to_the_note():
    with pytest.raises(NotANumber) as refused:
        read_number("about 76")
    assert str(refused.value) == "“about 76” is not a number. 76 would do, the doubt belongs in the note."


@pytest.mark.parametrize(
    "typed",
    [
        "nan",
        "NaN",
        "inf",
        "-Infinity",
        "∞",
        "1e400",
        "1 2",
        "12 34",
        "1,2,3",
        "1.2.3,4",
        "--5",
        "5-",
        "abc",
        "²3x",
        "٧٦",
    ],
)
def test_everything_else_is_refused_with_a_proposal(typed):
    with pytest.raises(NotANumber, match="is not a number"):
        read_number(typed)


def test_a_long_text_is_quoted_in_part():
    with pytest.raises(NotANumber) as refused:
        read_number("x" * 5000)
    assert len(str(refused.value)) < 120


def test_enormous_numbers_are_read_and_left_to_the_rules():
    assert read_number("9" * 300) == Decimal("9" * 300)
