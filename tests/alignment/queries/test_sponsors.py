"""Who agrees for an objective."""

from __future__ import annotations

import pytest

from alignment.queries.sponsors import sponsors_of
from alignment.rules.kinds import LinkKind, PriorityState
from people.roles import Role
from tests.factories import make_link, make_objective, make_person, make_priority, make_team

pytestmark = pytest.mark.django_db


def test_the_sponsor_of_its_heaviest_priority_else_the_owner() -> None:
    owner = make_person()
    amara, kofi, ines = (make_person(owner.organisation, role=Role.LEADER) for _ in range(3))
    objective = make_objective(owner=owner)
    make_link(objective, make_priority(owner.organisation, owner=kofi), weight=1)
    make_link(objective, make_priority(owner.organisation, owner=kofi, sponsor=amara), weight=3)
    make_link(objective, make_priority(owner.organisation, owner=ines, state=PriorityState.RETIRED), weight=9)
    make_link(objective, make_priority(owner.organisation, owner=ines), weight=9, kind=LinkKind.DEPENDS_ON)

    assert sponsors_of(objective) == (amara, kofi)


def test_through_the_objectives_that_it_helps() -> None:
    owner = make_person()
    amara = make_person(owner.organisation, role=Role.LEADER)
    child, parent = make_objective(owner=owner), make_objective(owner=owner)
    make_link(child, parent)
    make_link(parent, make_priority(owner.organisation, owner=amara))

    assert sponsors_of(child) == (amara,)


def test_else_the_lead_of_the_team_above_else_leaders() -> None:
    owner = make_person()
    lead, leader = make_person(owner.organisation), make_person(owner.organisation, role=Role.LEADER)
    above = make_team(owner.organisation, name="Stores", lead=lead)
    below = make_team(owner.organisation, name="Checkout", parent=above)

    assert sponsors_of(make_objective(owner=owner, team=below)) == (lead,)
    assert sponsors_of(make_objective(owner=owner)) == (leader,)


def test_nobody_who_left_or_only_reads() -> None:
    owner = make_person()
    gone = make_person(owner.organisation, is_active=False, role=Role.LEADER)
    reader = make_person(owner.organisation, role=Role.VIEWER)
    objective = make_objective(owner=owner)
    make_link(objective, make_priority(owner.organisation, owner=gone))
    make_link(objective, make_priority(owner.organisation, owner=reader))

    assert sponsors_of(objective) == ()
