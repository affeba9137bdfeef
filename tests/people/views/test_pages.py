"""Every page of people, teams, tokens and settings: who may open it, and that it opens."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from django.test import Client
from django.urls import reverse

from people.models import Team, User
from people.roles import Role
from tests.factories.people import make_organisation, make_person, make_team

pytestmark = pytest.mark.django_db


@dataclass
class House:
    """An organisation with one person of each kind, and somebody from elsewhere."""

    administrator: User
    leader: User
    lead: User
    member: User
    viewer: User
    placeholder: User
    team: Team
    stranger: User
    stranger_team: Team


@pytest.fixture
def house() -> House:
    here, elsewhere = make_organisation(), make_organisation()
    lead, member = make_person(here, name="Leila"), make_person(here, name="Kofi")
    stranger = make_person(elsewhere, role=Role.ADMINISTRATOR)
    return House(
        administrator=make_person(here, role=Role.ADMINISTRATOR, name="Maren"),
        leader=make_person(here, role=Role.LEADER, name="Amara"),
        lead=lead,
        member=member,
        viewer=make_person(here, role=Role.VIEWER, name="Vera"),
        placeholder=make_person(here, email=None, name="Bram"),
        team=make_team(here, lead=lead, members=[lead, member], name="Store Operations"),
        stranger=stranger,
        stranger_team=make_team(elsewhere, lead=stranger),
    )


def as_person(person: User | None) -> Client:
    client = Client()
    if person is not None:
        client.force_login(person)
    return client


PLAIN_PAGES = ("settings", "tokens")
ADMINISTRATORS_PAGES = (
    "organisation_settings", "people", "person_new", "person_invite", "team_new", "mails", "audit_log",
)  # fmt: skip


@pytest.mark.parametrize("name", PLAIN_PAGES)
@pytest.mark.parametrize("role", ["administrator", "leader", "lead", "member", "viewer"])
def test_everybody_who_is_signed_in_opens_their_own_pages(house: House, name: str, role: str) -> None:
    assert as_person(getattr(house, role)).get(reverse(name)).status_code == 200


@pytest.mark.parametrize("name", [*PLAIN_PAGES, *ADMINISTRATORS_PAGES, "manage_teams"])
def test_anonymous_visitors_are_led_to_the_sign_in_page(house: House, name: str) -> None:
    response = as_person(None).get(reverse(name))
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("name", ADMINISTRATORS_PAGES)
def test_administrators_open_every_page(house: House, name: str) -> None:
    assert as_person(house.administrator).get(reverse(name)).status_code == 200


@pytest.mark.parametrize("name", ADMINISTRATORS_PAGES)
@pytest.mark.parametrize("role", ["leader", "lead", "member", "viewer"])
def test_others_are_told_whom_to_ask(house: House, name: str, role: str) -> None:
    response = as_person(getattr(house, role)).get(reverse(name))
    assert response.status_code == 403
    assert b"Administrators" in response.content


def test_pages_of_one_person(house: House) -> None:
    client = as_person(house.administrator)
    for person in (house.member, house.placeholder):
        assert client.get(reverse("person_edit", args=[person.pk])).status_code == 200
    assert client.get(reverse("person_merge", args=[house.placeholder.pk])).status_code == 200
    invite = client.get(reverse("person_invite"), {"for": str(house.placeholder.pk)})
    assert "Invite Bram" in invite.content.decode()


def test_a_lead_changes_the_members_of_their_own_team_only(house: House) -> None:
    other = make_team(house.administrator.organisation, name="Trade")
    client = as_person(house.lead)
    assert client.get(reverse("manage_teams")).status_code == 200
    assert client.get(reverse("team_edit", args=[house.team.pk])).status_code == 200
    assert client.get(reverse("team_edit", args=[other.pk])).status_code == 403
    assert client.post(reverse("team_edit", args=[house.team.pk]), {"name": "Mine"}).status_code == 403
    added = client.post(reverse("team_members_change", args=[house.team.pk]), {"person": "Vera"})
    assert added.status_code == 302
    assert house.team.members.filter(pk=house.viewer.pk).exists()
    refused = client.post(reverse("team_members_change", args=[other.pk]), {"person": "Vera"})
    assert refused.status_code == 403


@pytest.mark.parametrize("role", ["member", "viewer", "leader"])
def test_who_leads_no_team_manages_none(house: House, role: str) -> None:
    client = as_person(getattr(house, role))
    assert client.get(reverse("manage_teams")).status_code == 403
    assert client.get(reverse("team_edit", args=[house.team.pk])).status_code == 403


def test_other_organisations_are_not_there(house: House) -> None:
    client = as_person(house.administrator)
    stranger, team = house.stranger, house.stranger_team
    assert client.get(reverse("person_edit", args=[stranger.pk])).status_code == 404
    assert client.post(reverse("person_deactivate", args=[stranger.pk])).status_code == 404
    assert client.get(reverse("person_merge", args=[stranger.pk])).status_code == 404
    assert client.get(reverse("team_edit", args=[team.pk])).status_code == 404
    assert client.post(reverse("team_archive", args=[team.pk])).status_code == 404
    assert client.post(reverse("team_members_change", args=[team.pk]), {"person": "x"}).status_code == 404
    assert client.get(reverse("person_invite"), {"for": str(stranger.pk)}).status_code == 404
    people = client.get(reverse("people")).content.decode()
    assert stranger.name not in people
    assert team.name not in client.get(reverse("manage_teams")).content.decode()
