"""What the page for writing an objective starts from."""

from __future__ import annotations

import pytest

from objectives.queries.objective_for_edit import objective_for_edit
from objectives.rules.kinds import KeyResultKind, Visibility
from tests.factories import NOW, make_key_result, make_objective, make_person

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("count", [1, 3])
def test_all_of_it_in_five_queries(count: int, django_assert_num_queries) -> None:
    owner, contributor = make_person(), make_person()
    objective = make_objective(owner=owner, title="Grow", contributors=[contributor])
    make_key_result(objective, deleted_at=NOW)
    for place in range(count):
        make_key_result(objective, kind=KeyResultKind.MILESTONES, position=place, title=f"Result {place}")
    owner.__dict__["_team_ids"] = frozenset()

    with django_assert_num_queries(5):
        row = objective_for_edit(owner, objective.pk)

    assert row is not None
    assert (row.title, row.owner_id, row.contributor_ids) == ("Grow", owner.pk, (contributor.pk,))
    assert [one.title for one in row.key_results] == [f"Result {place}" for place in range(count)]
    assert [step.title for step in row.key_results[0].milestones] == ["First step", "Second step"]


def test_a_stranger_is_told_nothing() -> None:
    owner = make_person()
    private = make_objective(owner=owner, visibility=Visibility.PRIVATE)

    assert objective_for_edit(make_person(owner.organisation), private.pk) is None
    assert objective_for_edit(make_person(), make_objective(owner=owner).pk) is None
