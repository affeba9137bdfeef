"""Invitation links: once, for a while, for the right person."""

from __future__ import annotations

from datetime import timedelta

import pytest

from common.errors import InvalidInput, NotAllowed, RuleConflict
from people.models import Invitation, User
from people.roles import Role
from people.services import (
    accept_invitation,
    create_person,
    deactivate_person,
    invite_person,
    revoke_invitation,
)
from tests.factories.people import make_person, make_team
from tests.factories.when import NOW

pytestmark = pytest.mark.django_db
PASSWORD = "a quiet morning at sea"


@pytest.fixture
def administrator() -> User:
    return make_person(role=Role.ADMINISTRATOR, name="Maren")


def accept(secret: str, *, email: str = "kofi@example.com", days: int = 0) -> User:
    at = NOW + timedelta(days=days)
    return accept_invitation(secret=secret, at=at, name="Kofi", email=email, password=PASSWORD)


def test_opens_one_account_in_the_team_with_the_role(administrator: User) -> None:
    team = make_team(administrator.organisation)
    sent = invite_person(by=administrator, at=NOW, role=Role.LEADER, team=team)
    person = accept(sent.secret, email="Kofi@Example.com")
    assert person.email == "kofi@example.com"
    assert person.role == Role.LEADER
    assert person.organisation_id == administrator.organisation_id
    assert person.check_password(PASSWORD)
    assert list(team.members.all()) == [person]


def test_works_once(administrator: User) -> None:
    sent = invite_person(by=administrator, at=NOW)
    accept(sent.secret)
    with pytest.raises(RuleConflict):
        accept(sent.secret, email="second@example.com")


def test_ends_after_fourteen_days(administrator: User) -> None:
    sent = invite_person(by=administrator, at=NOW)
    with pytest.raises(RuleConflict):
        accept(sent.secret, days=14)
    assert accept(sent.secret, days=13).pk


def test_the_secret_is_not_stored(administrator: User) -> None:
    sent = invite_person(by=administrator, at=NOW)
    stored = Invitation.objects.get()
    assert sent.secret not in (stored.digest, stored.email)
    assert len(stored.digest) == 64


def test_an_addressed_invitation_is_for_that_address_only(administrator: User) -> None:
    sent = invite_person(by=administrator, at=NOW, email="dana@example.com")
    assert accept(sent.secret, email="other@example.com").email == "dana@example.com"


def test_claims_a_placeholder_with_all_it_owns(administrator: User) -> None:
    placeholder = create_person(by=administrator, at=NOW, name="Tomasz")
    sent = invite_person(by=administrator, at=NOW, placeholder=placeholder)
    person = accept(sent.secret)
    assert person.pk == placeholder.pk
    assert person.email == "kofi@example.com"
    assert person.has_usable_password()
    again = invite_person(by=administrator, at=NOW) and placeholder
    again.refresh_from_db()
    with pytest.raises(InvalidInput, match="already signs in"):
        invite_person(by=administrator, at=NOW, placeholder=again)


def test_a_taken_address_leaves_the_link_open(administrator: User) -> None:
    make_person(email="taken@example.com")
    sent = invite_person(by=administrator, at=NOW)
    with pytest.raises(InvalidInput, match="already signs in"):
        accept(sent.secret, email="TAKEN@example.com")
    assert accept(sent.secret).pk


def test_a_weak_password_is_refused(administrator: User) -> None:
    sent = invite_person(by=administrator, at=NOW)
    with pytest.raises(InvalidInput):
        accept_invitation(secret=sent.secret, at=NOW, name="K", email="k@example.com", password="short")


def test_can_be_taken_back_until_it_is_used(administrator: User) -> None:
    sent = invite_person(by=administrator, at=NOW)
    revoke_invitation(invitation=sent.invitation, by=administrator, at=NOW)
    with pytest.raises(RuleConflict):
        accept(sent.secret)
    used = invite_person(by=administrator, at=NOW)
    accept(used.secret)
    with pytest.raises(RuleConflict, match="already used"):
        revoke_invitation(invitation=used.invitation, by=administrator, at=NOW)


def test_deactivating_a_placeholder_closes_its_links(administrator: User) -> None:
    placeholder = create_person(by=administrator, at=NOW, name="Tomasz")
    sent = invite_person(by=administrator, at=NOW, placeholder=placeholder)
    deactivate_person(person=placeholder, by=administrator, at=NOW)
    with pytest.raises(RuleConflict):
        accept(sent.secret)


def test_only_administrators_invite_and_only_their_own(administrator: User) -> None:
    member, stranger = make_person(administrator.organisation), make_person(role=Role.ADMINISTRATOR)
    with pytest.raises(NotAllowed):
        invite_person(by=member, at=NOW)
    with pytest.raises(InvalidInput):
        invite_person(by=administrator, at=NOW, placeholder=make_person(email=None))
    with pytest.raises(InvalidInput):
        invite_person(by=administrator, at=NOW, team=make_team(stranger.organisation))
    sent = invite_person(by=administrator, at=NOW)
    with pytest.raises(NotAllowed):
        revoke_invitation(invitation=sent.invitation, by=stranger, at=NOW)
