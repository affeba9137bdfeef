"""How much easier a new aim is, and when the sponsor has to agree."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from objectives.rules.kinds import KeyResultKind as K
from objectives.rules.recalibration import Aim, easing, needs_agreement


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (
            Aim(K.INCREASE, Decimal(0), Decimal(100)),
            Aim(K.INCREASE, Decimal(0), Decimal(75)),
            Decimal("0.25"),
        ),
        (
            Aim(K.INCREASE, Decimal(0), Decimal(100)),
            Aim(K.INCREASE, Decimal(0), Decimal(125)),
            Decimal("-0.25"),
        ),
        (
            Aim(K.DECREASE, Decimal(100), Decimal(20)),
            Aim(K.DECREASE, Decimal(100), Decimal(40)),
            Decimal("0.25"),
        ),
        (Aim(K.INCREASE, Decimal(0), Decimal(100)), Aim(K.INCREASE, Decimal(20), Decimal(100)), Decimal(0)),
        (
            Aim(K.INCREASE, Decimal(50), Decimal(100)),
            Aim(K.DECREASE, Decimal(50), Decimal(40)),
            Decimal("1.2"),
        ),
        (Aim(K.INCREASE, None, Decimal(100)), Aim(K.INCREASE, None, Decimal(50)), None),
        (Aim(K.INCREASE, Decimal(0), Decimal(100)), Aim(K.PERCENT_DONE), None),
        (Aim(K.PERCENT_DONE), Aim(K.PERCENT_DONE), None),
        (Aim(K.AT_LEAST, lower_bound=Decimal(80)), Aim(K.AT_LEAST, lower_bound=Decimal(60)), Decimal("0.25")),
        (Aim(K.AT_MOST, upper_bound=Decimal(4)), Aim(K.AT_MOST, upper_bound=Decimal(5)), Decimal("0.25")),
        (Aim(K.AT_MOST, upper_bound=Decimal(0)), Aim(K.AT_MOST, upper_bound=Decimal(1)), Decimal(1)),
        (
            Aim(K.BETWEEN, lower_bound=Decimal(10), upper_bound=Decimal(20)),
            Aim(K.BETWEEN, lower_bound=Decimal(12), upper_bound=Decimal(25)),
            Decimal("0.25"),
        ),
    ],
)
def test_easing(before: Aim, after: Aim, expected: Decimal | None) -> None:
    assert easing(before, after) == expected


@pytest.mark.parametrize(
    ("eased", "t", "expected"),
    [
        (Decimal("0.15"), Decimal("0.5"), True),
        (Decimal("0.1499"), Decimal("0.9"), False),
        (Decimal("0.9"), Decimal("0.4999"), False),
        (Decimal("-0.5"), Decimal("0.9"), False),
        (None, Decimal("0.9"), False),
        (Decimal("0.9"), None, False),
    ],
)
def test_the_sponsor_is_asked_for_much_and_late(
    eased: Decimal | None, t: Decimal | None, expected: bool
) -> None:
    assert needs_agreement(eased, t) is expected


@given(st.integers(-1000, 1000), st.integers(-1000, 1000), st.integers(-1000, 1000))
def test_an_easier_target_always_lies_nearer_to_the_start(start: int, old: int, new: int) -> None:
    eased = easing(
        Aim(K.INCREASE, Decimal(start), Decimal(old)), Aim(K.INCREASE, Decimal(start), Decimal(new))
    )
    if start == old:
        assert eased is None
    elif (new - start) * (old - start) >= 0:
        assert eased is not None
        assert (eased > 0) == (abs(new - start) < abs(old - start))
