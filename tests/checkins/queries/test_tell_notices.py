"""Notices become words for one reader: what they may not see is never in them, and nothing left tells nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from alignment.models import PriorityProgress, ProgressSnapshot
from checkins.models import Ask, CheckIn
from checkins.rules.kinds import AskState
from notices.models import Notice
from notices.rendering import Line, Section, render_kind
from notices.rules.kinds import NoticeKind
from objectives.models import KeyResult, Objective
from objectives.rules.kinds import ValueSource, Visibility
from people.models import User
from people.roles import Role
from tests.factories import (
    NOW,
    TODAY,
    make_cycle,
    make_key_result,
    make_objective,
    make_organisation,
    make_person,
    make_priority,
    make_team,
)
from tests.factories.asks import make_ask
from tests.factories.checkins import make_check_in
from tests.factories.words import make_comment, make_thanks
from tests.notices.notices_made import make_notice

pytestmark = pytest.mark.django_db


@dataclass
class World:
    """Leila leads Store and owns an open objective; Anouk is a colleague, Maren leads everybody."""

    leila: User
    anouk: User
    maren: User
    objective: Objective
    key_result: KeyResult


@pytest.fixture
def world() -> World:
    organisation = make_organisation("Harbour & Pine")
    leila, anouk = make_person(organisation, name="Leila"), make_person(organisation, name="Anouk")
    maren = make_person(organisation, name="Maren", role=Role.LEADER)
    team = make_team(organisation, lead=leila, members=[leila], name="Store")
    cycle = make_cycle(organisation)
    objective = make_objective(cycle, owner=leila, team=team, title="Customers find it")
    key_result = make_key_result(
        objective, owner=leila, title="Visits", unit="%", current_value=Decimal("75.6"), next_due_on=TODAY
    )
    return World(leila, anouk, maren, objective, key_result)


def _told(user: User, kind: NoticeKind, *notices: Notice) -> Section | None:
    return render_kind(kind, notices or (make_notice(user, kind),), user, NOW)


def _words(section: Section | None) -> str:
    if section is None:
        return ""
    parts: Sequence[Section] = (section, *section.after)
    lines: list[Line] = [line for part in parts for line in part.lines]
    return " | ".join(f"{line.title} {line.words} {line.facts}" for line in lines)


def _hide(objective: Objective) -> None:
    other = make_person(objective.organisation)
    Objective.objects.filter(pk=objective.pk).update(visibility=Visibility.PRIVATE, owner=other, team=None)


def test_what_is_due_with_its_last_value(world: World) -> None:
    section = _told(world.leila, NoticeKind.CHECK_IN_DUE)
    assert section is not None
    assert section.headline == "One key result, about a minute"
    assert (section.button, section.button_href) == ("Share my check-in", "/my-week/")
    (line,) = section.lines
    assert (line.title, line.facts, line.status) == ("Visits", "75.6\u00a0%", "no_data")
    KeyResult.objects.update(value_source="aligned_objectives", due_until=TODAY - timedelta(days=1))
    assert "75.6\u00a0%, by itself" in _words(
        _told(world.leila, NoticeKind.CHECK_IN_DUE, make_notice(world.leila, key="2026-05-11"))
    )


def test_the_second_word_says_so(world: World) -> None:
    again = make_notice(world.leila, key="2026-05-18:again")
    section = _told(world.leila, NoticeKind.CHECK_IN_DUE, again)
    assert section is not None
    assert section.headline == "One key result still waits for a word from you"


def test_nothing_due_tells_nothing(world: World) -> None:
    KeyResult.objects.update(next_due_on=TODAY + timedelta(days=1))
    assert _told(world.leila, NoticeKind.CHECK_IN_DUE) is None


def test_what_feeds_itself_is_asked_for_only_once_it_is_stale(world: World) -> None:
    KeyResult.objects.update(value_source=ValueSource.CONNECTOR, due_until=TODAY)
    assert _told(world.leila, NoticeKind.CHECK_IN_DUE) is None
    KeyResult.objects.update(due_until=TODAY - timedelta(days=1))
    assert _told(world.leila, NoticeKind.CHECK_IN_DUE, *Notice.objects.all()) is not None


def test_long_lists_are_cut(world: World) -> None:
    for number in range(20):
        make_key_result(world.objective, owner=world.leila, title=f"More {number}", next_due_on=TODAY)
    section = _told(world.leila, NoticeKind.CHECK_IN_DUE)
    assert section is not None
    assert section.headline == "21 key results, about five minutes"
    assert section.lines[-1].title == "and nine more"


def test_an_answer_and_a_move_come_back(world: World) -> None:
    _answer(make_ask(world.objective, by=world.leila, of=world.anouk, text="Can you?"), world.anouk)
    make_check_in(
        world.key_result,
        author=world.leila,
        recorded_at=NOW - timedelta(days=2),
        observed_on=TODAY - timedelta(days=2),
    )
    for days, progress in ((3, "0.41"), (2, "0.43")):
        ProgressSnapshot.objects.create(
            organisation=world.leila.organisation, cycle=world.objective.cycle, subject_type="objective",
            subject_id=world.objective.pk, on=TODAY - timedelta(days=days), progress=Decimal(progress),
        )  # fmt: skip
    Objective.objects.update(progress=Decimal("0.43"), expected=Decimal("0.58"))
    section = _told(world.leila, NoticeKind.CHECK_IN_DUE)
    assert section is not None
    (came_back,) = section.after
    assert came_back.title == "What came back to you"
    answer, moved = came_back.lines
    assert answer.words == "“Yes, from Monday.”"
    assert answer.facts.startswith("Anouk answered your ask of ")
    assert moved.words == (
        "Your last check-in moved Customers find it from 41 to 43\u00a0%. The plan for today is 58\u00a0%."
    )
    assert (moved.progress, moved.expected) == (0.43, 0.58)
    _hide(world.objective)
    KeyResult.objects.update(owner=world.leila)
    assert "Customers find it" not in _words(
        _told(world.leila, NoticeKind.CHECK_IN_DUE, make_notice(world.leila, key="x"))
    )


def _answer(ask: Ask, by: User) -> None:
    Ask.objects.filter(pk=ask.pk).update(
        state=AskState.ANSWERED, answer="Yes, from Monday.", answered_by=by, ended_at=NOW - timedelta(days=1)
    )


@pytest.mark.parametrize(
    "kind", [NoticeKind.ASKED, NoticeKind.ANSWERED, NoticeKind.MENTIONED, NoticeKind.THANKED]
)
def test_what_is_told_at_once_names_its_notice_and_hides_with_its_objective(
    world: World, kind: NoticeKind
) -> None:
    reader, words = _something(world, kind)
    notice = Notice.objects.get(user=reader, kind=kind)
    section = _told(reader, kind, notice)
    assert section is not None
    (line,) = section.lines
    assert line.notice_id == notice.pk
    assert words in line.words
    assert line.href.startswith("/")
    assert section.button_href == line.href
    _hide(world.objective)
    assert _told(reader, kind, notice) is None


def _something(world: World, kind: NoticeKind) -> tuple[User, str]:
    objective, leila, anouk = world.objective, world.leila, world.anouk
    subject: Any
    if kind is NoticeKind.ASKED:
        subject, reader, words = (
            make_ask(objective, by=leila, of=anouk, text="Can you?"),
            anouk,
            "“Can you?”",
        )
    elif kind is NoticeKind.ANSWERED:
        subject, reader, words = (
            make_ask(objective, by=anouk, of=leila, text="Can you?"),
            anouk,
            "“Yes",
        )
        _answer(subject, leila)
    elif kind is NoticeKind.MENTIONED:
        subject, reader, words = make_comment(objective, author=leila, text="@Anouk look"), anouk, "look"
        subject.mentions.add(anouk)
    else:
        subject, reader, words = (
            make_thanks(objective, author=leila, receivers=[anouk], text="You helped"),
            anouk,
            "helped",
        )
    make_notice(reader, kind, subject_type="x", subject_id=subject.pk, objective_id=objective.pk)
    return reader, words


def test_an_ask_that_went_on_is_told_no_more(world: World) -> None:
    ask = make_ask(world.objective, by=world.leila, of=world.anouk, text="Can you?")
    notice = make_notice(world.anouk, NoticeKind.ASKED, subject_type="ask", subject_id=ask.pk)
    Ask.objects.filter(pk=ask.pk).update(asked_of=world.maren)
    assert _told(world.anouk, NoticeKind.ASKED, notice) is None


def test_the_week_of_a_lead_has_wins_first(world: World) -> None:
    make_check_in(world.key_result, author=world.leila, win="Antwerp moved the help points.", recorded_at=NOW)
    make_ask(world.objective, by=world.anouk, of=world.maren, text="Two planners?")
    KeyResult.objects.update(due_until=TODAY - timedelta(days=1), last_heard_on=TODAY - timedelta(days=20))
    section = _told(world.leila, NoticeKind.LEAD_DIGEST)
    assert section is not None
    assert section.headline == "The week of Store"
    assert [section.title, *(part.title for part in section.after)] == [
        "What went well",
        "Gone quiet",
        "Asks that wait",
    ]
    assert "nothing said for 20 days" in _words(section)
    assert _told(world.anouk, NoticeKind.LEAD_DIGEST) is None
    CheckIn.objects.update(win="")
    quiet = _told(world.leila, NoticeKind.LEAD_DIGEST, Notice.objects.get(user=world.leila))
    assert quiet is not None
    assert (quiet.title, quiet.lede) == ("Gone quiet", "All of it can wait for the review.")


def test_the_week_of_a_leader_has_asks_first(world: World) -> None:
    priority = make_priority(world.leila.organisation, title="Shelves full")
    PriorityProgress.objects.create(
        priority=priority,
        cycle=world.objective.cycle,
        progress=Decimal("0.24"),
        expected=Decimal("0.58"),
        objective_count=2,
    )
    ask = make_ask(world.objective, by=world.anouk, of=world.maren, text="Release the budget?")
    Ask.objects.filter(pk=ask.pk).update(created_at=NOW - timedelta(days=9))
    section = _told(world.maren, NoticeKind.LEADER_DIGEST)
    assert section is not None
    assert section.headline == "One person waits, one priority is slipping"
    assert section.title == "What needs me?"
    assert section.lines[0].facts.endswith("· 7 working days")
    moved = section.after[0].lines[0]
    assert (moved.title, moved.facts) == ("Shelves full", "24\u00a0% · plan 58")
    assert "34 behind plan" in moved.words
    _hide(world.objective)
    section = _told(
        world.maren, NoticeKind.LEADER_DIGEST, make_notice(world.maren, NoticeKind.LEADER_DIGEST, key="x")
    )
    assert "Release the budget?" not in _words(section)


def test_the_wins_of_a_week_leave_out_what_is_between_people(world: World) -> None:
    make_check_in(world.key_result, author=world.leila, win="Shelves held.", recorded_at=NOW)
    make_thanks(world.objective, author=world.leila, receivers=[world.anouk], text="In the open")
    make_thanks(world.objective, author=world.leila, receivers=[world.anouk], text="Alone", is_private=True)
    shy = make_person(world.leila.organisation, prefers_private_thanks=True)
    make_thanks(world.objective, author=world.leila, receivers=[shy], text="Shy")
    section = _told(world.anouk, NoticeKind.WINS_DIGEST)
    assert section is not None
    assert section.headline == "Two good things this week"
    assert "Alone" not in _words(section)
    assert "Shy" not in _words(section)
    _hide(world.objective)
    assert (
        _told(world.anouk, NoticeKind.WINS_DIGEST, make_notice(world.anouk, NoticeKind.WINS_DIGEST, key="x"))
        is None
    )


@pytest.mark.parametrize("count", [1, 3])
def test_a_reminder_costs_the_same(world: World, count: int, django_assert_num_queries: Any) -> None:
    for number in range(count):
        make_key_result(world.objective, owner=world.leila, title=f"More {number}", next_due_on=TODAY)
    notice = make_notice(world.leila)
    with django_assert_num_queries(6):
        assert _told(world.leila, NoticeKind.CHECK_IN_DUE, notice) is not None
