"""What counts in a roll-up, and why something does not (RULES §2)."""

from decimal import Decimal
from typing import Any

import pytest

from objectives.rules.kinds import KeyResultKind, KeyResultState, ObjectiveState, Visibility
from objectives.rules.left_out import (
    LeftOutReason,
    counts_above_itself,
    counts_in_roll_up,
    why_left_out,
)


@pytest.mark.parametrize("state", [*ObjectiveState, *KeyResultState])
def test_running_and_closed_ones_count(state: ObjectiveState | KeyResultState) -> None:
    counts = state in {"active", "paused", "closed"}
    assert counts_in_roll_up(state) is counts
    reason = why_left_out(state=state, weight=Decimal(1), progress=Decimal(0))
    assert reason == (None if counts else LeftOutReason(str(state)))


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({}, None),
        ({"kind": KeyResultKind.YES_NO}, None),
        ({"is_private": True}, LeftOutReason.PRIVATE),
        ({"is_deleted": True}, LeftOutReason.DELETED),
        ({"is_other_cycle": True}, LeftOutReason.OTHER_CYCLE),
        ({"link_kind": "supports"}, LeftOutReason.SUPPORTS),
        ({"link_kind": "depends_on"}, LeftOutReason.DEPENDS_ON),
        ({"kind": KeyResultKind.BASELINE, "progress": None}, LeftOutReason.BASELINE),
        ({"weight": Decimal(0)}, LeftOutReason.WEIGHT_ZERO),
        ({"weight": Decimal(0), "progress": None}, LeftOutReason.WEIGHT_ZERO),
        ({"progress": None}, LeftOutReason.NO_VALUE),
        ({"is_private": True, "is_deleted": True, "weight": Decimal(0)}, LeftOutReason.PRIVATE),
    ],
)
def test_the_first_reason_is_named(changes: dict[str, Any], reason: LeftOutReason | None) -> None:
    part: dict[str, Any] = {"state": ObjectiveState.ACTIVE, "weight": Decimal(1), "progress": Decimal("0.5")}
    assert why_left_out(**part | changes) is reason


@pytest.mark.parametrize(
    ("visibility", "opted_in", "counts"),
    [
        (Visibility.ORGANISATION, False, True),
        (Visibility.TEAM, False, False),
        (Visibility.TEAM, True, True),
        (Visibility.PRIVATE, False, False),
        (Visibility.PRIVATE, True, True),
    ],
)
def test_only_what_everybody_may_see_counts_above_itself(
    visibility: Visibility, opted_in: bool, counts: bool
) -> None:
    assert counts_above_itself(visibility, counts_when_private=opted_in) is counts


def test_every_reason_has_words() -> None:
    assert LeftOutReason.WEIGHT_ZERO.words == "tracked, not counted"
    assert all(reason.words for reason in LeftOutReason)
