"""Adding, changing, deactivating and merging people."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from activity.models import Event
from common.errors import InvalidInput, NotAllowed, RuleConflict
from people.middleware import is_valid
from people.models import ApiToken, Membership, User
from people.roles import Role
from people.services import (
    change_members,
    create_person,
    create_token,
    deactivate_person,
    edit_person,
    merge_people,
    reactivate_person,
)
from people.tokens import find_token
from tests.factories.objectives import make_objective
from tests.factories.people import PASSWORD, make_organisation, make_person, make_team
from tests.factories.when import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator() -> User:
    return make_person(role=Role.ADMINISTRATOR, name="Maren")


def test_a_placeholder_has_no_address_and_cannot_sign_in(administrator: User) -> None:
    person = create_person(by=administrator, at=NOW, name="  Tomasz   the buyer ")
    assert person.name == "Tomasz the buyer"
    assert person.is_placeholder
    assert not person.has_usable_password()


def test_an_address_belongs_to_one_person_of_the_installation(administrator: User) -> None:
    elsewhere = make_person(make_organisation(), email="kofi@example.com")
    with pytest.raises(InvalidInput, match="already signs in"):
        create_person(by=administrator, at=NOW, name="Kofi", email="KOFI@Example.com")
    mine = create_person(by=administrator, at=NOW, name="Kofi")
    with pytest.raises(InvalidInput):
        edit_person(person=mine, by=administrator, at=NOW, email=str(elsewhere.email).upper())


@pytest.mark.parametrize("role", [Role.LEADER, Role.MEMBER, Role.VIEWER])
def test_only_administrators_manage_people(administrator: User, role: Role) -> None:
    by = make_person(administrator.organisation, role=role)
    with pytest.raises(NotAllowed):
        create_person(by=by, at=NOW, name="Kofi")
    with pytest.raises(NotAllowed):
        edit_person(person=by, by=by, at=NOW, role=Role.ADMINISTRATOR)
    with pytest.raises(NotAllowed):
        deactivate_person(person=administrator, by=by, at=NOW)


def test_a_change_is_kept_with_before_and_after(administrator: User) -> None:
    person = make_person(administrator.organisation, name="Kofi")
    edit_person(person=person, by=administrator, at=NOW, name="Kofi A", role=Role.LEADER)
    event = Event.objects.get(verb="person.edited")
    assert event.payload["changes"] == {"name": ["Kofi", "Kofi A"], "role": ["member", "leader"]}
    edit_person(person=person, by=administrator, at=NOW, name="Kofi A")
    assert Event.objects.filter(verb="person.edited").count() == 1


def test_the_last_administrator_stays_one(administrator: User) -> None:
    with pytest.raises(RuleConflict, match="last administrator"):
        edit_person(person=administrator, by=administrator, at=NOW, role=Role.MEMBER)
    with pytest.raises(RuleConflict, match="last administrator"):
        deactivate_person(person=administrator, by=administrator, at=NOW)
    make_person(administrator.organisation, role=Role.ADMINISTRATOR)
    edit_person(person=administrator, by=administrator, at=NOW, role=Role.MEMBER)
    administrator.refresh_from_db()
    assert administrator.role == Role.MEMBER


def test_a_placeholder_is_no_administrator_to_count_on(administrator: User) -> None:
    make_person(administrator.organisation, role=Role.ADMINISTRATOR, email=None)
    with pytest.raises(RuleConflict):
        edit_person(person=administrator, by=administrator, at=NOW, role=Role.MEMBER)


def test_people_of_other_organisations_are_out_of_reach(administrator: User) -> None:
    stranger = make_person()
    with pytest.raises(NotAllowed):
        edit_person(person=stranger, by=administrator, at=NOW, name="Mine")
    with pytest.raises(NotAllowed):
        deactivate_person(person=stranger, by=administrator, at=NOW)


def test_deactivation_ends_sign_ins_and_tokens_at_once(administrator: User) -> None:
    person = make_person(administrator.organisation, can_sign_in=True)
    made = create_token(by=person, at=NOW, name="Laptop", scopes=["read"])
    client = Client()
    client.force_login(person)
    assert client.get(reverse("settings")).status_code == 200
    deactivate_person(person=person, by=administrator, at=NOW)
    assert client.get(reverse("settings")).status_code == 302
    found = find_token(made.secret)
    assert found is None or not is_valid(found, NOW + timedelta(seconds=1))
    answer = Client().get("/api/v1/me", headers={"Authorization": f"Bearer {made.secret}"})
    assert answer.status_code == 401
    assert not Client().login(email=person.email, password=PASSWORD)


def test_coming_back_does_not_revive_earlier_sign_ins_or_tokens(administrator: User) -> None:
    person = make_person(administrator.organisation, can_sign_in=True)
    made = create_token(by=person, at=NOW, name="Laptop", scopes=["read"])
    client = Client()
    client.force_login(person)
    deactivate_person(person=person, by=administrator, at=NOW)
    reactivate_person(person=person, by=administrator, at=NOW)
    person.refresh_from_db()
    assert person.is_active
    assert person.deactivated_at is None
    assert client.get(reverse("settings")).status_code == 302
    assert ApiToken.objects.get(pk=made.token.pk).revoked_at == NOW
    assert Client().login(email=person.email, password=PASSWORD)


def test_deactivated_people_keep_their_objectives(administrator: User) -> None:
    owner = make_person(administrator.organisation)
    objective = make_objective(owner=owner)
    deactivate_person(person=owner, by=administrator, at=NOW)
    objective.refresh_from_db()
    assert objective.owner_id == owner.pk


def test_merging_moves_everything_that_carries_the_name(administrator: User) -> None:
    placeholder = make_person(administrator.organisation, email=None, name="Tomasz", external_id="t-1")
    person = make_person(administrator.organisation, name="Tomasz K")
    both, other = (make_team(administrator.organisation, lead=placeholder) for _ in range(2))
    change_members(team=both, by=administrator, at=NOW, add=[placeholder, person])
    change_members(team=other, by=administrator, at=NOW, add=[placeholder])
    owned = make_objective(owner=placeholder)
    shared = make_objective(owner=person, contributors=[placeholder, person])
    merge_people(placeholder=placeholder, into=person, by=administrator, at=NOW)
    for row in (placeholder, person, owned, both):
        row.refresh_from_db()
    assert owned.owner_id == person.pk
    assert list(shared.contributors.all()) == [person]
    assert both.lead_id == person.pk
    assert Membership.objects.filter(user=person).count() == 2
    assert not Membership.objects.filter(user=placeholder).exists()
    assert placeholder.merged_into_id == person.pk
    assert not placeholder.is_active
    assert person.external_id == "t-1"
    assert Event.objects.get(verb="person.merged").payload["name"] == "Tomasz"
    with pytest.raises(RuleConflict, match="merged"):
        edit_person(person=placeholder, by=administrator, at=NOW, name="Again")


def test_merging_reaches_deleted_rows_too(administrator: User) -> None:
    placeholder = make_person(administrator.organisation, email=None)
    person = make_person(administrator.organisation)
    objective = make_objective(owner=placeholder, deleted_at=NOW)
    merge_people(placeholder=placeholder, into=person, by=administrator, at=NOW)
    assert type(objective).everything.get(pk=objective.pk).owner_id == person.pk


def test_only_placeholders_are_merged_and_not_into_themselves(administrator: User) -> None:
    placeholder = make_person(administrator.organisation, email=None)
    person, stranger = make_person(administrator.organisation), make_person()
    with pytest.raises(RuleConflict, match="not a placeholder"):
        merge_people(placeholder=person, into=administrator, by=administrator, at=NOW)
    with pytest.raises(RuleConflict, match="somebody else"):
        merge_people(placeholder=placeholder, into=placeholder, by=administrator, at=NOW)
    with pytest.raises(NotAllowed):
        merge_people(placeholder=placeholder, into=stranger, by=administrator, at=NOW)


def test_ids_of_other_systems_are_unique_here(administrator: User) -> None:
    create_person(by=administrator, at=NOW, name="Kofi", external_id="hr-7")
    with pytest.raises(InvalidInput) as caught:
        create_person(by=administrator, at=NOW, name="Kofi again", external_id=" hr-7 ")
    assert caught.value.problems[0].field == "external_id"


def test_every_problem_is_told_at_once(administrator: User) -> None:
    with pytest.raises(InvalidInput) as caught:
        create_person(by=administrator, at=NOW, name=" ", email="nope", role="king")
    assert [problem.field for problem in caught.value.problems] == ["name", "email", "role"]


def test_an_address_taken_in_the_same_moment_is_told(administrator: User) -> None:
    from people.services.shapes import one_address_each

    person = make_person(administrator.organisation, email="kofi@example.com")
    with pytest.raises(InvalidInput, match="already signs in"), one_address_each():
        User.objects.filter(pk=administrator.pk).update(email=person.email)
