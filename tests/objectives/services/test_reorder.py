"""Putting objectives and key results into another order."""

from __future__ import annotations

import pytest

from activity.models import Event
from common.errors import InvalidInput, NotAllowed, RuleConflict
from common.ids import new_id
from objectives.rules.kinds import CycleState, ObjectiveState
from objectives.services import reorder_key_results, reorder_objectives
from tests.factories import NOW, make_cycle, make_key_result, make_objective, make_person

pytestmark = pytest.mark.django_db


def test_named_key_results_come_first_and_the_rest_follows() -> None:
    owner = make_person()
    objective = make_objective(owner=owner)
    a, b, c = (make_key_result(objective, title=title) for title in "ABC")

    reorder_key_results(objective=objective, ordered_ids=[c.pk, a.pk], by=owner, at=NOW)

    assert [row.title for row in objective.key_results.all()] == ["C", "A", "B"]
    assert set(Event.objects.values_list("verb", "objective_id")) == {("key_result.reordered", objective.pk)}
    Event.objects.all().delete()
    reorder_key_results(objective=objective, ordered_ids=[c.pk, a.pk, b.pk], by=owner, at=NOW)
    assert not Event.objects.exists()


def test_objectives_change_places_among_themselves() -> None:
    owner = make_person()
    cycle = make_cycle(owner.organisation)
    a, _, c = (
        make_objective(cycle, owner=owner, title=title, position=place)
        for place, title in enumerate("ABC", start=1)
    )

    reorder_objectives(cycle=cycle, ordered_ids=[c.pk, a.pk], by=owner, at=NOW)

    assert [row.title for row in cycle.objectives.all()] == ["C", "B", "A"]
    assert Event.objects.count() == 2


def test_an_id_that_is_not_there_is_refused() -> None:
    owner = make_person()
    objective = make_objective(owner=owner)
    hidden = make_objective(objective.cycle, visibility="private")

    for pk in (new_id(), hidden.pk, make_objective().pk):
        with pytest.raises(InvalidInput, match="no such objective"):
            reorder_objectives(cycle=objective.cycle, ordered_ids=[pk], by=owner, at=NOW)
    with pytest.raises(InvalidInput, match="no such key result"):
        reorder_key_results(objective=objective, ordered_ids=[make_key_result().pk], by=owner, at=NOW)


def test_a_stranger_moves_nothing() -> None:
    stranger = make_person()
    objective = make_objective(make_cycle(stranger.organisation))

    with pytest.raises(NotAllowed):
        reorder_objectives(cycle=objective.cycle, ordered_ids=[objective.pk], by=stranger, at=NOW)
    with pytest.raises(NotAllowed):
        reorder_key_results(objective=objective, ordered_ids=[], by=stranger, at=NOW)


def test_what_has_ended_keeps_its_order() -> None:
    owner = make_person()
    cycle = make_cycle(owner.organisation, name="Q1", state=CycleState.CLOSED)
    objective = make_objective(owner=owner, state=ObjectiveState.CLOSED)

    with pytest.raises(RuleConflict, match="Q1"):
        reorder_objectives(cycle=cycle, ordered_ids=[], by=owner, at=NOW)
    with pytest.raises(RuleConflict, match="closed"):
        reorder_key_results(objective=objective, ordered_ids=[], by=owner, at=NOW)
