"""How long ago a person was heard (RULES §3)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from objectives.rules.freshness import (
    FRESHNESS_ORDER,
    FreshnessDates,
    freshness,
    freshness_dates,
    freshness_on,
    is_due,
    least_fresh,
    next_due_on,
)
from objectives.rules.kinds import Freshness

DAY = date(2025, 11, 20)
ROWS = st.tuples(st.integers(0, 60), st.integers(1, 40))


def after(days: int) -> date:
    return DAY + timedelta(days=days)


def dates(heard: int, cadence: int) -> FreshnessDates:
    found = freshness_dates(last_heard_on=after(heard), activated_on=None, cadence_days=cadence)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("days", "stage"),
    [
        (-1, Freshness.FRESH),
        (0, Freshness.FRESH),
        (7, Freshness.FRESH),
        (8, Freshness.DUE),
        (14, Freshness.DUE),
        (15, Freshness.STALE),
        (21, Freshness.STALE),
        (22, Freshness.SILENT),
        (400, Freshness.SILENT),
    ],
)
def test_stages_of_a_weekly_key_result(days: int, stage: Freshness) -> None:
    assert freshness(last_heard_on=DAY, activated_on=None, cadence_days=7, on=after(days)) is stage
    assert freshness(last_heard_on=None, activated_on=DAY, cadence_days=7, on=after(days)) is stage


def test_the_last_check_in_counts_before_the_activation() -> None:
    found = freshness_dates(last_heard_on=DAY, activated_on=after(-30), cadence_days=7)
    assert found == FreshnessDates(after(7), after(14), after(21))


def test_before_activation_nobody_is_expected_to_speak() -> None:
    assert freshness(last_heard_on=None, activated_on=None, cadence_days=7, on=DAY) is None
    assert next_due_on(last_heard_on=None, activated_on=None, cadence_days=7) is None
    assert not is_due(None, DAY)
    assert least_fresh([]) is least_fresh([None]) is None


def test_a_cadence_of_no_day_is_an_error() -> None:
    with pytest.raises(ValueError, match="at least one day"):
        freshness_dates(last_heard_on=DAY, activated_on=None, cadence_days=0)


@pytest.mark.parametrize(("skip", "due"), [(None, 7), (3, 7), (7, 7), (12, 12)])
def test_a_skip_moves_the_due_day_only_later(skip: int | None, due: int) -> None:
    skip_until = None if skip is None else after(skip)
    found = next_due_on(last_heard_on=DAY, activated_on=None, cadence_days=7, skip_until=skip_until)
    assert found == after(due)
    assert not is_due(found, after(due - 1))
    assert is_due(found, after(due))


@given(ROWS, st.integers(-5, 200))
def test_freshness_never_comes_back_by_waiting(row: tuple[int, int], days: int) -> None:
    now, then = freshness_on(dates(*row), after(days)), freshness_on(dates(*row), after(days + 1))
    assert now is not None
    assert then is not None
    assert FRESHNESS_ORDER.index(now) <= FRESHNESS_ORDER.index(then)


@given(st.lists(ROWS, min_size=1, max_size=8), st.integers(-5, 200))
def test_an_objective_is_as_fresh_as_its_least_fresh_key_result(
    rows: list[tuple[int, int]], days: int
) -> None:
    each = [dates(*row) for row in rows]
    stages = [freshness_on(one, after(days)) for one in each]
    worst = max(stages, key=lambda stage: FRESHNESS_ORDER.index(stage))
    assert freshness_on(least_fresh([*each, None]), after(days)) is worst
