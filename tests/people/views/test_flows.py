"""What forms do: they keep what was typed, say what is wrong, and lead on."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from common import clock
from objectives.models import Cycle
from people.models import ApiToken, Invitation, Organisation, Team, User
from people.roles import Role
from people.services import create_person, invite_person
from tests.factories.people import make_organisation, make_person, make_team

pytestmark = pytest.mark.django_db
PASSWORD = "a quiet morning at sea"


@pytest.fixture
def administrator() -> User:
    return make_person(make_organisation("Harbour & Pine"), role=Role.ADMINISTRATOR, name="Maren")


@pytest.fixture
def desk(administrator: User) -> Client:
    """The administrator's browser."""
    client = Client()
    client.force_login(administrator)
    return client


def text_of(response: Any) -> str:
    return response.content.decode()


def test_an_empty_installation_leads_to_the_first_run_page() -> None:
    client = Client()
    for address in ("/", reverse("account_login"), reverse("settings")):
        assert client.get(address)["Location"] == reverse("first_run")
    assert client.get("/healthz").status_code == 200
    assert client.get(reverse("first_run")).status_code == 200


def test_first_run_keeps_what_was_typed_then_signs_in_and_leads_on() -> None:
    client = Client()
    typed = {
        "organisation_name": "Harbour & Pine",
        "name": "Maren",
        "email": "maren@harbour-pine.example",
        "password": "short",
        "time_zone": "Europe/Brussels",
    }
    refused = client.post(reverse("first_run"), typed)
    assert refused.status_code == 422
    assert 'role="alert"' in text_of(refused)
    assert "maren@harbour-pine.example" in text_of(refused)
    assert not Organisation.objects.exists()
    done = client.post(reverse("first_run"), {**typed, "password": PASSWORD})
    assert done["Location"] == reverse("start")
    assert client.get(reverse("start")).status_code == 200
    assert Client().get(reverse("first_run"))["Location"] == "/"


def test_start_adds_priorities_and_teams(desk: Client, administrator: User) -> None:
    page = reverse("start")
    assert desk.post(page, {"step": "priority", "title": "Shelves full", "owner": "maren"}).status_code == 302
    pasted = {"step": "list", "list": "- Trade customers come back\n\n* Waste low\n"}
    assert desk.post(page, pasted).status_code == 302
    assert desk.post(page, {"step": "teams", "teams": "Store Operations, Supply Chain"}).status_code == 302
    shown = text_of(desk.get(page))
    for words in ("Shelves full", "Trade customers come back", "Waste low", "Store Operations"):
        assert words in shown
    refused = desk.post(page, {"step": "priority", "title": "Another", "owner": "Nobody at all"})
    assert refused.status_code == 422
    assert "Another" in text_of(refused)
    assert "Nobody here is called" in text_of(refused)
    twice = desk.post(page, {"step": "teams", "teams": "Trade, Supply Chain"})
    assert twice.status_code == 422
    assert not Team.objects.filter(name="Trade").exists()


@pytest.mark.parametrize(("role", "status"), [(Role.LEADER, 200), (Role.MEMBER, 403), (Role.VIEWER, 403)])
def test_start_is_for_leaders(administrator: User, role: Role, status: int) -> None:
    client = Client()
    client.force_login(make_person(administrator.organisation, role=role))
    assert client.get(reverse("start")).status_code == status


def test_an_invitation_is_shown_once_mailed_and_leads_in(desk: Client, administrator: User) -> None:
    asked = {"email": "kofi@example.com", "role": "member", "team": ""}
    shown = desk.post(reverse("person_invite"), asked)
    assert shown.status_code == 200
    assert shown["Cache-Control"] == "no-store"
    link = shown.context["link"]
    assert link in text_of(shown)
    assert link in mail.outbox[0].body
    assert "kofi@example.com" in text_of(desk.get(reverse("people")))
    guest = Client()
    refused = guest.post(link, {"name": "Kofi", "email": "", "password": "short"})
    assert refused.status_code == 422
    assert 'value="Kofi"' in text_of(refused)
    joined = guest.post(link, {"name": "Kofi", "email": "kofi@example.com", "password": PASSWORD})
    assert joined.status_code == 302
    assert guest.get(reverse("settings")).status_code == 200
    over = Client().get(link)
    assert over.status_code == 410
    assert "does not work any more" in text_of(over)


def test_an_invitation_ends_and_is_taken_back(desk: Client, administrator: User) -> None:
    early = invite_person(by=administrator, at=clock.now() - timedelta(days=15))
    assert Client().get(reverse("join", args=[early.secret])).status_code == 410
    sent = invite_person(by=administrator, at=clock.now())
    assert Client().get(reverse("join", args=[sent.secret])).status_code == 200
    desk.post(reverse("invitation_revoke", args=[sent.invitation.pk]))
    assert Client().get(reverse("join", args=[sent.secret])).status_code == 410
    foreign = invite_person(by=make_person(role=Role.ADMINISTRATOR), at=clock.now()).invitation
    assert desk.post(reverse("invitation_revoke", args=[foreign.pk])).status_code == 404
    assert Invitation.objects.get(pk=foreign.pk).revoked_at is None


def test_people_are_added_changed_and_sent_away(desk: Client, administrator: User) -> None:
    desk.post(reverse("person_new"), {"name": "Tomasz", "email": "", "role": "member"})
    person = User.objects.get(name="Tomasz")
    page = reverse("person_edit", args=[person.pk])
    taken = desk.post(page, {"name": "Tomasz", "email": str(administrator.email).upper(), "role": "member"})
    assert taken.status_code == 422
    assert "already signs in" in text_of(taken)
    desk.post(page, {"name": "Tomasz", "email": "tomasz@example.com", "role": "leader"})
    person.refresh_from_db()
    assert (person.email, person.role) == ("tomasz@example.com", "leader")
    desk.post(reverse("person_deactivate", args=[person.pk]))
    assert "Left on" in text_of(desk.get(page))
    desk.post(reverse("person_reactivate", args=[person.pk]))
    person.refresh_from_db()
    assert person.is_active
    refused = desk.post(reverse("person_deactivate", args=[administrator.pk]), follow=True)
    assert "last administrator" in text_of(refused)


def test_a_placeholder_is_merged_after_a_choice(desk: Client, administrator: User) -> None:
    placeholder = create_person(by=administrator, at=clock.now(), name="Kofi")
    person = make_person(administrator.organisation, name="Kofi A")
    page = reverse("person_merge", args=[placeholder.pk])
    assert "Kofi A" in text_of(desk.get(page))
    assert desk.post(page, {}).status_code == 422
    assert desk.post(page, {"into": str(make_person().pk)}).status_code == 404
    assert desk.post(page, {"into": str(person.pk)}).status_code == 302
    assert desk.get(reverse("person_edit", args=[placeholder.pk])).status_code == 404


def test_the_list_of_people_is_searched_filtered_and_paged(desk: Client, administrator: User) -> None:
    here = administrator.organisation
    trade = make_team(here, members=[make_person(here, name="Zoe Trade")])
    for number in range(60):
        make_person(here, name=f"Person {number:03}")
    first = text_of(desk.get(reverse("people")))
    assert "page 1 of 2" in first
    assert "Person 059" not in first
    assert "Zoe Trade" in text_of(desk.get(reverse("people"), {"page": "2"}))
    only = text_of(desk.get(reverse("people"), {"team": str(trade.pk)}))
    assert "Zoe Trade" in only
    assert "Person 000" not in only
    assert "Maren" in text_of(desk.get(reverse("people"), {"role": "administrator"}))
    none = desk.get(reverse("people"), {"q": "nobody like this", "role": "viewer", "team": "nonsense"})
    assert "Nobody matches" in text_of(none)
    for odd in ("0", "-1", "99999", "x", "9" * 30):
        assert desk.get(reverse("people"), {"page": odd}).status_code == 200


def test_teams_are_made_changed_and_archived(desk: Client, administrator: User) -> None:
    refused = desk.post(reverse("team_new"), {"name": "Trade", "purpose": "Doors", "lead": "Nobody"})
    assert refused.status_code == 422
    assert "Doors" in text_of(refused)
    desk.post(reverse("team_new"), {"name": "Trade", "lead": "maren"})
    team = Team.objects.get(name="Trade")
    assert team.lead_id == administrator.pk
    page = reverse("team_edit", args=[team.pk])
    inner = make_team(administrator.organisation, parent=team, name="Inner")
    loop = desk.post(page, {"name": "Trade", "parent": str(inner.pk)})
    assert loop.status_code == 422
    assert "Trade → Inner → Trade" in text_of(loop)
    unknown = desk.post(reverse("team_members_change", args=[team.pk]), {"person": "Nobody"})
    assert unknown.status_code == 422
    held = desk.post(reverse("team_archive", args=[team.pk]), follow=True)
    assert "still holds Inner" in text_of(held)
    desk.post(reverse("team_archive", args=[inner.pk]))
    desk.post(reverse("team_archive", args=[team.pk]))
    team.refresh_from_db()
    assert team.archived_at is not None
    desk.post(reverse("team_archive", args=[team.pk]), {"restore": "1"})
    team.refresh_from_db()
    assert team.archived_at is None


def test_a_token_is_shown_once_and_revoked(desk: Client) -> None:
    asked = {"name": "Laptop", "scopes": ["read"], "days": "30"}
    made = desk.post(reverse("tokens"), asked)
    secret = made.context["made"].secret
    assert secret in text_of(made)
    assert Client().get("/api/v1/me", headers={"Authorization": f"Bearer {secret}"}).status_code != 401
    assert secret not in text_of(desk.get(reverse("tokens")))
    token = ApiToken.objects.get()
    desk.post(reverse("token_revoke", args=[token.pk]))
    assert Client().get("/api/v1/me", headers={"Authorization": f"Bearer {secret}"}).status_code == 401
    nothing = desk.post(reverse("tokens"), {"name": "Kept words", "days": "30"})
    assert nothing.status_code == 422
    assert "Kept words" in text_of(nothing)


def test_tokens_of_others_are_not_there(administrator: User, desk: Client) -> None:
    member = make_person(administrator.organisation)
    theirs = Client()
    theirs.force_login(member)
    desk.post(reverse("tokens"), {"name": "Desk", "scopes": ["read"], "days": ""})
    token = ApiToken.objects.get()
    assert "Desk" not in text_of(theirs.get(reverse("tokens")))
    assert theirs.post(reverse("token_revoke", args=[token.pk])).status_code == 404
    stranger = Client()
    stranger.force_login(make_person(role=Role.ADMINISTRATOR))
    assert stranger.post(reverse("token_revoke", args=[token.pk])).status_code == 404


def test_own_settings_are_saved_and_used(desk: Client, administrator: User) -> None:
    values = {
        "name": "Maren B",
        "time_zone": "Asia/Tokyo",
        "locale": "de",
        "theme": "dark",
        "working_days": ["0", "1", "3"],
        "check_in_weekday": "1",
        "quiet_from_hour": "19",
        "quiet_until_hour": "7",
    }
    assert desk.post(reverse("settings"), values).status_code == 302
    administrator.refresh_from_db()
    assert (administrator.name, administrator.time_zone, administrator.has_shortcuts) == (
        "Maren B",
        "Asia/Tokyo",
        False,
    )
    assert (administrator.working_days, administrator.check_in_weekday, administrator.check_in_hour) == (
        "013",
        1,
        None,
    )
    assert 'data-theme="dark"' in text_of(desk.get(reverse("settings")))
    assert desk.post(reverse("settings"), {**values, "working_days": []}).status_code == 422
    assert desk.post(reverse("settings"), {**values, "name": ""}).status_code == 422
    desk.post(reverse("set_theme"), {"theme": "light", "next": "https://elsewhere.example/"})
    administrator.refresh_from_db()
    assert administrator.theme == "light"


def test_the_theme_button_never_leads_elsewhere(desk: Client) -> None:
    moved = desk.post(reverse("set_theme"), {"theme": "dark", "next": "//elsewhere.example/"})
    assert moved["Location"] == "/"
    visitor = Client().post(reverse("set_theme"), {"theme": "dark", "next": reverse("account_login")})
    assert visitor["Location"] == reverse("account_login")
    assert visitor.cookies["theme"].value == "dark"


def test_other_devices_are_signed_out(desk: Client, administrator: User) -> None:
    other = Client()
    other.force_login(administrator)
    desk.post(reverse("end_sign_ins"))
    assert other.get(reverse("settings")).status_code == 302
    assert desk.get(reverse("settings")).status_code == 200


def test_the_organisation_is_changed(desk: Client, administrator: User) -> None:
    values = {
        "name": "Harbour",
        "time_zone": "UTC",
        "locale": "de",
        "rhythm_weeks": "2",
        "check_in_weekday": "0",
        "check_in_hour": "9",
        "review_minutes": "30",
        "review_weekday": "4",
        "review_hour": "9",
    }
    assert desk.post(reverse("organisation_settings"), values).status_code == 302
    organisation = Organisation.objects.get(pk=administrator.organisation_id)
    assert (organisation.name, organisation.rhythm_weeks, organisation.allows_private) == (
        "Harbour",
        2,
        False,
    )
    log = text_of(desk.get(reverse("audit_log"), {"about": "organisation"}))
    assert "Harbour &amp; Pine → Harbour" in log


def test_the_audit_log_shows_one_organisation_and_goes_on(desk: Client, administrator: User) -> None:
    elsewhere = make_person(role=Role.ADMINISTRATOR)
    create_person(by=elsewhere, at=clock.now(), name="Somebody else")
    for number in range(55):
        create_person(by=administrator, at=clock.now(), name=f"Person {number}")
    first = desk.get(reverse("audit_log"))
    assert "Somebody else" not in text_of(first)
    further = desk.get(reverse("audit_log"), {"before": str(first.context["page"].next_before)})
    assert len(further.context["page"].rows) == 5
    assert further.context["page"].next_before is None
    assert desk.get(reverse("audit_log"), {"before": "x", "about": "y"}).status_code == 200


def test_cycles_are_set_up_started_and_closed(desk: Client, administrator: User) -> None:
    bad = desk.post(reverse("cycle_new"), {"name": "Q1", "starts_on": "2027-04-01", "ends_on": "2027-01-01"})
    assert bad.status_code == 422
    assert "2027-04-01" in text_of(bad)
    desk.post(reverse("cycle_new"), {"name": "Q1", "starts_on": "2027-01-01", "ends_on": "2027-03-31"})
    cycle = Cycle.objects.get(name="Q1")
    desk.post(reverse("cycle_edit", args=[cycle.pk]), {"name": "Q1 2027"})
    states = []
    for step in ("cycle_activate", "cycle_close", "cycle_close"):
        desk.post(reverse(step, args=[cycle.pk]))
        cycle.refresh_from_db()
        states.append(cycle.state)
    assert states == ["active", "closing", "closed"]
    assert "Q1 2027" in text_of(desk.get(reverse("cycles")))
    stranger = Client()
    stranger.force_login(make_person(role=Role.ADMINISTRATOR))
    assert stranger.get(reverse("cycle_edit", args=[cycle.pk])).status_code == 404
    member = Client()
    member.force_login(make_person(administrator.organisation))
    assert member.get(reverse("cycles")).status_code == 403
    assert member.post(reverse("cycle_close", args=[cycle.pk])).status_code == 403


def test_kept_mails_are_for_administrators_of_the_only_organisation(
    desk: Client, administrator: User, settings: Any, tmp_path: Path
) -> None:
    settings.MAIL_OUTBOX_DIR = tmp_path
    settings.EMAIL_BACKEND = "common.mail_outbox.MailOutboxBackend"
    desk.post(reverse("person_invite"), {"email": "kofi@example.com", "role": "member", "team": ""})
    listed = desk.get(reverse("mails"))
    assert "kofi@example.com" in text_of(listed)
    name = listed.context["page"].rows[0].name
    assert "/join/okr_" in text_of(desk.get(reverse("mail", args=[name])))
    for odd in ("..", "nothing", "01a21046-1c4f-719a-b2c6-b1717b4f4e43"):
        assert desk.get(f"/settings/mails/{odd}/").status_code == 404
    member = Client()
    member.force_login(make_person(administrator.organisation))
    assert member.get(reverse("mail", args=[name])).status_code == 403
    make_organisation()
    assert desk.get(reverse("mail", args=[name])).status_code == 404
    assert "Not shown here" in text_of(desk.get(reverse("mails")))


def test_closing_a_cycle_is_asked_in_a_line_first(desk: Client, administrator: User) -> None:
    cycle = Cycle.objects.create(organisation=administrator.organisation, name="Q1", state="active")
    close = reverse("cycle_close", args=[cycle.pk])
    page = desk.get(reverse("cycles")).content.decode()
    assert f"?close={cycle.pk}" in page
    assert close not in page
    assert close in desk.get(reverse("cycles"), {"close": str(cycle.pk)}).content.decode()
    assert desk.get(reverse("cycles"), {"close": "nonsense"}).status_code == 200
