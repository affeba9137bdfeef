"""The inbox and its bell: what a person was told, and nothing that they may no longer see."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from checkins.services.ask_person import ask_person
from common import clock
from notices.models import Notice
from notices.rules.kinds import NoticeKind
from objectives.models import Objective
from objectives.rules.kinds import Visibility
from people.models import User
from tests.factories import make_cycle, make_objective, make_organisation, make_person
from tests.notices.notices_made import make_notice

pytestmark = pytest.mark.django_db


@pytest.fixture
def leila() -> User:
    return make_person(make_organisation(), name="Leila")


@pytest.fixture
def objective(leila: User) -> Objective:
    return make_objective(
        make_cycle(leila.organisation), owner=make_person(leila.organisation), title="Energy"
    )


@pytest.fixture
def desk(leila: User, client: Client) -> Client:
    client.force_login(leila)
    return client


def _ask(leila: User, objective: Objective, words: str = "Can you help?") -> Notice:
    anouk = objective.owner
    assert anouk is not None
    ask_person(by=anouk, at=clock.now(), objective=objective, asked_of=leila, text=words)
    return Notice.objects.filter(user=leila).latest("created_at")


def _text(desk: Client, name: str = "inbox") -> str:
    return desk.get(reverse(name)).content.decode()


def test_an_ask_is_a_row_that_leads_to_it(desk: Client, leila: User, objective: Objective) -> None:
    assert "Nothing waits for you" in _text(desk)
    notice = _ask(leila, objective)
    page = _text(desk)
    assert "“Can you help?”" in page
    assert "not read" in page
    opened = desk.get(reverse("inbox_open", args=[notice.pk]))
    assert opened["Location"] == reverse("ask", args=[notice.subject_id])
    notice.refresh_from_db()
    assert notice.seen_at is not None
    assert "Mark all as read" not in _text(desk)


def test_everything_is_read_with_one_button(desk: Client, leila: User, objective: Objective) -> None:
    _ask(leila, objective)
    _ask(leila, objective, "And this?")
    assert desk.post(reverse("inbox_seen")).status_code == 302
    assert not Notice.objects.filter(seen_at__isnull=True).exists()


def test_what_only_a_mail_tells_is_not_read_with_the_rest(desk: Client, leila: User) -> None:
    notice = make_notice(leila, NoticeKind.THANKED, key="by mail", is_shown_here=False, due_at=clock.now())
    desk.post(reverse("inbox_seen"))
    notice.refresh_from_db()
    assert notice.seen_at is None


def test_what_nobody_can_tell_any_more_leaves_the_bell_with_the_button(desk: Client, leila: User) -> None:
    make_notice(leila, NoticeKind.CHECK_IN_DUE, due_at=clock.now() - timedelta(minutes=1))
    page = _text(desk)
    assert "Nothing waits for you" in page, "somebody else has checked in"
    assert "Mark all as read" in page
    desk.post(reverse("inbox_seen"))
    assert "Mark all as read" not in _text(desk)
    assert "count-due" not in _text(desk, "inbox_count")


def test_the_bell_counts_and_answers_304_while_nothing_changes(
    desk: Client, leila: User, objective: Objective
) -> None:
    first = desk.get(reverse("inbox_count"))
    assert "count" not in first.content.decode().split("Inbox</span>")[1]
    assert desk.get(reverse("inbox_count"), headers={"If-None-Match": first["ETag"]}).status_code == 304
    _ask(leila, objective)
    second = desk.get(reverse("inbox_count"), headers={"If-None-Match": first["ETag"]})
    assert second.status_code == 200
    assert "1<span" in second.content.decode()
    assert 'id="bell"' in _text(desk)


def test_what_is_hidden_is_neither_told_nor_counted(desk: Client, leila: User, objective: Objective) -> None:
    notice = _ask(leila, objective)
    Objective.objects.filter(pk=objective.pk).update(visibility=Visibility.PRIVATE)
    page = _text(desk)
    assert "Can you help?" not in page
    assert "count-due" not in desk.get(reverse("inbox_count")).content.decode()
    assert desk.get(reverse("inbox_open", args=[notice.pk]))["Location"] == reverse("inbox")


def test_others_and_later_ones_are_not_there(desk: Client, leila: User, objective: Objective) -> None:
    theirs = make_notice(make_person())
    later = make_notice(leila, due_at=clock.now() + timedelta(hours=1))
    for notice in (theirs, later):
        assert desk.get(reverse("inbox_open", args=[notice.pk])).status_code == 404
    make_notice(leila, key="dropped", dropped_at=clock.now(), due_at=clock.now())
    assert "Nothing waits for you" in _text(desk)


@pytest.mark.parametrize("count", [1, 3])
def test_it_costs_the_same(
    desk: Client, leila: User, objective: Objective, count: int, django_assert_max_num_queries: Any
) -> None:
    for number in range(count):
        _ask(leila, objective, f"Ask {number}")
    _text(desk)
    with django_assert_max_num_queries(18):
        assert "Ask 0" in _text(desk)


def test_older_ones_come_on_the_next_page(desk: Client, leila: User, objective: Objective) -> None:
    asked = _ask(leila, objective)
    at = clock.now()
    for number in range(45):
        make_notice(
            leila,
            NoticeKind.ASKED,
            key=f"copy {number}",
            subject_type="ask",
            subject_id=asked.subject_id,
            objective_id=objective.pk,
            due_at=at - timedelta(minutes=number),
        )
    page = _text(desk)
    assert page.count("“Can you help?”") == 40
    older = page.split('href="?after=')[1].split('"')[0]
    second = desk.get(f"{reverse('inbox')}?after={older}").content.decode()
    assert second.count("“Can you help?”") == 6
    assert ">Older<" not in second
