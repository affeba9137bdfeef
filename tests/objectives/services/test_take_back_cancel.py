"""A cancellation that was a mistake is undone within a day."""

from __future__ import annotations

from datetime import timedelta

import pytest

from activity.models import Event
from common.errors import NotAllowed, RuleConflict
from objectives.models import Objective
from objectives.rules.kinds import CycleState, ObjectiveState
from objectives.services import cancel_objective, take_back_cancel
from people.models import User
from tests.factories import NOW, make_objective, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner() -> User:
    return make_person()


@pytest.mark.parametrize("state", [ObjectiveState.DRAFT, ObjectiveState.ACTIVE, ObjectiveState.PAUSED])
def test_it_returns_to_where_it_was(owner: User, state: ObjectiveState) -> None:
    objective = make_objective(owner=owner, state=state, state_reason="Before")
    cancel_objective(objective=objective, by=owner, at=NOW, reason="A mistake")
    row = take_back_cancel(objective=objective, by=owner, at=NOW + timedelta(hours=23))
    assert (row.state, row.state_reason) == (state, "Before")
    verbs = Event.objects.order_by("at", "id").values_list("verb", flat=True)
    assert list(verbs) == ["objective.cancelled", "objective.restored"]


def test_after_a_day_a_decision_stands(owner: User) -> None:
    objective = make_objective(owner=owner)
    cancel_objective(objective=objective, by=owner, at=NOW, reason="A decision")
    with pytest.raises(RuleConflict, match="more than a day ago"):
        take_back_cancel(objective=objective, by=owner, at=NOW + timedelta(hours=25))


def test_one_that_is_not_cancelled_stays_as_it_is(owner: User) -> None:
    objective = make_objective(owner=owner)
    assert take_back_cancel(objective=objective, by=owner, at=NOW).state == ObjectiveState.ACTIVE
    assert Event.objects.count() == 0


def test_imported_as_cancelled_there_is_nothing_to_take_back(owner: User) -> None:
    with pytest.raises(RuleConflict):
        take_back_cancel(
            objective=make_objective(owner=owner, state=ObjectiveState.CANCELLED), by=owner, at=NOW
        )


def test_strangers_and_closed_cycles(owner: User) -> None:
    objective = make_objective(owner=owner)
    cancel_objective(objective=objective, by=owner, at=NOW, reason="A mistake")
    with pytest.raises(NotAllowed):
        take_back_cancel(objective=objective, by=make_person(owner.organisation), at=NOW)
    objective.cycle.state = CycleState.CLOSED
    objective.cycle.save()
    with pytest.raises(RuleConflict):
        take_back_cancel(objective=Objective.objects.get(), by=owner, at=NOW)
