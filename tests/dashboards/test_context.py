"""The frame around every page: who sees what in it, which cycle is looked at, and what it costs."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory

from dashboards.context import current_cycle, shell_of
from dashboards.queries.shell import shell_rows
from objectives.rules.kinds import CycleState
from people.roles import Role
from tests.factories import (
    NOW,
    TODAY,
    make_cycle,
    make_key_result,
    make_objective,
    make_organisation,
    make_person,
    make_team,
)

pytestmark = pytest.mark.django_db


def request_of(user: Any, address: str = "/", session: dict[str, str] | None = None) -> Any:
    request: Any = RequestFactory().get(address)
    request.user = user
    request.today = TODAY
    request.session = {} if session is None else session
    return request


def test_a_stranger_sees_no_places_and_no_name_among_many() -> None:
    make_organisation()
    make_organisation()
    frame = shell_of(request_of(AnonymousUser()))
    assert not frame.is_signed_in
    assert frame.places == ()
    assert frame.organisation_name == "OKR Platform"


def test_a_single_organisation_is_named_at_the_door() -> None:
    organisation = make_organisation()
    assert shell_of(request_of(AnonymousUser())).organisation_name == organisation.name


@pytest.mark.parametrize("many", [1, 12])
def test_two_statements_however_much_there_is(many: int, django_assert_num_queries: Any) -> None:
    person = make_person()
    for number in range(many):
        make_team(members=[person])
        objective = make_objective(make_cycle(person.organisation, name=f"Q{number}"))
        make_key_result(objective, owner=person)
    with django_assert_num_queries(2):
        shell_of(request_of(person))


def test_teams_are_those_one_belongs_to_or_follows() -> None:
    person = make_person()
    make_team(members=[person], name="Mine")
    followed = make_team(person.organisation, name="Followed")
    person.followed_teams.add(followed)
    make_team(person.organisation, name="Other")
    assert [team.name for team in shell_rows(person, today=TODAY, at=NOW).teams] == ["Followed", "Mine"]


def test_the_shortest_running_cycle_is_looked_at_first() -> None:
    person = make_person()
    make_cycle(person.organisation, name="Year", starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 31))
    quarter = make_cycle(person.organisation, name="Quarter")
    make_cycle(person.organisation, name="Later", starts_on=date(2026, 7, 1), ends_on=date(2026, 9, 30),
               state=CycleState.PLANNING)  # fmt: skip
    chosen = current_cycle(request_of(person))
    assert chosen is not None
    assert chosen.id == quarter.id


def test_a_chosen_cycle_is_remembered_and_a_foreign_one_is_not() -> None:
    person, session = make_person(), dict[str, str]()
    make_cycle(person.organisation, name="Quarter")
    past = make_cycle(person.organisation, name="Past", starts_on=date(2026, 1, 1), ends_on=date(2026, 3, 31),
                      state=CycleState.CLOSED)  # fmt: skip
    foreign = make_cycle(name="Foreign")
    current_cycle(request_of(person, f"/?cycle={past.id}", session))
    assert session == {"cycle": str(past.id)}
    chosen = current_cycle(request_of(person, f"/?cycle={foreign.id}", session))
    assert chosen is not None
    assert chosen.id == past.id


@pytest.mark.parametrize("asked", ["", "not-an-id", "%00"])
def test_nonsense_in_the_address_changes_nothing(asked: str) -> None:
    person = make_person()
    cycle = make_cycle(person.organisation)
    chosen = current_cycle(request_of(person, f"/?cycle={asked}"))
    assert chosen is not None
    assert chosen.id == cycle.id


def test_without_cycles_there_is_no_switcher() -> None:
    assert shell_of(request_of(make_person())).cycle is None


def test_days_weeks_and_words_of_a_cycle() -> None:
    person = make_person()
    make_cycle(person.organisation, name="Undated", starts_on=None, ends_on=None, state=CycleState.CLOSED)
    running = make_cycle(person.organisation)
    frame = shell_of(request_of(person, "/?status=at_risk&cursor=abc"))
    by_name = {cycle.name: cycle for cycle in frame.cycles}
    assert by_name["Undated"].days == "no dates"
    assert by_name["Undated"].weeks is None
    assert by_name["Undated"].tag == "closed"
    assert frame.cycle is not None
    assert frame.cycle.tag.startswith("week 8 of")
    assert frame.cycle.href == f"?status=at_risk&cycle={running.id}"


@pytest.mark.parametrize(
    ("role", "can_write", "can_set"),
    [
        (Role.VIEWER, False, False),
        (Role.MEMBER, True, False),
        (Role.LEADER, True, True),
        (Role.ADMINISTRATOR, True, True),
    ],
)
def test_what_a_role_may_begin(role: Role, can_write: bool, can_set: bool) -> None:
    frame = shell_of(request_of(make_person(role=role)))
    assert (frame.can_write, frame.can_set_priorities) == (can_write, can_set)


@pytest.mark.parametrize(
    ("cookie", "theme"), [("dark", "dark"), ("light", "light"), ('"><script>', ""), ("", "")]
)
def test_before_sign_in_the_device_knows_the_theme(cookie: str, theme: str) -> None:
    request = request_of(AnonymousUser())
    request.COOKIES["theme"] = cookie
    assert shell_of(request).theme == theme


@pytest.mark.parametrize("theme", ["light", "dark", ""])
def test_a_persons_theme_is_their_own(theme: str) -> None:
    request = request_of(make_person(theme=theme))
    request.COOKIES["theme"] = "dark"
    assert shell_of(request).theme == theme
