"""The score given at close (docs: RULES §4)."""

from decimal import Decimal
from enum import StrEnum

from common.ratio import round_half_up
from objectives.rules.kinds import ObjectiveKind

TWO_DECIMALS = Decimal("0.01")
LOW_BELOW = Decimal("0.4")
GOOD_FROM = Decimal("0.7")


class ScoreBand(StrEnum):
    """What a score says, given what its kind promised."""

    MISSED = "missed"
    PARTLY = "partly"
    NEARLY = "nearly"
    REACHED = "reached"

    @property
    def words(self) -> str:
        """The band in a person's words."""
        return {
            ScoreBand.MISSED: "Little of it reached",
            ScoreBand.PARTLY: "Partly reached",
            ScoreBand.NEARLY: "Nearly reached",
            ScoreBand.REACHED: "Reached",
        }[self]


def success_threshold(kind: ObjectiveKind) -> Decimal:
    """What counts as success: 1 for committed results, 0.7 for aspirational ones."""
    return Decimal(1) if kind == ObjectiveKind.COMMITTED else GOOD_FROM


def suggested_score(progress: Decimal | None) -> Decimal | None:
    """Progress with two decimals, half up; None when there is nothing to score."""
    return None if progress is None else round_half_up(progress, TWO_DECIMALS)


def score_band(score: Decimal, kind: ObjectiveKind) -> ScoreBand:
    """The band of a score: < 0.4 missed, 0.4–0.69 partly, ≥ 0.7 reached, or nearly if all was promised.

    Takes stated scores above 1 and below 0 as they are.
    """
    if score < LOW_BELOW:
        return ScoreBand.MISSED
    if score < GOOD_FROM:
        return ScoreBand.PARTLY
    return ScoreBand.REACHED if score >= success_threshold(kind) else ScoreBand.NEARLY
