"""Cycles and dates (RULES §6)."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from common.ratio import shown_percent
from objectives.rules.cycles import (
    can_take_check_ins,
    cycle_after_activate,
    cycle_after_close,
    elapsed_share,
    is_open_cycle,
    observed_on_allowed,
    observed_on_refusal,
    week_of,
)
from objectives.rules.kinds import CycleState
from objectives.rules.lifecycle import TransitionRefused

FIRST, LAST = date(2025, 10, 1), date(2025, 12, 30)


def day(number: int) -> date:
    return FIRST + timedelta(days=number - 1)


def test_day_53_of_91_is_58_percent() -> None:
    assert (LAST - FIRST).days + 1 == 91
    assert shown_percent(elapsed_share(FIRST, LAST, day(53))) == 58


@pytest.mark.parametrize(("on", "share"), [(-9, 0), (0, 0), (91, 1), (92, 1), (400, 1)])
def test_elapsed_share_is_clamped(on: int, share: int) -> None:
    assert elapsed_share(FIRST, LAST, day(on)) == share


def test_a_cycle_of_one_day() -> None:
    assert elapsed_share(FIRST, FIRST, FIRST) == 1
    assert week_of(FIRST, FIRST, FIRST) == (1, 1)


@pytest.mark.parametrize(("starts_on", "ends_on"), [(None, LAST), (FIRST, None), (None, None), (LAST, FIRST)])
def test_without_usable_dates_there_is_no_share(starts_on: date | None, ends_on: date | None) -> None:
    assert elapsed_share(starts_on, ends_on, day(3)) is None
    assert week_of(starts_on, ends_on, day(3)) is None


@pytest.mark.parametrize(
    ("on", "week"), [(0, None), (1, 1), (7, 1), (8, 2), (53, 8), (91, 13), (92, 13), (300, 13)]
)
def test_week(on: int, week: int | None) -> None:
    assert week_of(FIRST, LAST, day(on)) == (None if week is None else (week, 13))


def test_a_broken_last_week_counts() -> None:
    assert week_of(FIRST, day(8), day(8)) == (2, 2)


@pytest.mark.parametrize(
    ("state", "takes", "is_open"),
    [
        (CycleState.PLANNING, False, True),
        (CycleState.ACTIVE, True, True),
        (CycleState.CLOSING, True, True),
        (CycleState.CLOSED, False, False),
    ],
)
def test_what_a_state_allows(state: CycleState, takes: bool, is_open: bool) -> None:
    assert can_take_check_ins(state) is takes
    assert is_open_cycle(state) is is_open


def test_life_of_a_cycle() -> None:
    assert cycle_after_activate(CycleState.PLANNING) is CycleState.ACTIVE
    assert cycle_after_activate(CycleState.ACTIVE) is CycleState.ACTIVE
    assert cycle_after_close(CycleState.ACTIVE, open_objective_count=4) is CycleState.CLOSING
    assert cycle_after_close(CycleState.CLOSING, open_objective_count=0) is CycleState.CLOSED


@pytest.mark.parametrize(
    ("state", "count", "words"),
    [
        (CycleState.PLANNING, 0, "a planning cycle cannot be closed"),
        (CycleState.CLOSED, 0, "a closed cycle cannot be closed"),
        (CycleState.CLOSING, 1, "1 objective is still open"),
        (CycleState.CLOSING, 2, "2 objectives are still open"),
    ],
)
def test_close_refused(state: CycleState, count: int, words: str) -> None:
    with pytest.raises(TransitionRefused, match=words) as refusal:
        cycle_after_close(state, open_objective_count=count)
    assert refusal.value.state is state


@pytest.mark.parametrize("state", [CycleState.CLOSING, CycleState.CLOSED])
def test_activate_refused(state: CycleState) -> None:
    with pytest.raises(TransitionRefused, match="cannot be activated"):
        cycle_after_activate(state)


@pytest.mark.parametrize(
    ("on", "today", "refusal"),
    [
        (50, 50, None),
        (51, 50, "in_future"),
        (-30, 50, None),
        (-31, 50, "outside_cycle"),
        (122, 200, None),
        (123, 200, "outside_cycle"),
    ],
)
def test_days_on_which_a_check_in_may_lie(on: int, today: int, refusal: str | None) -> None:
    found = observed_on_refusal(day(on), today=day(today), starts_on=FIRST, ends_on=LAST)
    assert found == refusal
    allowed = observed_on_allowed(day(on), today=day(today), starts_on=FIRST, ends_on=LAST)
    assert allowed is (refusal is None)


def test_without_dates_only_the_future_is_refused() -> None:
    assert observed_on_allowed(date(1999, 1, 1), today=FIRST)
    assert not observed_on_allowed(FIRST, today=FIRST - timedelta(days=1))


def test_elapsed_share_is_not_rounded() -> None:
    assert elapsed_share(FIRST, LAST, day(53)) == Decimal(53) / Decimal(91)
