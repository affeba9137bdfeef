"""The life of an ask, as tables."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from checkins.rules.asks import (
    AnsweredBefore,
    AskAction,
    AskPart,
    answered_before,
    is_long,
    is_working_day,
    may,
    state_after,
    usual_answer_by,
    why_not,
    working_day_after,
    working_days_between,
)
from checkins.rules.kinds import WAITING, AskState

THURSDAY = date(2026, 11, 19)


@pytest.mark.parametrize(
    ("state", "action", "after"),
    [
        ("open", "seen", "seen"),
        ("open", "passed_on", "passed_on"),
        ("open", "answered", "answered"),
        ("open", "answered_in_person", "answered_in_person"),
        ("open", "withdrawn", "withdrawn"),
        ("open", "reworded", "open"),
        ("seen", "passed_on", "passed_on"),
        ("seen", "answered", "answered"),
        ("seen", "answered_in_person", "answered_in_person"),
        ("seen", "withdrawn", "withdrawn"),
        ("seen", "reworded", "seen"),
        ("passed_on", "seen", "seen"),
        ("passed_on", "passed_on", "passed_on"),
        ("passed_on", "answered", "answered"),
        ("passed_on", "withdrawn", "withdrawn"),
    ],
)
def test_what_leads_where(state: str, action: str, after: str) -> None:
    assert why_not(AskAction(action), AskState(state)) is None
    assert state_after(AskAction(action), AskState(state)) == after


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("answered", "was answered"),
        ("answered_in_person", "was answered in person"),
        ("withdrawn", "was withdrawn"),
    ],
)
@pytest.mark.parametrize("action", [one for one in AskAction if one != AskAction.ASKED])
def test_nothing_happens_to_what_has_ended_and_the_refusal_names_the_state(
    state: str, words: str, action: AskAction
) -> None:
    assert why_not(action, AskState(state)) == words
    with pytest.raises(ValueError, match=action):
        state_after(action, AskState(state))


def test_it_is_seen_once() -> None:
    assert why_not(AskAction.SEEN, AskState.SEEN) == "was seen"


@pytest.mark.parametrize(
    ("action", "parts"),
    [
        ("seen", {"receiver"}),
        ("passed_on", {"receiver"}),
        ("answered", {"receiver"}),
        ("answered_in_person", {"receiver"}),
        ("withdrawn", {"asker", "administrator"}),
        ("reworded", {"asker"}),
    ],
)
def test_who_may(action: str, parts: set[str]) -> None:
    assert {part for part in AskPart if may(part, AskAction(action))} == parts


def test_every_state_is_waiting_or_has_ended() -> None:
    ended = {AskState.ANSWERED, AskState.ANSWERED_IN_PERSON, AskState.WITHDRAWN}
    assert WAITING | ended == set(AskState)
    assert not WAITING & ended


@pytest.mark.parametrize(
    ("since", "until", "days", "age"),
    [
        (date(2026, 11, 19), THURSDAY, "01234", 0),
        (date(2026, 11, 18), THURSDAY, "01234", 1),
        (date(2026, 11, 13), THURSDAY, "01234", 4),  # Friday
        (date(2026, 11, 14), THURSDAY, "01234", 4),  # Saturday
        (date(2026, 11, 15), THURSDAY, "01234", 4),  # Sunday
        (date(2026, 11, 11), THURSDAY, "01234", 6),
        (date(2026, 11, 6), THURSDAY, "01234", 9),
        (date(2026, 11, 11), THURSDAY, "0123", 5),  # four days a week
        (date(2026, 11, 11), THURSDAY, "0123456", 8),
        (date(2026, 11, 11), THURSDAY, "", 6),
        (date(2026, 11, 20), THURSDAY, "01234", 0),
    ],
)
def test_age_counts_the_receivers_working_days(since: date, until: date, days: str, age: int) -> None:
    assert working_days_between(since, until, days) == age


@pytest.mark.parametrize(
    ("today", "days", "by"),
    [
        (THURSDAY, "01234", date(2026, 11, 24)),
        (date(2026, 11, 16), "01234", date(2026, 11, 19)),
        (THURSDAY, "0", date(2026, 12, 7)),
        (THURSDAY, "", date(2026, 11, 24)),
        (THURSDAY, "x", date(2026, 11, 24)),
    ],
)
def test_an_answer_is_hoped_for_in_three_working_days(today: date, days: str, by: date) -> None:
    assert usual_answer_by(today, days) == by


@given(
    some.dates(date(2020, 1, 1), date(2030, 1, 1)),
    some.integers(1, 60),
    some.sets(some.sampled_from("0123456"), min_size=1).map("".join),
)
def test_counting_back_finds_the_same_number(since: date, count: int, days: str) -> None:
    until = working_day_after(since, count, days)
    assert working_days_between(since, until, days) == count
    assert working_days_between(since, until - timedelta(days=1), days) == count - 1
    assert is_working_day(until, days)


@pytest.mark.parametrize(("age", "long"), [(0, False), (5, False), (6, True), (40, True)])
def test_more_than_five_days_is_long(age: int, long: bool) -> None:
    assert is_long(age) is long


def test_how_somebody_answers() -> None:
    assert answered_before([]) == AnsweredBefore(0, None)
    assert answered_before([0, 1]) == AnsweredBefore(2, None)
    assert answered_before([0, 0, 0]) == AnsweredBefore(3, 1)
    assert answered_before([1, 9, 2, 2]) == AnsweredBefore(4, 2)
    assert answered_before([1, 2, 2, 3, 9]) == AnsweredBefore(5, 3)


@given(some.lists(some.integers(min_value=0, max_value=60), max_size=40))
def test_usually_is_true_of_three_in_four(ages: list[int]) -> None:
    usual = answered_before(ages).usual_days
    assert (usual is None) == (len(ages) < 3)
    if usual is not None:
        assert 4 * sum(age <= usual for age in ages) >= 3 * len(ages)
