"""Tokens, one's own settings and those of the organisation."""

from __future__ import annotations

from datetime import timedelta

import pytest

from activity.models import Event
from common.errors import InvalidInput, NotAllowed
from people.middleware import is_valid
from people.models import User
from people.roles import Role
from people.services import create_token, edit_organisation, edit_own_settings, revoke_token
from people.tokens import find_token
from tests.factories.people import make_organisation, make_person, make_team
from tests.factories.when import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def member() -> User:
    return make_person(name="Kofi")


def test_a_token_is_found_by_its_secret_only(member: User) -> None:
    made = create_token(by=member, at=NOW, name="Laptop", scopes=["write", "read"], days=30)
    assert made.secret.startswith("okr_")
    assert made.token.hint == made.secret[-4:]
    assert made.token.scopes == ["read", "write"]
    assert made.secret not in made.token.digest
    found = find_token(made.secret)
    assert found is not None
    assert found.user == member
    assert is_valid(found, NOW + timedelta(days=29))
    assert not is_valid(found, NOW + timedelta(days=30))
    assert find_token(made.secret + "x") is None
    assert "okr_" not in str(Event.objects.get(verb="token.created").payload)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"scopes": []}, "scopes"),
        ({"scopes": ["fly"]}, "scopes"),
        ({"scopes": ["admin"]}, "scopes"),
        ({"name": " "}, "name"),
        ({"name": "n" * 101}, "name"),
        ({"days": 0}, "days"),
        ({"days": 99999}, "days"),
    ],
)
def test_what_a_token_may_not_be(member: User, fields: dict[str, object], field: str) -> None:
    asked = {"name": "Laptop", "scopes": ["read"], **fields}
    with pytest.raises(InvalidInput) as caught:
        create_token(by=member, at=NOW, **asked)  # type: ignore[arg-type]
    assert caught.value.problems[0].field == field


def test_placeholders_have_no_tokens() -> None:
    with pytest.raises(NotAllowed):
        create_token(by=make_person(email=None), at=NOW, name="Laptop", scopes=["read"])


def test_owner_and_administrators_revoke(member: User) -> None:
    administrator = make_person(member.organisation, role=Role.ADMINISTRATOR)
    token = create_token(by=member, at=NOW, name="Laptop", scopes=["read"]).token
    for by in (make_person(member.organisation), make_person(role=Role.ADMINISTRATOR)):
        with pytest.raises(NotAllowed):
            revoke_token(token=token, by=by, at=NOW)
    assert revoke_token(token=token, by=administrator, at=NOW).revoked_at == NOW
    later = NOW + timedelta(days=1)
    assert revoke_token(token=token, by=member, at=later).revoked_at == NOW


def test_own_settings_change_what_is_named_and_nothing_else(member: User) -> None:
    mine = make_team(member.organisation)
    person = edit_own_settings(
        by=member, at=NOW, time_zone="Asia/Tokyo", locale="de", theme="dark", followed_teams=[mine]
    )
    assert (person.time_zone, person.locale, person.theme) == ("Asia/Tokyo", "de", "dark")
    assert person.has_shortcuts
    assert list(person.followed_teams.all()) == [mine]
    again = edit_own_settings(by=member, at=NOW, time_zone="", has_shortcuts=False)
    assert (again.time_zone, again.theme, again.has_shortcuts) == ("", "dark", False)


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", ""), ("time_zone", "Mars/Olympus"), ("locale", "xx"), ("theme", "neon")],
)
def test_settings_that_will_not_do(member: User, field: str, value: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        edit_own_settings(by=member, at=NOW, **{field: value})  # type: ignore[arg-type]
    assert caught.value.problems[0].field == field


def test_nobody_follows_teams_from_elsewhere(member: User) -> None:
    with pytest.raises(InvalidInput):
        edit_own_settings(by=member, at=NOW, followed_teams=[make_team(make_organisation())])


def test_the_organisation_is_changed_by_administrators(member: User) -> None:
    administrator = make_person(member.organisation, role=Role.ADMINISTRATOR)
    with pytest.raises(NotAllowed):
        edit_organisation(by=member, at=NOW, name="Mine")
    changed = edit_organisation(by=administrator, at=NOW, rhythm_weeks=2, allows_private=False)
    assert (changed.rhythm_weeks, changed.allows_private) == (2, False)
    assert Event.objects.get(verb="organisation.edited").payload["changes"]["rhythm_weeks"] == [1, 2]
    taken = make_organisation()
    with pytest.raises(InvalidInput):
        edit_organisation(by=administrator, at=NOW, name=taken.name)
    for field, value in (("rhythm_weeks", 3), ("check_in_weekday", 7), ("check_in_hour", 24)):
        with pytest.raises(InvalidInput):
            edit_organisation(by=administrator, at=NOW, **{field: value})  # type: ignore[arg-type]
