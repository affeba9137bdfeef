"""Signing in: who may, what it says, how often."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from common import clock
from people.models import User
from people.roles import Role
from people.services import deactivate_person
from tests.factories.people import PASSWORD, make_person

pytestmark = pytest.mark.django_db
LOGIN = "/account/login/"


@pytest.fixture
def member() -> User:
    return make_person(name="Kofi", email="kofi@example.com", can_sign_in=True)


def sign_in(email: str, password: str = PASSWORD) -> tuple[Client, Any]:
    client = Client()
    return client, client.post(LOGIN, {"login": email, "password": password})


def test_by_address_in_any_case(member: User) -> None:
    client, response = sign_in("Kofi@Example.COM")
    assert response.status_code == 302
    assert client.get(reverse("settings")).status_code == 200
    client.post(reverse("account_logout"))
    assert client.get(reverse("settings")).status_code == 302


def test_an_unknown_address_and_a_wrong_password_read_the_same(member: User) -> None:
    _, unknown = sign_in("nobody@example.com")
    _, wrong = sign_in("kofi@example.com", "not the password")
    words = "This e-mail address and password do not belong together."
    for response in (unknown, wrong):
        assert response.status_code == 200
        assert words in response.content.decode()
    assert "kofi@example.com" in wrong.content.decode()


def test_placeholders_and_people_who_left_stay_out(member: User) -> None:
    make_person(member.organisation, email=None, name="Tomasz")
    assert sign_in("Tomasz")[1].status_code == 200
    administrator = make_person(member.organisation, role=Role.ADMINISTRATOR)
    deactivate_person(person=member, by=administrator, at=clock.now())
    client, response = sign_in("kofi@example.com")
    assert response["Location"] == reverse("account_inactive")
    assert "no longer signs in" in client.get(reverse("account_inactive")).content.decode()
    assert client.get(reverse("settings")).status_code == 302
    wrong = sign_in("kofi@example.com", "not the password")[1]
    assert "do not belong together" in wrong.content.decode()


def test_twenty_tries_a_minute(member: User) -> None:
    statuses = [sign_in("nobody@example.com")[1].status_code for _ in range(22)]
    assert statuses[:20] == [200] * 20
    assert 429 in statuses[20:] or "Too many" in sign_in("nobody@example.com")[1].content.decode()


def test_a_new_password_by_mail(member: User) -> None:
    client = Client()
    known = client.post(reverse("account_reset_password"), {"email": "kofi@example.com"})
    unknown = client.post(reverse("account_reset_password"), {"email": "nobody@example.com"})
    assert known["Location"] == unknown["Location"]
    assert [message.to for message in mail.outbox] == [["kofi@example.com"]]
    assert mail.outbox[0].subject == f"A new password for {member.organisation.name}"
    found = re.search(r"https?://[^/]+(/account/password/reset/key/\S+)", mail.outbox[0].body)
    assert found is not None
    page = client.get(found[1], follow=True)
    weak = client.post(page.request["PATH_INFO"], {"password1": "short", "password2": "short"})
    assert weak.status_code == 200
    assert "err" in weak.content.decode()
    new = "another quiet morning"
    client.post(page.request["PATH_INFO"], {"password1": new, "password2": new})
    assert sign_in("kofi@example.com", new)[1].status_code == 302
    assert sign_in("kofi@example.com", PASSWORD)[1].status_code == 200
    assert "does not work any more" in Client().get(found[1], follow=True).content.decode()


def test_the_present_password_changes_it(member: User) -> None:
    client, _ = sign_in("kofi@example.com")
    page = reverse("account_change_password")
    assert client.get(page).status_code == 200
    new = "another quiet morning"
    wrong = client.post(page, {"oldpassword": "no", "password1": new, "password2": new})
    assert "not your present password" in wrong.content.decode()
    client.post(page, {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert sign_in("kofi@example.com", new)[1].status_code == 302


def test_nobody_signs_up(member: User) -> None:
    response = Client().post("/account/signup/", {"email": "new@example.com", "password1": PASSWORD})
    assert response.status_code in (302, 405)
    assert not User.objects.filter(email="new@example.com").exists()


@pytest.mark.parametrize("name", ["account_login", "account_reset_password", "account_reset_password_done"])
def test_the_pages_at_the_door_open(member: User, name: str) -> None:
    response = Client().get(reverse(name))
    assert response.status_code == 200
    assert "<h1" in response.content.decode()
