"""The log line of a request names its path, but never what lets somebody in."""

import pytest
from django.test import Client
from django.urls import reverse

from people.services import invite_person
from tests.factories import NOW, make_organisation, make_person

pytestmark = pytest.mark.django_db


def test_no_log_line_holds_the_secret_of_an_invitation(caplog, capsys, monkeypatch):
    monkeypatch.setattr("common.clock.now", lambda: NOW)
    caplog.set_level("INFO")
    by = make_person(make_organisation(), role="administrator")
    secret = invite_person(by=by, at=NOW).secret
    address = reverse("join", args=[secret])
    assert Client().get(address).status_code == 200
    assert Client().post(address, {"name": "Ines", "email": "no address", "password": "x"}).status_code == 422
    Client().get(reverse("account_reset_password_from_key", args=["a1", "the-key-of-a-mail"]))
    Client().get(reverse("join", args=["okr_another_secret"]))
    said = caplog.text + "".join(capsys.readouterr())
    assert "/join/…/" in said
    for hidden in (secret, "the-key-of-a-mail", "okr_another_secret"):
        assert hidden not in said
