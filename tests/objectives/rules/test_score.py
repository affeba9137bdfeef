"""The score at close (RULES §4)."""

from decimal import Decimal

import pytest

from objectives.rules.kinds import ObjectiveKind
from objectives.rules.score import ScoreBand, score_band, success_threshold, suggested_score

COMMITTED, ASPIRATIONAL = ObjectiveKind.COMMITTED, ObjectiveKind.ASPIRATIONAL


@pytest.mark.parametrize(
    ("progress", "score"),
    [("0.7250", "0.73"), ("0.7249", "0.72"), ("1", "1.00"), ("0", "0.00"), (None, None)],
)
def test_suggested_score(progress: str | None, score: str | None) -> None:
    found = suggested_score(None if progress is None else Decimal(progress))
    assert (None if found is None else str(found)) == score


@pytest.mark.parametrize(
    ("score", "aspirational", "committed"),
    [
        ("-0.2", ScoreBand.MISSED, ScoreBand.MISSED),
        ("0.39", ScoreBand.MISSED, ScoreBand.MISSED),
        ("0.4", ScoreBand.PARTLY, ScoreBand.PARTLY),
        ("0.69", ScoreBand.PARTLY, ScoreBand.PARTLY),
        ("0.7", ScoreBand.REACHED, ScoreBand.NEARLY),
        ("0.99", ScoreBand.REACHED, ScoreBand.NEARLY),
        ("1", ScoreBand.REACHED, ScoreBand.REACHED),
        ("1.3", ScoreBand.REACHED, ScoreBand.REACHED),
    ],
)
def test_bands_follow_the_kind(score: str, aspirational: ScoreBand, committed: ScoreBand) -> None:
    assert score_band(Decimal(score), ASPIRATIONAL) is aspirational
    assert score_band(Decimal(score), COMMITTED) is committed


def test_success_and_words() -> None:
    assert success_threshold(COMMITTED) == 1
    assert success_threshold(ASPIRATIONAL) == Decimal("0.7")
    assert all(band.words for band in ScoreBand)
