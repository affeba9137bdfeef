"""What is "likely at close" for what has parts, and the sentence of reasons (RULES §3, §5)."""

from decimal import Decimal

import pytest

from objectives.rules.forecast import Forecast, Point, forecast
from objectives.rules.likely import Likely, LikelyPart, because_sentence, combine_forecasts


def made(mean: float, low: float, high: float) -> Forecast:
    return Forecast(mean=mean, sd=0.2, low=low, high=high, chance=0.5)


def test_means_and_band_edges_are_clipped_and_weighed() -> None:
    found = combine_forecasts(
        [
            LikelyPart("a", Decimal(3), forecast=made(0.4, -0.2, 0.8)),
            LikelyPart("b", Decimal(1), forecast=made(1.2, 0.6, 1.8)),
        ]
    )
    assert found == Likely(mean=0.55, low=0.15, high=0.85, left_out=())


def test_guardrails_enter_with_their_progress_and_yes_no_is_named() -> None:
    found = combine_forecasts(
        [
            LikelyPart("guardrail", Decimal(1), guardrail_progress=Decimal("0.5")),
            LikelyPart("metric", Decimal(1), forecast=made(0.7, 0.5, 0.9)),
            LikelyPart("yes_no", Decimal(1)),
            LikelyPart("tracked", Decimal(0)),
        ]
    )
    assert found == Likely(mean=0.6, low=0.5, high=0.7, left_out=("yes_no",))


@pytest.mark.parametrize(
    "parts", [[], [LikelyPart("yes_no", Decimal(1))], [LikelyPart("a", Decimal(0), made(1, 1, 1))]]
)
def test_nothing_to_say(parts: list[LikelyPart]) -> None:
    assert combine_forecasts(parts) is None


def sentence(*rows: tuple[float, float], success: float = 0.7) -> str:
    points = [Point(t, p) for t, p in rows]
    return because_sentence(forecast(points, success=success), points, success=success)


def test_one_sentence_of_reasons() -> None:
    assert sentence((0.5, 0.35)) == (
        "35 % done with 50 % of the time gone usually ends between 22 and 100 %, "
        "so 70 % is about an even chance."
    )
    assert sentence() == (
        "Nothing reported yet; a key result like this usually ends between 14 and 100 %, "
        "so 70 % is about an even chance."
    )
    assert sentence((1.0, 1.5), success=1.0) == (
        "150 % done with 100 % of the time gone usually ends at 100 %, so 100 % is very likely."
    )


def test_a_jumpy_number_is_said_to_jump() -> None:
    jumpy = sentence((0.1, 0.4), (0.2, -0.1), (0.3, 0.5), (0.4, 0.0), (0.5, 0.45))
    assert "a wide range because the number jumps" in jumpy
    assert "jumps" not in sentence((0.1, 0.06), (0.2, 0.13), (0.3, 0.2), (0.4, 0.26), (0.5, 0.33))


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ((0.25, 0.5), "so 70 % is likely."),
        ((0.25, 0.0), "would need a better pace than so far."),
        ((0.5, -0.2), "would need a much better pace than so far."),
        ((0.9, 0.9), "so 70 % is very likely."),
    ],
)
def test_chance_in_words(row: tuple[float, float], words: str) -> None:
    assert sentence(row).endswith(words)


def test_the_sentence_follows_the_latest_entry_and_the_plan() -> None:
    assert sentence((0.5, 0.9), (0.5, 0.35)).startswith("35 % done with 50 % of the time gone")
    assert sentence((0.5, -0.2)).startswith("Below its start with 50 % of the time gone")
    points = [Point(0.5, 0.35)]
    likely = forecast(points, success=0.7)
    planned = because_sentence(likely, points, success=0.7, is_planned=True)
    assert planned.startswith("35 % done with 50 % of the plan behind it usually ends")
