"""The pages about working time, days away and rhythms, as a browser without scripts uses them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from common import clock
from people.models import Absence, Team, User
from people.roles import Role
from people.services import edit_organisation, plan_absence
from tests.factories.people import make_person, make_team

pytestmark = pytest.mark.django_db
RHYTHM = {
    "rhythm_weeks": "2",
    "check_in_weekday": "1",
    "check_in_hour": "",
    "review_weekday": "",
    "review_hour": "",
}


@pytest.fixture
def leila() -> User:
    return make_person(name="Leila")


@pytest.fixture
def desk(leila: User, client: Client) -> Client:
    client.force_login(leila)
    return client


def test_days_away_through_the_pages(desk: Client, leila: User) -> None:
    make_person(leila.organisation, name="Caro")
    day = clock.now().date() + timedelta(days=30)
    assert desk.get(reverse("absence_new")).status_code == 200
    sent = {"starts_on": day.isoformat(), "ends_on": day.isoformat(), "stand_in": "caro"}
    assert desk.post(reverse("absence_new"), sent).status_code == 302
    absence = Absence.objects.get(user=leila)
    page = desk.get(reverse("settings")).content.decode()
    assert "Caro" in page
    assert reverse("absence_edit", args=[absence.pk]) in page
    again = desk.post(reverse("absence_new"), sent)
    assert again.status_code == 422
    assert "You are away from" in again.content.decode()
    address = reverse("absence_edit", args=[absence.pk])
    assert 'value="caro' not in desk.get(address).content.decode()
    assert desk.post(address, {**sent, "stand_in": "Nobody"}).status_code == 422
    assert desk.post(address, {**sent, "stand_in": ""}).status_code == 302
    absence.refresh_from_db()
    assert absence.stand_in is None
    assert desk.post(reverse("absence_delete", args=[absence.pk])).status_code == 302
    assert not Absence.objects.exists()


def test_days_of_others_are_not_there(desk: Client, leila: User) -> None:
    theirs = plan_absence(
        by=make_person(leila.organisation),
        at=clock.now(),
        starts_on=clock.now().date(),
        ends_on=clock.now().date(),
    )
    assert desk.get(reverse("absence_edit", args=[theirs.pk])).status_code == 404
    assert desk.post(reverse("absence_delete", args=[theirs.pk])).status_code == 404


def test_lists_say_who_is_away(client: Client, leila: User) -> None:
    administrator = make_person(leila.organisation, role=Role.ADMINISTRATOR)
    team = make_team(members=[leila])
    today = clock.now().date()
    plan_absence(by=leila, at=clock.now(), starts_on=today, ends_on=today)
    client.force_login(administrator)
    for address in (reverse("people"), reverse("team_edit", args=[team.pk])):
        assert "away until" in client.get(address).content.decode()


def test_a_lead_sets_the_teams_rhythm(desk: Client, leila: User) -> None:
    team = make_team(lead=leila)
    address = reverse("team_rhythm", args=[team.pk])
    assert desk.post(address, RHYTHM).status_code == 302
    changed = Team.objects.get()
    assert (changed.rhythm_weeks, changed.check_in_weekday, changed.check_in_hour) == (2, 1, None)
    assert desk.post(address, {**RHYTHM, "rhythm_weeks": "3"}).status_code == 422
    other = Client()
    other.force_login(make_person(leila.organisation))
    assert other.post(address, RHYTHM).status_code == 403


def test_a_lock_is_said_and_holds(desk: Client, leila: User) -> None:
    administrator = make_person(leila.organisation, role=Role.ADMINISTRATOR)
    edit_organisation(by=administrator, at=clock.now(), rhythm_is_locked=True)
    page = desk.get(reverse("settings")).content.decode()
    assert "keeps one day for everybody" in page
    sent = {"name": "Leila", "working_days": ["0"], "quiet_from_hour": "18", "quiet_until_hour": "8"}
    desk.post(reverse("settings"), {**sent, "check_in_weekday": "1"})
    leila.refresh_from_db()
    assert leila.check_in_weekday is None
    team = make_team(lead=leila)
    desk.post(reverse("team_rhythm", args=[team.pk]), RHYTHM)
    assert Team.objects.get().check_in_weekday is None
