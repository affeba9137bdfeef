"""Days, numbers, scores and words in cells."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from integrations.rules.okr_folder.cells import fitted_id, parse_day, parse_number, parse_score, says_done


@pytest.mark.parametrize(
    ("text", "value", "is_asked"),
    [
        ("2026-04-30", date(2026, 4, 30), False),
        ("2026-04-30T12:00:00Z", date(2026, 4, 30), False),
        ("30.04.2026", date(2026, 4, 30), False),
        ("4/30/2026", date(2026, 4, 30), False),
        ("2021-04-31", date(2021, 4, 30), True),
        ("2021-02-30", date(2021, 2, 28), True),
        ("04/05/2026", date(2026, 5, 4), True),
        ("2021-13-01", None, True),
        ("2021-04-41", None, True),
        ("soon", None, True),
        ("??", None, True),
    ],
)
def test_days(text: str, value: date | None, is_asked: bool) -> None:
    day = parse_day(text)
    assert day.value == value
    assert bool(day.problem) is is_asked


def test_impossible_day_offers_the_days_around_it() -> None:
    assert parse_day("2021-04-31").options == (date(2021, 4, 30), date(2021, 5, 1))
    assert parse_day("2021-12-31").options == ()


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12", Decimal(12)),
        ("1,200.5", Decimal("1200.5")),
        ("96.64%", Decimal("96.64")),
        ("-3", Decimal(-3)),
        ("0", Decimal(0)),
        ("1,5", None),
        ("$N", None),
        ("NaN", None),
        ("Infinity", None),
        ("1e400", None),
        ("1234567890123", None),
        ("", None),
    ],
)
def test_numbers(text: str, number: Decimal | None) -> None:
    assert parse_number(text) == number


@pytest.mark.parametrize(
    ("text", "score"),
    [
        ("0.7", "0.7"),
        ("70%", "0.7"),
        ("1.3", "1.3"),
        ("-1.2%", "-0.012"),
        ("0.66666", "0.6667"),
        ("DONE", None),
    ],
)
def test_scores_are_kept_as_stated(text: str, score: str | None) -> None:
    assert parse_score(text, limit=Decimal(1000)) == (Decimal(score) if score else None)


@pytest.mark.parametrize("word", ["complete", "Done", "Completed.", "Status: Completed!", "reached", "100%"])
def test_done(word: str) -> None:
    assert says_done(word)


@pytest.mark.parametrize("word", ["not done", "in progress", "", "help wanted", "will not complete"])
def test_not_done(word: str) -> None:
    assert not says_done(word)


def test_long_ids_stay_apart() -> None:
    one, other = fitted_id("x" * 500 + "1"), fitted_id("x" * 500 + "2")
    assert one != other
    assert len(one) == 400
