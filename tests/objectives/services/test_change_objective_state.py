"""Starting, pausing and cancelling objectives."""

from __future__ import annotations

from datetime import timedelta

import pytest

from activity.models import Event
from common.errors import InvalidInput, NotAllowed, RuleConflict
from objectives.rules.kinds import CycleState, KeyResultState, ObjectiveState
from objectives.services import activate_objective, cancel_objective, create_key_result, pause_objective
from people.roles import Role
from tests.factories import NOW, make_cycle, make_key_result, make_objective, make_person, make_team

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=1)


@pytest.mark.parametrize("state", [ObjectiveState.DRAFT, ObjectiveState.PROPOSED, ObjectiveState.AGREED])
def test_activation_starts_the_clock_of_its_key_results(state: ObjectiveState) -> None:
    owner = make_person()
    objective = make_objective(owner=owner, state=state)
    key_result = make_key_result(objective)
    paused = make_key_result(objective, state=KeyResultState.PAUSED)

    activate_objective(objective=objective, by=owner, at=NOW)

    for row in (objective, key_result, paused):
        row.refresh_from_db()
    assert (objective.state, objective.activated_at) == (ObjectiveState.ACTIVE, NOW)
    assert (objective.version, objective.updated_at) == (2, NOW)
    assert (key_result.activated_at, paused.activated_at) == (NOW, None)
    event = Event.objects.get()
    assert event.verb == "objective.activated"
    assert event.payload["changes"]["state"] == [state.value, "active"]


def test_activation_repeats_harmlessly() -> None:
    owner = make_person()
    objective = make_objective(owner=owner)

    again = activate_objective(objective=objective, by=owner, at=LATER)

    assert (again.version, again.activated_at) == (1, NOW)
    assert not Event.objects.exists()


def test_a_pause_keeps_the_first_moment_of_activation() -> None:
    owner = make_person()
    objective = make_objective(owner=owner)

    paused = pause_objective(objective=objective, by=owner, at=NOW, reason=" Waiting for the lease ")
    assert (paused.state, paused.state_reason) == (ObjectiveState.PAUSED, "Waiting for the lease")
    assert Event.objects.get().payload["reason"] == "Waiting for the lease"
    again = activate_objective(objective=objective, by=owner, at=LATER)

    assert (again.state, again.state_reason, again.activated_at) == (ObjectiveState.ACTIVE, "", NOW)


def test_a_key_result_added_while_it_runs_starts_at_once() -> None:
    owner = make_person()
    objective = make_objective(owner=owner)

    made = create_key_result(objective=objective, by=owner, at=LATER, title="Handbook")

    assert made.activated_at == LATER


@pytest.mark.parametrize(
    "state",
    [
        ObjectiveState.DRAFT,
        ObjectiveState.PROPOSED,
        ObjectiveState.AGREED,
        ObjectiveState.ACTIVE,
        ObjectiveState.PAUSED,
    ],
)
def test_cancelling_keeps_the_reason(state: ObjectiveState) -> None:
    owner = make_person()
    objective = make_objective(owner=owner, state=state)

    cancelled = cancel_objective(objective=objective, by=owner, at=NOW, reason="The shop is sold")

    assert (cancelled.state, cancelled.state_reason) == (ObjectiveState.CANCELLED, "The shop is sold")
    assert Event.objects.get().verb == "objective.cancelled"


@pytest.mark.parametrize("step", [pause_objective, cancel_objective])
def test_pausing_and_cancelling_need_a_reason(step) -> None:
    owner = make_person()
    objective = make_objective(owner=owner)

    with pytest.raises(InvalidInput) as refused:
        step(objective=objective, by=owner, at=NOW, reason="  ")

    assert [(one.field, one.code) for one in refused.value.problems] == [("reason", "required")]
    objective.refresh_from_db()
    assert objective.state == ObjectiveState.ACTIVE


STEPS = [
    (activate_objective, {}, ObjectiveState.CLOSED),
    (activate_objective, {}, ObjectiveState.CANCELLED),
    (pause_objective, {"reason": "r"}, ObjectiveState.DRAFT),
    (pause_objective, {"reason": "r"}, ObjectiveState.CLOSED),
    (cancel_objective, {"reason": "r"}, ObjectiveState.CLOSED),
]


@pytest.mark.parametrize(("step", "fields", "state"), STEPS)
def test_a_state_that_does_not_allow_it_is_named(step, fields: dict, state: ObjectiveState) -> None:
    owner = make_person()
    objective = make_objective(owner=owner, state=state)

    with pytest.raises(RuleConflict, match=state.value):
        step(objective=objective, by=owner, at=NOW, **fields)


@pytest.mark.parametrize(("step", "fields"), [(activate_objective, {}), (pause_objective, {"reason": "r"})])
def test_nothing_moves_in_a_closed_cycle(step, fields: dict) -> None:
    owner = make_person()
    cycle = make_cycle(owner.organisation, name="Q1 2026", state=CycleState.CLOSED)

    with pytest.raises(RuleConflict, match="Q1 2026"):
        step(objective=make_objective(cycle, owner=owner), by=owner, at=NOW, **fields)


@pytest.mark.parametrize(
    ("step", "fields"),
    [(activate_objective, {}), (pause_objective, {"reason": "r"}), (cancel_objective, {"reason": "r"})],
)
def test_team_mates_viewers_and_strangers_may_not(step, fields: dict) -> None:
    team_mate = make_person()
    objective = make_objective(make_cycle(team_mate.organisation), team=make_team(members=[team_mate]))
    viewer = make_person(team_mate.organisation, role=Role.VIEWER)

    for person in (team_mate, viewer, make_person()):
        with pytest.raises(NotAllowed):
            step(objective=objective, by=person, at=NOW, **fields)
