"""Who sees an objective, asked from both sides."""

from __future__ import annotations

import pytest

from objectives.permissions import people_who_see, visible_objectives
from objectives.rules.kinds import Visibility
from people.models import User
from people.roles import Role
from tests.factories import make_cycle, make_objective, make_organisation, make_person, make_team


@pytest.mark.django_db
@pytest.mark.parametrize("visibility", list(Visibility))
@pytest.mark.parametrize("has_team", [True, False])
@pytest.mark.parametrize("has_owner", [True, False])
def test_the_people_who_see_it_are_those_whom_it_is_visible_to(
    visibility: Visibility, has_team: bool, has_owner: bool
) -> None:
    organisation = make_organisation()
    owner, lead, mate, contributor = (make_person(organisation) for _ in range(4))
    for role in Role:
        make_person(organisation, role=role)
    make_person(make_organisation("Elsewhere"), role=Role.ADMINISTRATOR)
    team = make_team(organisation, lead=lead, members=[mate])
    make_team(organisation, members=[owner])
    objective = make_objective(
        make_cycle(organisation),
        owner=owner if has_owner else None,
        team=team if has_team else None,
        contributors=[contributor],
        visibility=visibility,
    )
    seeing = {person for person in User.objects.all() if visible_objectives(person).filter(pk=objective.pk)}
    assert set(people_who_see(objective)) == seeing
    assert contributor in seeing
