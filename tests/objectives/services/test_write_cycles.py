"""Cycles from planning to closed."""

from __future__ import annotations

from datetime import date

import pytest

from activity.models import Event
from common.errors import InvalidInput, NotAllowed, RuleConflict
from objectives.models import Cycle
from objectives.rules.kinds import CycleState, ObjectiveState
from objectives.services import activate_cycle, close_cycle, create_cycle, edit_cycle
from people.models import User
from people.roles import Role
from tests.factories import NOW, make_cycle, make_objective, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator() -> User:
    return make_person(role=Role.ADMINISTRATOR)


def test_a_new_one_is_in_planning_and_may_overlap_and_lie_in_another(administrator: User) -> None:
    year = make_cycle(administrator.organisation, name="2026")

    cycle = create_cycle(
        by=administrator,
        at=NOW,
        name=" Q2 ",
        starts_on=date(2026, 4, 1),
        ends_on=date(2026, 6, 30),
        parent=year,
    )

    cycle.refresh_from_db()
    assert (cycle.name, cycle.state, cycle.parent) == ("Q2", CycleState.PLANNING, year)
    assert Event.objects.get().verb == "cycle.created"
    assert create_cycle(by=administrator, at=NOW, name="Someday").starts_on is None


def test_dates_and_names_change_while_it_is_open(administrator: User) -> None:
    cycle = make_cycle(administrator.organisation)

    edit_cycle(cycle=cycle, by=administrator, at=NOW, ends_on=date(2026, 7, 5), name=cycle.name)

    cycle.refresh_from_db()
    assert (cycle.ends_on, cycle.updated_at) == (date(2026, 7, 5), NOW)
    assert Event.objects.get().payload == {"changes": {"ends_on": ["2026-06-30", "2026-07-05"]}}


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"name": " "}, ("name", "required")),
        ({"starts_on": date(2026, 7, 1)}, ("ends_on", "before_start")),
    ],
)
def test_what_cannot_be_taken(administrator: User, fields: dict, problem: tuple[str, str]) -> None:
    cycle = make_cycle(administrator.organisation)

    with pytest.raises(InvalidInput) as refused:
        edit_cycle(cycle=cycle, by=administrator, at=NOW, **fields)

    assert [(one.field, one.code) for one in refused.value.problems] == [problem]


def test_a_cycle_lies_in_no_stranger_and_not_in_itself(administrator: User) -> None:
    year = make_cycle(administrator.organisation)
    quarter = make_cycle(administrator.organisation, parent=year)
    month = make_cycle(administrator.organisation, parent=quarter)

    for parent, code in ((make_cycle(), "not_found"), (year, "loop"), (month, "loop")):
        with pytest.raises(InvalidInput) as refused:
            edit_cycle(cycle=year, by=administrator, at=NOW, parent=parent)
        assert [(one.field, one.code) for one in refused.value.problems] == [("parent", code)]


def test_activation_repeats_harmlessly(administrator: User) -> None:
    cycle = make_cycle(administrator.organisation, state=CycleState.PLANNING)

    assert activate_cycle(cycle=cycle, by=administrator, at=NOW).state == CycleState.ACTIVE
    activate_cycle(cycle=cycle, by=administrator, at=NOW)

    assert Event.objects.get().verb == "cycle.activated"


def test_the_first_close_is_closing_the_second_closes(administrator: User) -> None:
    cycle = make_cycle(administrator.organisation)
    objective = make_objective(cycle)
    make_objective(cycle, state=ObjectiveState.PAUSED)
    make_objective(cycle, state=ObjectiveState.DRAFT)
    make_objective(cycle, state=ObjectiveState.ACTIVE, deleted_at=NOW)

    assert close_cycle(cycle=cycle, by=administrator, at=NOW).state == CycleState.CLOSING
    with pytest.raises(RuleConflict, match="2 objectives are still open"):
        close_cycle(cycle=cycle, by=administrator, at=NOW)
    cycle.objectives.exclude(pk=objective.pk).update(state=ObjectiveState.CANCELLED)
    with pytest.raises(RuleConflict, match="1 objective is still open"):
        close_cycle(cycle=cycle, by=administrator, at=NOW)
    cycle.objectives.update(state=ObjectiveState.CLOSED)
    closed = close_cycle(cycle=cycle, by=administrator, at=NOW)

    assert (closed.state, closed.closed_at) == (CycleState.CLOSED, NOW)
    verbs = list(Event.objects.order_by("id").values_list("verb", flat=True))
    assert verbs == ["cycle.closing", "cycle.closed"]


@pytest.mark.parametrize("state", [CycleState.PLANNING, CycleState.CLOSED])
def test_only_a_running_cycle_closes(administrator: User, state: CycleState) -> None:
    with pytest.raises(RuleConflict, match=state.value):
        close_cycle(cycle=make_cycle(administrator.organisation, state=state), by=administrator, at=NOW)


def test_a_closed_one_is_read_only(administrator: User) -> None:
    cycle = make_cycle(administrator.organisation, state=CycleState.CLOSED)

    with pytest.raises(RuleConflict, match=cycle.name):
        edit_cycle(cycle=cycle, by=administrator, at=NOW, name="Again")
    with pytest.raises(RuleConflict, match="closed"):
        activate_cycle(cycle=cycle, by=administrator, at=NOW)


def test_only_administrators_of_the_organisation() -> None:
    leader = make_person(role=Role.LEADER)
    cycle = make_cycle(leader.organisation)

    for person in (leader, make_person(leader.organisation), make_person(role=Role.ADMINISTRATOR)):
        for step in (activate_cycle, close_cycle, edit_cycle):
            with pytest.raises(NotAllowed):
                step(cycle=cycle, by=person, at=NOW)
    with pytest.raises(NotAllowed):
        create_cycle(by=leader, at=NOW, name="Mine")
    assert Cycle.objects.count() == 1
