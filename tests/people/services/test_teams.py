"""Teams and who is in them."""

from __future__ import annotations

import pytest

from activity.models import Event
from common.errors import InvalidInput, NotAllowed, RuleConflict
from people.models import User
from people.roles import Role
from people.services import (
    archive_team,
    change_members,
    create_team,
    edit_team,
    restore_team,
    set_members,
)
from tests.factories.people import make_person, make_team
from tests.factories.when import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator() -> User:
    return make_person(role=Role.ADMINISTRATOR, name="Maren")


def test_a_team_lies_inside_another(administrator: User) -> None:
    outer = create_team(by=administrator, at=NOW, name="Technology")
    inner = create_team(by=administrator, at=NOW, name="Data", parent=outer, lead=administrator)
    assert inner.parent_id == outer.pk
    assert inner.lead_id == administrator.pk


def test_a_team_never_lies_inside_itself(administrator: User) -> None:
    one = make_team(administrator.organisation, name="One")
    two = make_team(administrator.organisation, name="Two", parent=one)
    three = make_team(administrator.organisation, name="Three", parent=two)
    with pytest.raises(RuleConflict, match="One → Three → Two → One"):
        edit_team(team=one, by=administrator, at=NOW, parent=three)
    with pytest.raises(RuleConflict, match="One → One"):
        edit_team(team=one, by=administrator, at=NOW, parent=one)


def test_names_are_unique_within_one_place(administrator: User) -> None:
    outer = make_team(administrator.organisation, name="Technology")
    create_team(by=administrator, at=NOW, name="Data")
    create_team(by=administrator, at=NOW, name="Data", parent=outer)
    with pytest.raises(InvalidInput, match="already is a team Data at the top"):
        create_team(by=administrator, at=NOW, name=" Data ")
    other = create_team(by=administrator, at=NOW, name="Other", parent=outer)
    with pytest.raises(InvalidInput, match="inside Technology"):
        edit_team(team=other, by=administrator, at=NOW, name="Data")


def test_lead_and_parent_come_from_here(administrator: User) -> None:
    gone = make_person(administrator.organisation, is_active=False)
    for lead in (make_person(), gone):
        with pytest.raises(InvalidInput):
            create_team(by=administrator, at=NOW, name="Data", lead=lead)
    with pytest.raises(InvalidInput):
        create_team(by=administrator, at=NOW, name="Data", parent=make_team(make_person().organisation))


def test_only_administrators_shape_teams(administrator: User) -> None:
    lead = make_person(administrator.organisation)
    team = make_team(administrator.organisation, lead=lead)
    with pytest.raises(NotAllowed):
        create_team(by=lead, at=NOW, name="Mine")
    with pytest.raises(NotAllowed):
        edit_team(team=team, by=lead, at=NOW, name="Mine")
    with pytest.raises(NotAllowed):
        archive_team(team=team, by=lead, at=NOW)
    with pytest.raises(NotAllowed):
        edit_team(team=make_team(make_person().organisation), by=administrator, at=NOW, name="Mine")


def test_an_edit_is_kept_with_before_and_after(administrator: User) -> None:
    team = make_team(administrator.organisation, name="Shops")
    edit_team(team=team, by=administrator, at=NOW, name="Store Operations", purpose="Open doors")
    changes = Event.objects.get(verb="team.edited").payload["changes"]
    assert changes == {"name": ["Shops", "Store Operations"], "purpose": ["", "Open doors"]}


def test_a_team_that_holds_others_is_not_archived(administrator: User) -> None:
    outer = make_team(administrator.organisation, name="Technology")
    inner = make_team(administrator.organisation, name="Data", parent=outer)
    with pytest.raises(RuleConflict, match="still holds Data"):
        archive_team(team=outer, by=administrator, at=NOW)
    archive_team(team=inner, by=administrator, at=NOW)
    assert archive_team(team=outer, by=administrator, at=NOW).archived_at == NOW
    with pytest.raises(RuleConflict, match="Technology is archived"):
        restore_team(team=inner, by=administrator, at=NOW)
    restore_team(team=outer, by=administrator, at=NOW)
    assert restore_team(team=inner, by=administrator, at=NOW).archived_at is None


def test_administrators_and_the_lead_choose_members(administrator: User) -> None:
    lead, one, two = (make_person(administrator.organisation) for _ in range(3))
    team = make_team(administrator.organisation, lead=lead)
    change_members(team=team, by=lead, at=NOW, add=[one, two])
    change_members(team=team, by=administrator, at=NOW, add=[one], remove=[two])
    assert list(team.members.all()) == [one]
    set_members(team=team, by=lead, at=NOW, people=[two])
    assert list(team.members.all()) == [two]
    told = Event.objects.filter(verb="team.members_changed").order_by("id").last()
    assert told is not None
    assert told.payload == {"joined": [two.name], "left": [one.name]}


def test_others_do_not_choose_members(administrator: User) -> None:
    member, other_lead = (make_person(administrator.organisation) for _ in range(2))
    viewer = make_person(administrator.organisation, role=Role.VIEWER)
    team = make_team(administrator.organisation, members=[member], lead=viewer)
    make_team(administrator.organisation, lead=other_lead)
    for by in (member, other_lead, viewer, make_person(role=Role.ADMINISTRATOR)):
        with pytest.raises(NotAllowed):
            change_members(team=team, by=by, at=NOW, add=[by])


def test_strangers_and_people_who_left_do_not_join(administrator: User) -> None:
    team = make_team(administrator.organisation)
    for person in (make_person(), make_person(administrator.organisation, is_active=False)):
        with pytest.raises(InvalidInput):
            change_members(team=team, by=administrator, at=NOW, add=[person])
    assert not team.members.exists()
