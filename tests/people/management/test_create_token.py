"""`manage.py create_token`: prints the token and nothing else."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command

from people.models import ApiToken
from people.tokens import find_token
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db


def test_prints_only_the_token(capsys: pytest.CaptureFixture[str]) -> None:
    make_person(email="kofi@example.com")
    call_command("create_token", "Kofi@Example.com", "--scopes", "read,check_in,write", "--days", "7")
    printed = capsys.readouterr().out
    assert printed.count("\n") == 1
    token = find_token(printed.strip())
    assert token is not None
    assert token.scopes == ["read", "check_in", "write"]
    assert token.expires_at is not None
    assert not token.is_service


def test_a_service_has_a_name() -> None:
    make_person(email="kofi@example.com")
    call_command("create_token", "kofi@example.com", "--service", "Shelf system")
    token = ApiToken.objects.get()
    assert token.is_service
    assert token.name == "Shelf system"
    assert token.expires_at is None


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nobody@example.com"], "Nobody signs in as"),
        (["kofi@example.com", "--scopes", "fly"], "Unknown: fly"),
        (["kofi@example.com", "--scopes", "admin"], "administrator"),
        (["gone@example.com"], "deactivated"),
        (["kofi@example.com", "--days", "0"], "Between 1 and"),
    ],
)
def test_says_what_is_wrong(arguments: list[str], words: str) -> None:
    make_person(email="kofi@example.com")
    make_person(email="gone@example.com", is_active=False)
    with pytest.raises(CommandError, match=words) as caught:
        call_command("create_token", *arguments)
    assert caught.value.returncode == 1
    assert not ApiToken.objects.exists()
