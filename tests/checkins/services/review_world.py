"""A team with a lead, two members and what it works on, for tests of its weekly review."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from objectives.models import KeyResult, Objective
from objectives.rules.kinds import Visibility
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
class ReviewWorld:
    """`hidden` is a private objective of the lead; only the lead and the administrator may know of it."""

    team: Team
    lead: User
    member: User
    viewer: User
    stranger: User
    administrator: User
    objective: Objective
    key_result: KeyResult
    hidden: Objective


def make_review_world() -> ReviewWorld:
    organisation = make_organisation(time_zone="Europe/Brussels")
    lead = make_person(organisation, name="Leila")
    member = make_person(organisation, name="Noor")
    viewer = make_person(organisation, name="Freya", role=Role.VIEWER)
    team = make_team(lead=lead, members=[member, viewer, lead], name="Store Operations")
    cycle = make_cycle(organisation)
    objective = make_objective(cycle, owner=lead, team=team, title="Returns without the queue")
    return ReviewWorld(
        team=team,
        lead=lead,
        member=member,
        viewer=viewer,
        stranger=make_person(organisation, name="Jun"),
        administrator=make_person(organisation, name="Maren", role=Role.ADMINISTRATOR),
        objective=objective,
        key_result=make_key_result(objective, owner=lead, title="Minutes in the returns queue"),
        hidden=make_objective(
            cycle, owner=lead, team=team, title="A quiet plan", visibility=Visibility.PRIVATE
        ),
    )


@pytest.fixture
def world(db: None) -> ReviewWorld:
    return make_review_world()
