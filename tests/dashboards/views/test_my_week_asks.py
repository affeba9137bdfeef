"""Asking somebody in a check-in on My week."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from checkins.models import Ask, CheckIn
from objectives.models import KeyResult, Objective
from people.models import User
from tests.dashboards.week_world import Desk, clock, desk, due_key_result, objective, owner, said
from tests.factories import make_person

__all__ = ["clock", "desk", "objective", "owner"]
pytestmark = pytest.mark.django_db
SAID = {
    "value": "58",
    "confidence": "4",
    "note": "Two planners cannot keep up.",
    "challenge": "Too few planners",
}
ASK = {"ask_of": "maren", "ask_text": "two extra planners until week 11", "ask_by": "2026-05-26"}


@pytest.fixture
def maren(owner: User) -> User:
    return make_person(owner.organisation, name="Maren")


@pytest.fixture
def row(objective: Objective) -> KeyResult:
    return due_key_result(objective, "One", 60)


def test_the_line_is_there_and_proposes_a_day(desk: Desk, maren: User, row: KeyResult) -> None:
    page = desk.opens()
    assert "Ask for help" in page
    assert 'value="2026-05-25"' in page
    assert '<option value="Maren">' in page


def test_the_ask_goes_with_the_check_in(desk: Desk, maren: User, row: KeyResult) -> None:
    desk.opens()
    assert desk.shares((row, {**SAID, **ASK})).status_code == 302
    [check_in] = said(row)
    ask = Ask.objects.get()
    assert (ask.check_in, ask.asked_of, ask.text) == (check_in, maren, ASK["ask_text"])
    assert (ask.objective, ask.key_result, str(ask.answer_by_on)) == (row.objective, row, "2026-05-26")
    assert check_in.challenge == "Too few planners"


def test_without_words_of_its_own_it_asks_about_the_challenge(
    desk: Desk, maren: User, row: KeyResult
) -> None:
    desk.opens()
    assert desk.shares((row, {**SAID, "ask_of": "Maren", "ask_text": ""})).status_code == 302
    assert Ask.objects.get().text == "Too few planners"


def test_the_proposed_day_alone_says_nothing(desk: Desk, maren: User, row: KeyResult) -> None:
    desk.opens()
    assert desk.shares((row, {"ask_by": "2026-05-25"})).status_code == 302
    assert not CheckIn.objects.filter(value=58).exists()
    assert not Ask.objects.exists()


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"ask_of": ""}, "ask_of", "who could help?"),
        ({"ask_of": "Nobody"}, "ask_of", "nobody here is called “Nobody”"),
        ({"ask_of": "Leila"}, "ask_of", "ask somebody else than yourself"),
        ({"ask_text": "", "challenge": ""}, "ask_text", "say in a sentence what would help"),
        ({"ask_by": "2026-05-12"}, "ask_by", "12 May has passed. The next working day is Thu 21 May"),
        ({"ask_by": "soon"}, "ask_by", "a day, such as 2026-11-24"),
    ],
)
def test_a_bad_line_loses_nothing(
    desk: Desk, maren: User, row: KeyResult, typed: dict[str, Any], field: str, words: str
) -> None:
    desk.opens()
    sent = {**SAID, **ASK, **typed}
    answer = desk.shares((row, sent))
    assert answer.status_code == 422
    assert f'href="#{row.pk}-{field}"' in desk.page
    assert words in desk.page
    for kept in (sent["note"], sent["value"], sent["ask_text"], sent["ask_by"]):
        assert kept in desk.page
    assert not said(row)
    assert not Ask.objects.exists()


def test_sent_twice_it_is_asked_once(desk: Desk, maren: User, row: KeyResult) -> None:
    desk.opens()
    form = dict(desk.form)
    for _ in range(2):
        desk.form = form
        assert desk.shares((row, {**SAID, **ASK})).status_code == 302
    assert Ask.objects.count() == 1


def test_an_ask_added_to_what_was_shared_is_not_swallowed(desk: Desk, maren: User, row: KeyResult) -> None:
    desk.opens()
    form = dict(desk.form)
    desk.shares((row, SAID))
    desk.form = form
    assert desk.shares((row, {**SAID, **ASK})).status_code == 422
    assert "share again to add this as well" in desk.page
    assert ASK["ask_text"] in desk.page


def test_taking_the_sharing_back_takes_the_ask_back(desk: Desk, maren: User, row: KeyResult) -> None:
    desk.opens()
    desk.shares((row, {**SAID, **ASK}))
    desk.client.post(reverse("my_week_undo"))
    assert Ask.objects.get().state == "withdrawn"
    page = desk.opens()
    assert ASK["ask_text"] in page
