"""What comes onto the agenda of a weekly review, in which order, and how its minutes are shared out."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkins.rules.agenda import AgendaStep, Said, Turn, share_minutes, since_of, step_at, turn_of

SINCE = datetime(2026, 5, 14, 10, tzinfo=UTC)


def said(
    day: int,
    confidence: int | None = 6,
    status: str = "on_track",
    progress: str | None = None,
    *,
    is_person: bool = True,
) -> Said:
    """A check-in so many days after the last review; negative before it."""
    return Said(
        SINCE + timedelta(days=day),
        None if progress is None else Decimal(progress),
        status,
        confidence,
        is_person,
    )


def turned(*rows: Said, is_quiet: bool = False) -> Turn:
    return turn_of(rows, since=SINCE, is_quiet=is_quiet)


@pytest.mark.parametrize(
    ("rows", "is_exception"),
    [
        ((said(-7, 6), said(2, 6)), False),
        ((said(-7, 6), said(2, 5)), False),
        ((said(-7, 5), said(2, 3)), True),
        ((said(-7, 3), said(2, 8)), False),
        ((said(-7, 8), said(-1, 3)), False),
        ((said(-7, 8),), False),
        ((said(1, 8),), False),
        ((said(1, 8), said(3, 5)), True),
        ((), False),
        ((said(-7, 8), said(2, 4, is_person=False)), False),
        ((said(-7, 8), said(2, None)), False),
        ((said(-7), said(2, status="at_risk")), True),
        ((said(-7, status="achieved"), said(2, status="off_track")), True),
        ((said(-7, status="off_track"), said(2, status="at_risk")), False),
        ((said(-7, status="at_risk"), said(2, status="at_risk")), False),
        ((said(-7, status="too_early"), said(2, status="off_track")), False),
        ((said(-7, status="on_track"), said(2, status="no_data")), False),
        ((said(-14, progress="0.2"), said(-7, progress="0.4"), said(2, progress="0.3")), True),
        ((said(-14, progress="0.4"), said(-7, progress="0.3"), said(2, progress="0.2")), False),
        ((said(-7, progress="0.4"), said(2, progress="0.3"), said(3, progress="0.5")), False),
        ((said(-7, progress="0.4"), said(2, progress=None), said(3, progress="0.2")), True),
    ],
)
def test_only_what_turned_since_the_last_review_is_an_exception(
    rows: tuple[Said, ...], is_exception: bool
) -> None:
    assert turned(*rows).is_exception is is_exception


def test_what_is_quiet_is_always_one() -> None:
    assert turned(said(-30), is_quiet=True).is_exception
    assert turned(is_quiet=True).is_exception


def test_confidence_before_is_what_a_person_said_before() -> None:
    turn = turned(said(-9, 7), said(-8, 1, is_person=False), said(-7, None), said(1, 5), said(2, 4))
    assert (turn.confidence_before, turn.confidence_now, turn.confidence_lost) == (7, 4, 3)


def test_most_confidence_lost_comes_first_then_status_then_steps_back_then_silence() -> None:
    wanted = [
        "lost three",
        "lost two, status too",
        "lost two",
        "status only",
        "step back",
        "never heard",
        "quiet",
    ]
    turns = {
        "quiet": Turn(6, 6, 0, is_first_step_back=False, is_quiet=True),
        "lost three": Turn(6, 3, 0, is_first_step_back=False, is_quiet=False),
        "lost two, status too": Turn(6, 4, 1, is_first_step_back=False, is_quiet=False),
        "lost two": Turn(6, 4, 0, is_first_step_back=True, is_quiet=False),
        "status only": Turn(6, 6, 1, is_first_step_back=False, is_quiet=False),
        "step back": Turn(6, 6, 0, is_first_step_back=True, is_quiet=False),
        "never heard": Turn(None, None, 0, is_first_step_back=False, is_quiet=True),
    }
    days = {"never heard": None, "quiet": 20}
    found = sorted(turns, key=lambda name: turns[name].rank(days.get(name, 1), name))
    assert found == wanted


def test_equal_turns_stand_in_order_of_their_titles() -> None:
    turn = Turn(6, 4, 0, is_first_step_back=False, is_quiet=False)
    assert sorted(["b", "A"], key=lambda title: turn.rank(0, title)) == ["A", "b"]


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        (None, timedelta(days=7)),
        ((timedelta(days=14), timedelta(days=7)), timedelta(days=7)),
        ((timedelta(days=9), timedelta(hours=1)), timedelta(days=9)),
        ((timedelta(days=90), timedelta(days=60)), timedelta(days=28)),
        ((timedelta(days=90), timedelta(hours=1)), timedelta(days=28)),
    ],
)
def test_a_review_speaks_of_what_came_after_the_one_before(
    last: tuple[timedelta, timedelta] | None, expected: timedelta
) -> None:
    at = SINCE
    known = None if last is None else (at - last[0], at - last[1])
    assert at - since_of(known, at=at, zone="Europe/Brussels") == expected


def test_the_same_day_is_that_of_the_zone() -> None:
    at = datetime(2026, 5, 14, 22, 30, tzinfo=UTC)
    last = (at - timedelta(days=7), at - timedelta(hours=1))
    assert since_of(last, at=at, zone="UTC") == last[0]
    assert since_of(last, at=at, zone="Europe/Brussels") == last[1]


def test_fifteen_minutes_are_shared_as_drawn() -> None:
    assert list(share_minutes(15).values()) == [3, 6, 3, 3]


@given(st.integers(1, 240))
def test_shares_add_up(total: int) -> None:
    shares = share_minutes(total)
    assert sum(shares.values()) == total
    assert min(shares.values()) >= (1 if total >= 4 else 0)
    assert shares[AgendaStep.COURSE] == max(shares.values())


@pytest.mark.parametrize(
    ("gone", "step"),
    [
        (0, "wins"),
        (2, "wins"),
        (3, "course"),
        (8, "course"),
        (9, "asks"),
        (12, "decisions"),
        (90, "decisions"),
    ],
)
def test_the_clock_says_where_the_review_should_be(gone: int, step: str) -> None:
    assert step_at(gone, share_minutes(15)) == step
