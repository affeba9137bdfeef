"""Editing an objective: who may, what it changes, what stands in the way."""

from __future__ import annotations

import pytest

from activity.models import Event
from common.errors import InvalidInput, NotAllowed, RuleConflict, StaleVersion
from objectives.models import Objective
from objectives.rules.kinds import CycleState, ObjectiveKind, ObjectiveState, Visibility
from objectives.services import edit_objective
from people.models import User
from people.roles import Role
from tests.factories import NOW, make_cycle, make_objective, make_organisation, make_person, make_team

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner() -> User:
    return make_person(name="Mara")


@pytest.fixture
def objective(owner: User) -> Objective:
    return make_objective(owner=owner, title="Grow", why="Because")


def test_the_owner_changes_words_and_the_log_keeps_both(owner: User, objective: Objective) -> None:
    edit_objective(
        objective=objective,
        by=owner,
        at=NOW,
        expected_version=1,
        title=" Grow with care ",
        kind=ObjectiveKind.COMMITTED,
        why="Because",
    )

    objective.refresh_from_db()
    assert (objective.title, objective.kind) == ("Grow with care", ObjectiveKind.COMMITTED)
    assert (objective.version, objective.updated_at) == (2, NOW)
    event = Event.objects.get()
    assert event.verb == "objective.edited"
    assert event.payload == {
        "changes": {"title": ["Grow", "Grow with care"], "kind": ["aspirational", "committed"]}
    }


def test_an_edit_that_changes_nothing_leaves_no_trace(owner: User, objective: Objective) -> None:
    same = edit_objective(objective=objective, by=owner, at=NOW, title="Grow", contributors=[], owner=owner)

    assert same.version == 1
    assert not Event.objects.exists()


def test_people_and_team_are_named_in_the_log(owner: User, objective: Objective) -> None:
    heir = make_person(owner.organisation, name="Jonas")
    team = make_team(members=[owner], name="Shop")

    edit_objective(objective=objective, by=owner, at=NOW, owner=heir, contributors=[owner], team=team)

    objective.refresh_from_db()
    assert (objective.owner, objective.team) == (heir, team)
    assert list(objective.contributors.all()) == [owner]
    changes = Event.objects.get().payload["changes"]
    assert [one["name"] for one in changes["owner"]] == ["Mara", "Jonas"]
    assert changes["team"] == [None, {"id": str(team.pk), "name": "Shop"}]
    assert changes["contributors"] == [[], [{"id": str(owner.pk), "name": "Mara"}]]


def test_contributors_team_leads_and_administrators_may() -> None:
    lead, contributor = make_person(), None
    contributor = make_person(lead.organisation)
    objective = make_objective(
        make_cycle(lead.organisation), team=make_team(lead=lead), contributors=[contributor]
    )
    administrator = make_person(lead.organisation, role=Role.ADMINISTRATOR)

    for place, person in enumerate([lead, contributor, administrator]):
        edited = edit_objective(objective=objective, by=person, at=NOW, title=f"Title {place}")
        assert edited.title == f"Title {place}"


def test_team_mates_leaders_viewers_and_strangers_may_not() -> None:
    team_mate = make_person()
    organisation = team_mate.organisation
    objective = make_objective(make_cycle(organisation), team=make_team(members=[team_mate]))
    viewer = make_person(organisation, role=Role.VIEWER)
    objective.contributors.add(viewer)
    others = [make_person(organisation, role=Role.LEADER), make_person(role=Role.ADMINISTRATOR)]

    for person in [team_mate, viewer, *others]:
        with pytest.raises(NotAllowed):
            edit_objective(objective=objective, by=person, at=NOW, title="Mine now")


def test_a_stale_version_is_refused(owner: User, objective: Objective) -> None:
    edit_objective(objective=objective, by=owner, at=NOW, title="First", expected_version=1)

    with pytest.raises(StaleVersion):
        edit_objective(objective=objective, by=owner, at=NOW, title="Second", expected_version=1)

    objective.refresh_from_db()
    assert objective.title == "First"


@pytest.mark.parametrize("state", [ObjectiveState.CLOSED, ObjectiveState.CANCELLED])
def test_what_has_ended_is_not_edited(owner: User, state: ObjectiveState) -> None:
    objective = make_objective(owner=owner, state=state)

    with pytest.raises(RuleConflict, match=state.value):
        edit_objective(objective=objective, by=owner, at=NOW, title="Again")


def test_a_closed_cycle_is_read_only_and_takes_nothing_in(owner: User, objective: Objective) -> None:
    closed = make_cycle(owner.organisation, name="Q1 2026", state=CycleState.CLOSED)
    old = make_objective(closed, owner=owner)

    with pytest.raises(RuleConflict, match="Q1 2026"):
        edit_objective(objective=old, by=owner, at=NOW, title="Again")
    with pytest.raises(RuleConflict, match="Q1 2026"):
        edit_objective(objective=objective, by=owner, at=NOW, cycle=closed)


def test_it_moves_to_another_open_cycle(owner: User, objective: Objective) -> None:
    following = make_cycle(owner.organisation, name="Q3 2026", state=CycleState.PLANNING)

    assert edit_objective(objective=objective, by=owner, at=NOW, cycle=following).cycle == following


def test_a_deleted_objective_is_gone(owner: User) -> None:
    objective = make_objective(owner=owner, deleted_at=NOW)

    with pytest.raises(RuleConflict, match="deleted"):
        edit_objective(objective=objective, by=owner, at=NOW, title="Again")


def test_a_move_needs_the_right_to_write_in_the_other_team(owner: User, objective: Objective) -> None:
    other_team = make_team(owner.organisation)

    with pytest.raises(NotAllowed, match=other_team.name):
        edit_objective(objective=objective, by=owner, at=NOW, team=other_team)


def test_a_deactivated_owner_may_stay_but_not_come(owner: User) -> None:
    gone = make_person(owner.organisation, is_active=False)
    objective = make_objective(make_cycle(owner.organisation), owner=gone, contributors=[owner, gone])

    edited = edit_objective(
        objective=objective, by=owner, at=NOW, owner=gone, contributors=[owner, gone], title="Grow on"
    )

    assert edited.title == "Grow on"
    with pytest.raises(InvalidInput, match="deactivated"):
        edit_objective(objective=make_objective(owner=owner), by=owner, at=NOW, owner=gone)


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"title": " "}, ("title", "required")),
        ({"cycle": None}, ("cycle", "required")),
        ({"kind": "wish"}, ("kind", "unknown")),
        ({"visibility": "nobody"}, ("visibility", "unknown")),
        ({"why": "x" * 20_001}, ("why", "too_long")),
    ],
)
def test_fields_that_cannot_be_taken(
    owner: User, objective: Objective, changes: dict, problem: tuple[str, str]
) -> None:
    with pytest.raises(InvalidInput) as refused:
        edit_objective(objective=objective, by=owner, at=NOW, **changes)

    assert [(one.field, one.code) for one in refused.value.problems] == [problem]


def test_an_unknown_field_is_a_mistake_of_the_caller(owner: User, objective: Objective) -> None:
    with pytest.raises(TypeError, match="progress"):
        edit_objective(objective=objective, by=owner, at=NOW, progress=1)  # type: ignore[call-arg]


def test_what_is_private_already_may_stay_so() -> None:
    owner = make_person(make_organisation(allows_private=False))
    objective = make_objective(owner=owner, visibility=Visibility.PRIVATE)

    edited = edit_objective(
        objective=objective, by=owner, at=NOW, visibility=Visibility.PRIVATE, counts_when_private=True
    )

    assert edited.counts_when_private
