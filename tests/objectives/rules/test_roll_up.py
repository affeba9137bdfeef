"""Weighted means that explain themselves (RULES §2)."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.ratio import to_ratio
from objectives.rules.roll_up import (
    Part,
    confidence_mean,
    explain,
    largest_remainder,
    plain_mean,
    weighted_expected,
    weighted_mean,
)

PARTS = st.lists(
    st.builds(
        Part,
        key=st.text(max_size=3),
        weight=st.decimals(0, 1000, places=3),
        progress=st.none() | st.decimals(0, 1, places=4),
    ),
    max_size=30,
)


def parts(*rows: tuple[str, str | None]) -> list[Part]:
    return [
        Part(str(place), Decimal(weight), None if progress is None else Decimal(progress))
        for place, (weight, progress) in enumerate(rows)
    ]


@pytest.mark.parametrize(
    ("rows", "result"),
    [
        ([("3", ".2"), ("1", "1")], "0.4"),
        ([("2", ".25"), ("1", "1"), ("1", "0")], "0.375"),
        ([("1", ".5"), ("1", "1")], "0.75"),
        ([("50", "1"), ("50", "0")], "0.5"),
        ([("60", "1"), ("40", ".5")], "0.8"),
        ([], None),
        ([("0", ".9"), ("0", ".1")], None),
        ([("0", "1"), ("1", ".3")], "0.3"),
        ([("1", None), ("1", ".6")], "0.6"),
        ([("1", None)], None),
    ],
)
def test_table(rows: list[tuple[str, str | None]], result: str | None) -> None:
    expected = None if result is None else Decimal(result)
    assert weighted_mean(parts(*rows)) == expected
    assert explain(parts(*rows)).value == expected


def test_nested() -> None:
    inner = weighted_mean(parts(("1", ".5"), ("1", "0")))
    assert weighted_mean([Part("a", Decimal(1), Decimal(0)), Part("b", Decimal(1), inner)]) == Decimal(
        "0.125"
    )


def test_a_weight_below_0_is_an_error() -> None:
    with pytest.raises(ValueError, match="below 0"):
        weighted_mean(parts(("-1", ".5")))


def test_three_thirds_add_up() -> None:
    found = explain(parts(("1", "1"), ("1", "1"), ("1", "0")))
    assert found.value == Decimal("0.6667")
    assert [part.contribution for part in found.parts] == [Decimal("0.3334"), Decimal("0.3333"), Decimal(0)]
    assert [part.share for part in found.parts] == [Decimal("0.3334"), Decimal("0.3333"), Decimal("0.3333")]


def test_parts_without_a_say_are_not_among_the_shares() -> None:
    found = explain(parts(("1", None), ("0", "1"), ("2", ".3")))
    assert [(part.key, part.weight, part.share, part.progress) for part in found.parts] == [
        ("2", Decimal(2), Decimal(1), Decimal("0.3"))
    ]


@given(PARTS)
def test_contributions_add_up_exactly(rows: list[Part]) -> None:
    found = explain(rows)
    if found.value is None:
        assert found.parts == ()
        return
    assert sum(part.contribution for part in found.parts) == found.value == weighted_mean(rows)
    assert sum(part.share for part in found.parts) == 1
    whole = sum(Fraction(part.weight) for part in found.parts)
    for part in found.parts:
        exact = Fraction(part.weight) * Fraction(part.progress) / whole
        assert abs(Fraction(part.contribution) - exact) < Fraction(1, 10_000)


@given(PARTS)
def test_the_mean_lies_between_its_parts(rows: list[Part]) -> None:
    mean = weighted_mean(rows)
    counted = [part.progress for part in rows if part.progress is not None and part.weight > 0]
    if mean is None:
        assert not counted
    else:
        assert min(counted) <= mean <= max(counted)


@given(PARTS, st.integers(1, 50))
def test_only_the_proportion_of_weights_matters(rows: list[Part], factor: int) -> None:
    scaled = [Part(part.key, part.weight * factor, part.progress) for part in rows]
    assert weighted_mean(scaled) == weighted_mean(rows)
    assert weighted_mean(list(reversed(rows))) == weighted_mean(rows)


@given(st.lists(st.integers(-300, 300), max_size=20), st.integers(1, 97))
def test_largest_remainder_keeps_the_rounded_sum(numerators: list[int], denominator: int) -> None:
    total = to_ratio(Fraction(sum(numerators), denominator))
    rounded = largest_remainder(numerators, denominator, total)
    assert sum(rounded) == total
    for numerator, shown in zip(numerators, rounded, strict=True):
        assert abs(Fraction(shown) - Fraction(numerator, denominator)) < Fraction(1, 10_000)


def test_largest_remainder_refuses_a_foreign_total() -> None:
    with pytest.raises(ValueError, match="rounded sum"):
        largest_remainder([1], 3, Decimal("0.5"))


@given(PARTS)
def test_the_mean_is_the_exact_one_rounded_once(rows: list[Part]) -> None:
    counted = [part for part in rows if part.progress is not None]
    whole = sum(Fraction(part.weight) for part in counted)
    if whole:
        exact = sum(Fraction(part.weight) * Fraction(part.progress or 0) for part in counted) / whole
        assert weighted_mean(rows) == to_ratio(exact)


def test_other_means() -> None:
    assert weighted_expected(
        [(Decimal(3), Decimal(".2")), (Decimal(1), Decimal(1)), (Decimal(9), None)]
    ) == Decimal("0.4")
    assert weighted_expected([]) is None
    assert confidence_mean([(Decimal(1), 6), (Decimal(1), 7), (Decimal(5), None)]) == Decimal("6.5")
    assert confidence_mean([(Decimal(1), None)]) is None
    assert plain_mean([Decimal("0.5"), None, Decimal(1)]) == Decimal("0.75")
    assert plain_mean([None]) is None
