"""Deleting an objective and bringing it back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from activity.models import Event
from common.errors import NotAllowed, RuleConflict, StaleVersion
from objectives.models import KeyResult, Objective
from objectives.queries.restorable import restorable_key_results, restorable_objectives
from objectives.rules.kinds import CycleState
from objectives.services import delete_key_result, delete_objective, restore_objective
from people.roles import Role
from tests.factories import NOW, make_cycle, make_key_result, make_objective, make_person, make_team

pytestmark = pytest.mark.django_db


def test_it_goes_with_its_key_results_and_comes_back_with_them() -> None:
    owner = make_person()
    objective = make_objective(owner=owner)
    key_result = make_key_result(objective)
    earlier = make_key_result(objective)
    delete_key_result(key_result=earlier, by=owner, at=NOW - timedelta(days=1))

    deleted = delete_objective(objective=objective, by=owner, at=NOW, expected_version=1)
    assert (deleted.deleted_at, deleted.deleted_by) == (NOW, owner)
    assert not Objective.objects.exists()
    assert not KeyResult.objects.exists()

    restore_objective(objective=deleted, by=owner, at=NOW + timedelta(days=30))

    assert Objective.objects.get().version == 3
    assert Objective.objects.get().deleted_by is None
    assert list(KeyResult.objects.all()) == [key_result]
    verbs = list(Event.objects.order_by("id").values_list("verb", flat=True))
    assert verbs == ["key_result.deleted", "objective.deleted", "objective.restored"]


def test_after_thirty_days_it_is_too_late() -> None:
    owner = make_person()
    objective = delete_objective(objective=make_objective(owner=owner), by=owner, at=NOW)

    with pytest.raises(RuleConflict, match="30 days"):
        restore_objective(objective=objective, by=owner, at=NOW + timedelta(days=30, seconds=1))


def test_restoring_what_is_there_changes_nothing() -> None:
    owner = make_person()
    objective = make_objective(owner=owner)

    assert restore_objective(objective=objective, by=owner, at=NOW).version == 1
    assert not Event.objects.exists()


def test_a_second_delete_is_a_conflict() -> None:
    owner = make_person()
    objective = make_objective(owner=owner)
    delete_objective(objective=objective, by=owner, at=NOW)

    with pytest.raises(RuleConflict, match="deleted"):
        delete_objective(objective=objective, by=owner, at=NOW)


def test_a_stale_version_is_refused() -> None:
    owner = make_person()
    objective = make_objective(owner=owner, version=4)

    with pytest.raises(StaleVersion):
        delete_objective(objective=objective, by=owner, at=NOW, expected_version=3)


def test_a_closed_cycle_keeps_what_it_has() -> None:
    owner = make_person()
    cycle = make_cycle(owner.organisation, name="Q1 2026", state=CycleState.CLOSED)

    with pytest.raises(RuleConflict, match="Q1 2026"):
        delete_objective(objective=make_objective(cycle, owner=owner), by=owner, at=NOW)
    with pytest.raises(RuleConflict, match="Q1 2026"):
        restore_objective(objective=make_objective(cycle, owner=owner, deleted_at=NOW), by=owner, at=NOW)


def test_team_mates_viewers_and_strangers_may_neither_delete_nor_restore() -> None:
    team_mate = make_person()
    cycle, team = make_cycle(team_mate.organisation), make_team(members=[team_mate])
    there = make_objective(cycle, team=team)
    gone = make_objective(cycle, team=team, deleted_at=NOW)

    for person in (team_mate, make_person(team_mate.organisation, role=Role.VIEWER), make_person()):
        with pytest.raises(NotAllowed):
            delete_objective(objective=there, by=person, at=NOW)
        with pytest.raises(NotAllowed):
            restore_objective(objective=gone, by=person, at=NOW)


def test_what_can_be_restored_is_listed_for_those_who_may_see_it() -> None:
    owner = make_person()
    objective = make_objective(owner=owner, visibility="private")
    key_result = make_key_result(objective)
    make_objective(owner=owner, deleted_at=NOW - timedelta(days=31))
    make_objective(objective.cycle)
    stranger = make_person(owner.organisation)
    alone = make_key_result(make_objective(objective.cycle), deleted_at=NOW)
    delete_objective(objective=objective, by=owner, at=NOW)

    assert list(restorable_objectives(owner, at=NOW)) == [objective]
    assert list(restorable_objectives(stranger, at=NOW)) == []
    assert list(restorable_key_results(stranger, at=NOW)) == [alone]
    assert key_result not in restorable_key_results(owner, at=NOW)
