"""Closing with a score, and opening again."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from activity.models import Event
from common.errors import InvalidInput, NotAllowed, RuleConflict
from objectives.models import Objective
from objectives.rules.kinds import CycleState, KeyResultState, ObjectiveState
from objectives.services import close_objective, pause_key_result, reopen_objective
from people.models import User
from tests.factories import NOW, make_cycle, make_key_result, make_objective, make_person, make_team

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=1)


@pytest.fixture
def owner() -> User:
    return make_person()


@pytest.fixture
def objective(owner: User) -> Objective:
    return make_objective(owner=owner, progress=Decimal("0.675"))


def test_closing_suggests_the_progress_and_freezes_the_key_results(owner: User, objective: Objective) -> None:
    running = make_key_result(objective, progress=Decimal("0.6049"))
    paused = make_key_result(objective, state=KeyResultState.PAUSED)
    cancelled = make_key_result(objective, state=KeyResultState.CANCELLED, progress=Decimal("0.1"))

    close_objective(objective=objective, by=owner, at=NOW)

    for row in (objective, running, paused, cancelled):
        row.refresh_from_db()
    assert (objective.state, objective.closed_at, objective.version) == (ObjectiveState.CLOSED, NOW, 2)
    assert objective.score == objective.suggested_score == Decimal("0.68")
    assert (running.state, running.closed_at, running.score) == (KeyResultState.CLOSED, NOW, Decimal("0.6"))
    assert (paused.state, paused.score) == (KeyResultState.CLOSED, None)
    assert (cancelled.state, cancelled.score) == (KeyResultState.CANCELLED, None)
    event = Event.objects.get()
    assert event.verb == "objective.closed"
    assert event.payload["changes"]["score"] == [None, "0.68"]


def test_another_score_needs_a_reason_and_both_stay(owner: User, objective: Objective) -> None:
    with pytest.raises(InvalidInput) as refused:
        close_objective(objective=objective, by=owner, at=NOW, score=Decimal("0.8"))
    assert [(one.field, one.code) for one in refused.value.problems] == [("score_reason", "required")]

    closed = close_objective(
        objective=objective, by=owner, at=NOW, score=Decimal("0.8"), score_reason=" Late orders "
    )

    assert (closed.suggested_score, closed.score) == (Decimal("0.68"), Decimal("0.8"))
    assert closed.score_reason == "Late orders"


def test_the_suggested_score_needs_no_reason(owner: User, objective: Objective) -> None:
    closed = close_objective(objective=objective, by=owner, at=NOW, score=Decimal("0.680"))

    assert closed.score_reason == ""


def test_without_data_there_is_nothing_to_suggest() -> None:
    owner = make_person()

    closed = close_objective(objective=make_objective(owner=owner), by=owner, at=NOW)

    assert (closed.state, closed.score, closed.suggested_score) == (ObjectiveState.CLOSED, None, None)


@pytest.mark.parametrize("score", ["-0.1", "1.01", "NaN", "Infinity", "0.12345"])
def test_scores_that_cannot_be_taken(owner: User, objective: Objective, score: str) -> None:
    with pytest.raises(InvalidInput):
        close_objective(objective=objective, by=owner, at=NOW, score=Decimal(score), score_reason="r")


def test_a_second_close_is_a_conflict(owner: User, objective: Objective) -> None:
    close_objective(objective=objective, by=owner, at=NOW)

    with pytest.raises(RuleConflict, match="closed already"):
        close_objective(objective=objective, by=owner, at=LATER)


@pytest.mark.parametrize("state", [ObjectiveState.DRAFT, ObjectiveState.CANCELLED])
def test_only_what_runs_can_be_closed(state: ObjectiveState) -> None:
    owner = make_person()

    with pytest.raises(RuleConflict, match=state.value):
        close_objective(objective=make_objective(owner=owner, state=state), by=owner, at=NOW)


def test_team_mates_and_strangers_may_neither_close_nor_reopen() -> None:
    team_mate = make_person()
    objective = make_objective(make_cycle(team_mate.organisation), team=make_team(members=[team_mate]))

    for person in (team_mate, make_person()):
        for step in (close_objective, reopen_objective):
            with pytest.raises(NotAllowed):
                step(objective=objective, by=person, at=NOW)


def test_reopening_takes_up_what_closed_with_it(owner: User, objective: Objective) -> None:
    earlier = make_key_result(
        objective, state=KeyResultState.CLOSED, closed_at=NOW - timedelta(days=9), score=Decimal("0.3")
    )
    running = make_key_result(objective, progress=Decimal("0.5"))
    closed = close_objective(objective=objective, by=owner, at=NOW)

    reopen_objective(objective=closed, by=owner, at=LATER)

    for row in (objective, earlier, running):
        row.refresh_from_db()
    assert (objective.state, objective.closed_at, objective.score) == (ObjectiveState.ACTIVE, None, None)
    assert (objective.suggested_score, objective.score_reason) == (None, "")
    assert (running.state, running.closed_at, running.score) == (KeyResultState.ACTIVE, None, None)
    assert (earlier.state, earlier.score) == (KeyResultState.CLOSED, Decimal("0.3"))
    event = Event.objects.get(verb="objective.reopened")
    assert event.payload["changes"]["score"][1] is None


def test_reopening_leaves_paused_what_was_paused(owner: User, objective: Objective) -> None:
    paused = make_key_result(objective, state=KeyResultState.PAUSED, state_reason="The portal is late.")
    running = make_key_result(objective)
    for state_of_running in (KeyResultState.ACTIVE, KeyResultState.PAUSED):
        close_objective(objective=objective, by=owner, at=NOW)
        reopen_objective(objective=objective, by=owner, at=LATER)
        for row in (paused, running):
            row.refresh_from_db()
        assert (paused.state, paused.state_reason) == (KeyResultState.PAUSED, "The portal is late.")
        assert (paused.closed_at, paused.score) == (None, None)
        assert running.state == state_of_running
        if running.state == KeyResultState.ACTIVE:
            pause_key_result(key_result=running, by=owner, at=LATER, reason="Not now")


@pytest.mark.parametrize("state", [ObjectiveState.ACTIVE, ObjectiveState.CANCELLED])
def test_only_closed_ones_reopen(state: ObjectiveState) -> None:
    owner = make_person()

    with pytest.raises(RuleConflict, match=state.value):
        reopen_objective(objective=make_objective(owner=owner, state=state), by=owner, at=NOW)


def test_in_a_closed_cycle_it_stays_closed() -> None:
    owner = make_person()
    cycle = make_cycle(owner.organisation, name="Q1 2026", state=CycleState.CLOSED)
    objective = make_objective(cycle, owner=owner, state=ObjectiveState.CLOSED)

    for step in (close_objective, reopen_objective):
        with pytest.raises(RuleConflict, match="Q1 2026"):
            step(objective=objective, by=owner, at=NOW)
