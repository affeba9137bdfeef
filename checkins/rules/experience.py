"""What a closed key result teaches about forecasts: where it stood at mid-cycle, and how it ended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from checkins.rules.standing import Statement, Surroundings, standing_of
from objectives.rules.cycles import elapsed_share
from objectives.rules.forecast import MidCycle

HALF = Decimal("0.5")


def mid_cycle_of(
    around: Surroundings, statements: Sequence[Statement], *, final: float, ref_pace: float
) -> MidCycle | None:
    """The forecast as it would have been made at mid-cycle with scale 1, beside the raw progress at close.

    None when nothing was reported in the first half of the cycle, or the cycle has no dates: there was no forecast
    to be held to. Source: RULES §5.
    """
    early = [one for one in statements if one.has_value and _is_in_first_half(around, one.observed_on)]
    if not early:
        return None
    then = standing_of(
        replace(around, ref_pace=ref_pace, scale=1.0), early, today=early[-1].observed_on
    ).forecast
    return None if then is None else MidCycle(mean=then.mean, sd=then.sd, final=final)


def _is_in_first_half(around: Surroundings, day: date) -> bool:
    share = elapsed_share(around.starts_on, around.ends_on, day)
    return share is not None and share <= HALF
