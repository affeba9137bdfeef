"""People around an objective who ask each other."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from objectives.models import KeyResult, Objective
from people.models import Team, User
from people.roles import Role
from tests.factories import (
    make_cycle,
    make_key_result,
    make_objective,
    make_organisation,
    make_person,
    make_team,
)


@dataclass
class AskWorld:
    """Leila asks, Maren is asked, Bram could take over; Vera only reads, Dana has left."""

    asker: User
    receiver: User
    other: User
    viewer: User
    gone: User
    administrator: User
    team: Team
    objective: Objective
    private: Objective
    key_result: KeyResult


@pytest.fixture
def world(db: None) -> AskWorld:
    organisation = make_organisation()
    asker = make_person(organisation, name="Leila")
    team = make_team(lead=asker, members=[asker], name="Store Operations")
    cycle = make_cycle(organisation)
    objective = make_objective(cycle, owner=asker, team=team, title="Customers find it")
    return AskWorld(
        asker=asker,
        receiver=make_person(organisation, name="Maren", role=Role.LEADER),
        other=make_person(organisation, name="Bram"),
        viewer=make_person(organisation, name="Vera", role=Role.VIEWER),
        gone=make_person(organisation, name="Dana", is_active=False),
        administrator=make_person(organisation, name="Ines", role=Role.ADMINISTRATOR),
        team=team,
        objective=objective,
        private=make_objective(cycle, owner=asker, team=team, title="Between us", visibility="private"),
        key_result=make_key_result(objective, owner=asker, title="Visits with a full list"),
    )
