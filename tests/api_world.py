"""A small organisation for tests of the REST interface, on the fixed day of the factories."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest

from alignment.models import AlignmentLink, StrategicPriority
from checkins.services.rebuild_numbers import rebuild_numbers
from common import clock
from objectives.models import Cycle, KeyResult, Objective
from objectives.rules.kinds import KeyResultKind, Visibility
from people.models import Organisation, Team, User
from people.roles import Role
from tests.api_calls import Caller, call_as
from tests.factories import (
    NOW,
    TODAY,
    make_cycle,
    make_key_result,
    make_link,
    make_objective,
    make_organisation,
    make_person,
    make_priority,
    make_team,
)


@dataclass
class World:
    """One team with one objective and two key results that leads to a priority, and people by role.

    `secret` is a private objective of the administrator; `elsewhere` an objective of another organisation.
    """

    organisation: Organisation
    administrator: User
    leader: User
    owner: User
    team_mate: User
    viewer: User
    stranger: User
    outsider: User
    team: Team
    cycle: Cycle
    priority: StrategicPriority
    objective: Objective
    key_result: KeyResult
    milestones: KeyResult
    link: AlignmentLink
    secret: Objective
    secret_key_result: KeyResult
    elsewhere: Objective

    def rebuild(self) -> None:
        """Bring every stored number up to the fixed day."""
        rebuild_numbers(organisation=self.organisation, today=TODAY)

    def call(self, role: str, **options: Any) -> Caller:
        return call_as(getattr(self, role), **options)


@pytest.fixture
def fixed_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock stands on the day of the factories."""
    # The middleware first: it takes its clock over when it is imported.
    monkeypatch.setattr("dashboards.middleware.now", lambda: NOW)
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def world(db: None, fixed_day: None) -> World:
    organisation = make_organisation()
    people = {
        role.value: make_person(organisation, role=role, name=role.value.title())
        for role in (Role.ADMINISTRATOR, Role.LEADER, Role.VIEWER)
    }
    owner, team_mate = make_person(organisation, name="Owner"), make_person(organisation, name="Team mate")
    team = make_team(organisation, members=[owner, team_mate], name="Store")
    cycle = make_cycle(organisation)
    priority = make_priority(organisation, title="People come back")
    objective = make_objective(cycle, owner=owner, team=team)
    key_result = make_key_result(objective, owner=owner, title="Repeat share", position=1)
    steps = make_key_result(
        objective, kind=KeyResultKind.MILESTONES, title="Programme", position=2, owner=owner
    )
    secret = make_objective(
        cycle, owner=people["administrator"], visibility=Visibility.PRIVATE, title="Sell the old store"
    )
    outsider = make_person(make_organisation(), role=Role.ADMINISTRATOR)
    made = World(
        organisation=organisation,
        owner=owner,
        team_mate=team_mate,
        stranger=make_person(organisation, name="Stranger"),
        outsider=outsider,
        team=team,
        cycle=cycle,
        priority=priority,
        objective=objective,
        key_result=key_result,
        milestones=steps,
        link=make_link(objective, priority, weight=Decimal(1)),
        secret=secret,
        secret_key_result=make_key_result(secret, title="Price of the old store"),
        elsewhere=make_objective(owner=outsider),
        administrator=people["administrator"],
        leader=people["leader"],
        viewer=people["viewer"],
    )
    made.rebuild()
    return made
