"""The score that a person gives at close."""

from __future__ import annotations

from decimal import Decimal

from common.errors import InvalidInput
from common.ratio import FOUR_DECIMALS, ONE, ZERO, round_half_up


def checked_score(score: Decimal) -> Decimal:
    """A score from 0 to 1 with at most four decimals (only imports state others). Raises InvalidInput."""
    if not score.is_finite() or not ZERO <= score <= ONE:
        raise InvalidInput.of("score", "out_of_range", "a score lies between 0 and 1")
    if round_half_up(score, FOUR_DECIMALS) != score:
        raise InvalidInput.of("score", "too_many_decimals", "at most four decimals")
    return score
