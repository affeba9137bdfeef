"""One click switches a kind of mail off, and back on."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from notices.queries.open_channels import open_channels
from notices.rules.kinds import Channel, NoticeKind
from notices.services.sign_link import sign_mute_link
from people.models import User
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def leila() -> User:
    return make_person(name="Leila")


@pytest.fixture
def address(leila: User) -> str:
    return reverse("mute", args=[sign_mute_link(leila, [NoticeKind.CHECK_IN_DUE, NoticeKind.THANKED])])


def _has_mail(user: User, kind: NoticeKind = NoticeKind.CHECK_IN_DUE) -> bool:
    return Channel.EMAIL in open_channels(user, kind)


def test_looking_changes_nothing(leila: User, address: str, client: Client) -> None:
    page = client.get(address)
    assert page.status_code == 200
    assert "Your check-in is due" in page.content.decode()
    assert (page["Referrer-Policy"], page["X-Robots-Tag"]) == ("no-referrer", "noindex, nofollow")
    assert "no-store" in page["Cache-Control"]
    assert _has_mail(leila)
    assert "_auth_user_id" not in client.session


def test_the_button_switches_off_and_back_on(leila: User, address: str) -> None:
    client = Client(enforce_csrf_checks=True)
    after = client.post(address)
    assert after.status_code == 302
    assert not _has_mail(leila)
    assert not _has_mail(leila, NoticeKind.THANKED)
    assert _has_mail(leila, NoticeKind.ASKED)
    assert Channel.HERE in open_channels(leila, NoticeKind.CHECK_IN_DUE)
    page = client.get(after["Location"]).content.decode()
    assert "Switched off" in page
    assert "Undo" in page
    back = client.post(address, {"undo": "1"})
    assert "Switched on again" in client.get(back["Location"]).content.decode()
    assert _has_mail(leila)


def test_a_mail_program_does_it_by_itself(leila: User, address: str) -> None:
    answer = Client(enforce_csrf_checks=True).post(address, {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert not _has_mail(leila)


def test_a_spoiled_link_says_so_kindly(leila: User, address: str, client: Client) -> None:
    for method in (client.get, client.post):
        page = method(address.replace("/mute/", "/mute/x"))
        assert page.status_code == 404
        assert "This link no longer works." in page.content.decode()
    assert _has_mail(leila)
