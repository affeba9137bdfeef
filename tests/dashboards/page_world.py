"""A small organisation in its eighth week, for the pages of objectives, teams and people."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from checkins.services.rebuild_numbers import rebuild_numbers
from checkins.services.take_snapshots import take_snapshots
from objectives.models import Cycle, KeyResult, Objective
from people.models import Organisation, Team, User
from people.roles import Role
from tests.factories import (
    NOW,
    TODAY,
    make_check_in,
    make_cycle,
    make_key_result,
    make_objective,
    make_organisation,
    make_person,
    make_team,
)


@dataclass
class World:
    """Everybody by role. `count` renews every stored number as of TODAY."""

    organisation: Organisation
    cycle: Cycle
    team: Team
    owner: User
    contributor: User
    team_mate: User
    stranger: User
    administrator: User

    def count(self) -> None:
        rebuild_numbers(organisation=self.organisation, today=TODAY)

    def objective(self, title: str = "Customers find it in one visit", **fields: object) -> Objective:
        given = {"owner": self.owner, "team": self.team, "contributors": [self.contributor], **fields}
        return make_objective(given.pop("cycle", self.cycle), title=title, **given)  # type: ignore[arg-type]


def make_world() -> World:
    """An organisation with one team of three, a stranger and an administrator."""
    organisation = make_organisation()
    owner = make_person(organisation, name="Leila")
    contributor = make_person(organisation, name="Caro")
    team_mate = make_person(organisation, name="Vikram")
    return World(
        organisation=organisation,
        cycle=make_cycle(organisation),
        team=make_team(lead=owner, members=[owner, contributor, team_mate], name="Store Operations"),
        owner=owner,
        contributor=contributor,
        team_mate=team_mate,
        stranger=make_person(organisation, name="Sofia"),
        administrator=make_person(organisation, name="Maren", role=Role.ADMINISTRATOR),
    )


def spoken(objective: Objective, weight: int, value: int, *, days: int = 0, **fields: object) -> KeyResult:
    """A key result from 0 to 100 with one check-in so many days ago."""
    key_result = make_key_result(objective, weight=weight, owner=objective.owner, **fields)  # type: ignore[arg-type]
    make_check_in(key_result, value=value, author=objective.owner, observed_on=TODAY - timedelta(days=days))
    return key_result


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    """The clock stands at NOW."""
    monkeypatch.setattr("dashboards.middleware.now", lambda: NOW)
    monkeypatch.setattr("common.clock.now", lambda: NOW)
    return make_world()


@pytest.fixture
def visit(world: World) -> Callable[..., tuple[int, str]]:
    """Open a page as somebody; status and the page with spaces squeezed."""

    def open_page(user: User, name: str, key: object = None, query: str = "") -> tuple[int, str]:
        client = Client()
        client.force_login(user)
        answer = client.get(reverse(name, args=[key] if key else []) + query)
        text = answer.content.decode().replace("\u00a0", " ").replace("&nbsp;", " ")
        return answer.status_code, " ".join(text.split())

    return open_page


@pytest.fixture
def counted(world: World) -> Callable[..., int]:
    """How many statements a whole page takes, frame and session included, once the day has turned."""

    def count(user: User, name: str, key: object = None) -> int:
        client = Client()
        client.force_login(user)
        address = reverse(name, args=[key] if key else [])
        client.get(address)
        with CaptureQueriesContext(connection) as statements:
            assert client.get(address).status_code == 200
        return len(statements)

    return count


def snapshot(world: World, on: date) -> None:
    """Keep the numbers of a day."""
    take_snapshots(organisation=world.organisation, on=on)
