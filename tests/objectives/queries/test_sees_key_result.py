"""Whether a key result is there for a person is the same question as whether the list of them holds it."""

import pytest
from django.utils import timezone

from objectives.permissions import visible_key_results
from objectives.queries.sees_key_result import sees_key_result
from people.models import User
from people.roles import Role
from tests.factories import (
    make_cycle,
    make_key_result,
    make_objective,
    make_organisation,
    make_person,
    make_team,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("visibility", ["organisation", "team", "private"])
def test_says_what_the_list_says(visibility: str) -> None:
    organisation = make_organisation()
    owner, member, lead, helper, other = (make_person(organisation) for _ in range(5))
    administrator = make_person(organisation, role=Role.ADMINISTRATOR)
    strangers = [make_person(role=Role.ADMINISTRATOR), make_person()]
    team = make_team(organisation, lead=lead, members=[member])
    make_team(organisation, members=[other])
    objective = make_objective(make_cycle(organisation), owner=owner, team=team, visibility=visibility)
    objective.contributors.add(helper)
    key_result = make_key_result(objective)
    for person in (owner, member, lead, helper, other, administrator, *strangers):
        fresh = User.objects.get(pk=person.pk)
        is_listed = visible_key_results(person).filter(pk=key_result.pk).exists()
        assert sees_key_result(fresh, key_result.pk) == is_listed
    assert sees_key_result(owner, key_result.pk)
    assert not sees_key_result(strangers[0], key_result.pk)


def test_deleted_ones_are_not_there() -> None:
    administrator = make_person(make_organisation(), role=Role.ADMINISTRATOR)
    objective = make_objective(make_cycle(administrator.organisation))
    key_result, gone = make_key_result(objective), make_key_result(objective)
    gone.deleted_at = timezone.now()
    gone.save()
    assert [sees_key_result(administrator, one.pk) for one in (key_result, gone)] == [True, False]
    objective.deleted_at = timezone.now()
    objective.save()
    assert not sees_key_result(administrator, key_result.pk)
