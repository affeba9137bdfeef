"""Lists: the same number of queries for one row and for many, and nothing from elsewhere."""

from __future__ import annotations

from typing import Any

import pytest

from activity.queries.event_list import event_list
from common.errors import InvalidInput
from people.models import User
from people.queries.find_person import find_person, suggested_people
from people.queries.invitation_list import open_invitations
from people.queries.people_list import PeopleFilter, people_list
from people.queries.team_list import team_list
from people.queries.team_members import team_members
from people.queries.token_list import token_list
from people.roles import Role
from people.services import create_person, create_token, invite_person
from tests.factories.people import make_person, make_team
from tests.factories.when import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator() -> User:
    return make_person(role=Role.ADMINISTRATOR, name="Maren")


@pytest.mark.parametrize("count", [1, 3])
def test_people(administrator: User, django_assert_num_queries: Any, count: int) -> None:
    here = administrator.organisation
    team = make_team(here, members=[make_person(here, name=f"Kofi {n}") for n in range(count)], name="Trade")
    stranger = make_person(name="Kofi from elsewhere")
    make_team(stranger.organisation, members=[stranger])
    with django_assert_num_queries(5):
        page = people_list(administrator, PeopleFilter(), today=NOW.date())
    assert [row.name for row in page.rows] == [*(f"Kofi {n}" for n in range(count)), "Maren"]
    assert page.rows[0].teams == ("Trade",)
    assert people_list(administrator, PeopleFilter(team_id=team.pk), today=NOW.date()).total == count
    assert people_list(administrator, PeopleFilter(words="KOFI"), today=NOW.date()).total == count
    assert people_list(administrator, PeopleFilter(role="administrator"), today=NOW.date()).total == 1


def test_people_by_state(administrator: User) -> None:
    here = administrator.organisation
    make_person(here, email=None, name="Tomasz")
    make_person(here, is_active=False, name="Dana")
    merged = make_person(here, email=None, name="Merged", merged_into=administrator, is_active=False)
    states = {
        state: [
            row.name for row in people_list(administrator, PeopleFilter(state=state), today=NOW.date()).rows
        ]
        for state in ("", "active", "placeholder", "deactivated")
    }
    assert states == {
        "": ["Maren", "Tomasz"],
        "active": ["Maren"],
        "placeholder": ["Tomasz"],
        "deactivated": ["Dana"],
    }
    assert merged.name not in str(states)


def test_pages_stay_within_what_there_is(administrator: User) -> None:
    for number in range(4):
        make_person(administrator.organisation, name=f"Person {number}")
    last = people_list(administrator, PeopleFilter(), today=NOW.date(), page=99, size=2)
    assert (last.number, last.pages, last.total, len(last.rows)) == (3, 3, 5, 1)
    assert not last.has_more
    assert people_list(administrator, PeopleFilter(), today=NOW.date(), page=-4, size=2).number == 1


@pytest.mark.parametrize("count", [1, 3])
def test_teams_in_reading_order(administrator: User, django_assert_num_queries: Any, count: int) -> None:
    here = administrator.organisation
    outer = make_team(here, name="Technology", lead=administrator)
    for number in range(count):
        make_team(here, name=f"Data {number}", parent=outer, members=[administrator])
    make_team(here, name="Trade")
    make_team(here, name="Archived", archived_at=NOW)
    make_team(make_person().organisation, name="Elsewhere")
    with django_assert_num_queries(1):
        rows = team_list(administrator)
    assert [(row.name, row.depth, row.members) for row in rows] == [
        ("Technology", 0, 0),
        *((f"Data {n}", 1, 1) for n in range(count)),
        ("Trade", 0, 0),
    ]
    assert [row.name for row in team_list(administrator, archived=True)] == ["Archived"]


def test_members_of_a_team(administrator: User, django_assert_num_queries: Any) -> None:
    team = make_team(administrator.organisation, lead=administrator, members=[administrator])
    with django_assert_num_queries(2):
        (row,) = team_members(team, today=NOW.date())
    assert (row.name, row.is_lead, row.state) == ("Maren", True, "active")


@pytest.mark.parametrize("count", [1, 3])
def test_tokens(administrator: User, django_assert_num_queries: Any, count: int) -> None:
    member = make_person(administrator.organisation, name="Kofi")
    for number in range(count):
        create_token(by=member, at=NOW, name=f"Laptop {number}", scopes=["read"], days=3)
    create_token(by=make_person(), at=NOW, name="Elsewhere", scopes=["read"])
    with django_assert_num_queries(1):
        rows = token_list(administrator, NOW)
    assert [row.name for row in rows] == [f"Laptop {n}" for n in range(count)]
    assert rows[0].ends_soon
    assert not rows[0].is_own
    assert len(token_list(member, NOW)) == count
    assert token_list(make_person(administrator.organisation), NOW) == ()


@pytest.mark.parametrize("count", [1, 3])
def test_invitations(administrator: User, django_assert_num_queries: Any, count: int) -> None:
    placeholder = make_person(administrator.organisation, email=None, name="Tomasz")
    for _ in range(count):
        invite_person(by=administrator, at=NOW, placeholder=placeholder)
    invite_person(by=make_person(role=Role.ADMINISTRATOR), at=NOW)
    with django_assert_num_queries(1):
        rows = open_invitations(administrator, NOW)
    assert [row.for_whom for row in rows] == ["Tomasz"] * count


@pytest.mark.parametrize("count", [1, 3])
def test_events(administrator: User, django_assert_num_queries: Any, count: int) -> None:
    for number in range(count):
        create_person(by=administrator, at=NOW, name=f"Kofi {number}")
    create_person(by=make_person(role=Role.ADMINISTRATOR), at=NOW, name="Elsewhere")
    with django_assert_num_queries(2):
        page = event_list(administrator)
    assert {row.about for row in page.rows} == {f"Kofi {n}" for n in range(count)}
    assert {row.by_name for row in page.rows} == {"Maren"}


def test_a_person_is_meant_by_name_or_address(administrator: User) -> None:
    here = administrator.organisation
    kofi = make_person(here, name="Kofi", email="kofi@example.com")
    assert find_person(administrator, " kofi ", field="lead") == kofi
    assert find_person(administrator, "KOFI@example.com", field="lead") == kofi
    assert find_person(administrator, "  ", field="lead") is None
    make_person(here, name="Kofi")
    with pytest.raises(InvalidInput, match="More than one"):
        find_person(administrator, "Kofi", field="lead")
    stranger = make_person(name="Zoe", email="zoe@example.com")
    for words in (stranger.name, str(stranger.email)):
        with pytest.raises(InvalidInput, match="Nobody here"):
            find_person(administrator, words, field="lead")
    assert suggested_people(administrator, at_most=2) == ()
    assert len(suggested_people(administrator)) == 3
