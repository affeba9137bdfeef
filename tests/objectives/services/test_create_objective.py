"""Writing down an objective with its key results."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from activity.models import Event
from common.errors import InvalidInput, NotAllowed, RuleConflict
from objectives.models import KeyResult, Objective
from objectives.rules.kinds import CycleState, KeyResultKind, ObjectiveState, Visibility
from objectives.services import KeyResultDraft, MilestoneDraft, create_objective
from people.roles import Role
from tests.factories import (
    NOW,
    make_cycle,
    make_objective,
    make_organisation,
    make_person,
    make_team,
)

pytestmark = pytest.mark.django_db

EVERY_KIND = [
    KeyResultDraft(
        title="Orders", kind=KeyResultKind.INCREASE, start_value=Decimal(0), target_value=Decimal("120.5")
    ),
    KeyResultDraft(
        title="Returns", kind=KeyResultKind.DECREASE, start_value=Decimal(9), target_value=Decimal(4)
    ),
    KeyResultDraft(title="Uptime", kind=KeyResultKind.AT_LEAST, lower_bound=Decimal("99.5"), unit="%"),
    KeyResultDraft(title="Waiting", kind=KeyResultKind.AT_MOST, upper_bound=Decimal(5), cadence_days=14),
    KeyResultDraft(title="Stock", kind=KeyResultKind.BETWEEN, lower_bound=Decimal(2), upper_bound=Decimal(4)),
    KeyResultDraft(
        title="Open the shop",
        kind=KeyResultKind.MILESTONES,
        milestones=[
            MilestoneDraft("Lease signed"),
            MilestoneDraft("Doors open", Decimal(3), date(2026, 6, 1)),
        ],
    ),
    KeyResultDraft(title="Certified", kind=KeyResultKind.YES_NO),
    KeyResultDraft(title="Handbook", planned_values=[(date(2026, 5, 1), Decimal(40))]),
    KeyResultDraft(title="Find out", kind=KeyResultKind.BASELINE, weight=Decimal(0)),
]


def codes(refused: pytest.ExceptionInfo[InvalidInput]) -> set[tuple[str, str]]:
    return {(problem.field, problem.code) for problem in refused.value.problems}


def test_a_member_writes_one_for_their_team_with_every_kind_of_key_result() -> None:
    owner = make_person()
    team = make_team(members=[owner])
    team_mate = make_person(owner.organisation)

    made = create_objective(
        by=owner,
        at=NOW,
        title="  Customers come back ",
        cycle=make_cycle(owner.organisation),
        team=team,
        owner=owner,
        contributors=[team_mate, team_mate],
        key_results=EVERY_KIND,
    )

    objective = Objective.objects.get(pk=made.pk)
    assert objective.title == "Customers come back"
    assert (objective.state, objective.created_by, objective.created_at) == (ObjectiveState.DRAFT, owner, NOW)
    assert list(objective.contributors.all()) == [team_mate]
    key_results = list(objective.key_results.all())
    assert [key_result.kind for key_result in key_results] == [draft.kind for draft in EVERY_KIND]
    assert {key_result.owner for key_result in key_results} == {owner}
    assert all(key_result.activated_at is None for key_result in key_results)
    assert [step.weight for step in key_results[5].milestones.all()] == [1, 3]
    assert key_results[7].planned_values.get().value == 40
    verbs = list(Event.objects.order_by("id").values_list("verb", flat=True))
    assert verbs == ["objective.created", *["key_result.created"] * 9]
    assert set(Event.objects.values_list("objective_id", flat=True)) == {objective.pk}


@pytest.mark.parametrize("role", [Role.LEADER, Role.ADMINISTRATOR])
def test_leaders_and_administrators_write_anywhere(role: Role) -> None:
    leader = make_person(role=role)
    team = make_team(leader.organisation)

    made = create_objective(by=leader, at=NOW, title="Grow", cycle=make_cycle(leader.organisation), team=team)

    assert made.owner is None


def test_a_stranger_to_the_team_may_not() -> None:
    stranger = make_person()
    team = make_team(stranger.organisation)

    with pytest.raises(NotAllowed):
        create_objective(
            by=stranger,
            at=NOW,
            title="Grow",
            cycle=make_cycle(stranger.organisation),
            team=team,
            owner=stranger,
        )

    assert not Objective.objects.exists()


@pytest.mark.parametrize(
    "fields", [{"role": Role.VIEWER}, {"is_active": False}, {"role": Role.ADMINISTRATOR, "is_active": False}]
)
def test_viewers_and_the_deactivated_may_not(fields: dict) -> None:
    viewer = make_person(**fields)

    with pytest.raises((NotAllowed, InvalidInput)):
        create_objective(by=viewer, at=NOW, title="Grow", cycle=make_cycle(viewer.organisation), owner=viewer)


def test_a_member_may_not_write_one_for_somebody_else() -> None:
    member = make_person()

    with pytest.raises(NotAllowed):
        create_objective(
            by=member,
            at=NOW,
            title="Grow",
            cycle=make_cycle(member.organisation),
            owner=make_person(member.organisation),
        )


def test_a_closed_cycle_takes_none_and_is_named() -> None:
    owner = make_person()
    cycle = make_cycle(owner.organisation, name="Q1 2026", state=CycleState.CLOSED)

    with pytest.raises(RuleConflict, match="Q1 2026"):
        create_objective(by=owner, at=NOW, title="Grow", cycle=cycle, owner=owner)


def test_what_belongs_to_another_organisation_is_not_found() -> None:
    owner = make_person(role=Role.LEADER)
    elsewhere = make_organisation()
    stranger = make_person(elsewhere)

    with pytest.raises(InvalidInput) as refused:
        create_objective(
            by=owner,
            at=NOW,
            title="Grow",
            cycle=make_cycle(elsewhere),
            team=make_team(elsewhere),
            owner=stranger,
            contributors=[stranger],
        )

    assert codes(refused) == {(field, "not_found") for field in ("cycle", "team", "owner", "contributors")}


def test_every_problem_is_named_at_once_and_nothing_is_written() -> None:
    owner = make_person()
    wrong = [
        KeyResultDraft(title="Fine"),
        KeyResultDraft(
            title=" ", kind=KeyResultKind.INCREASE, start_value=Decimal(5), target_value=Decimal(5)
        ),
        KeyResultDraft(title="Where to?", kind=KeyResultKind.AT_MOST, weight=Decimal(-1)),
    ]

    with pytest.raises(InvalidInput) as refused:
        create_objective(
            by=owner,
            at=NOW,
            title=" ",
            cycle=make_cycle(owner.organisation),
            owner=owner,
            keeps_us_running="  ",
            key_results=wrong,
        )

    assert codes(refused) == {
        ("title", "required"),
        ("keeps_us_running", "required"),
        ("key_results.1.title", "required"),
        ("key_results.1.target_value", "equal_to_start"),
        ("key_results.2.weight", "negative"),
        ("key_results.2.upper_bound", "required"),
    }
    assert not Objective.everything.exists()
    assert not KeyResult.everything.exists()
    assert not Event.objects.exists()


def test_an_external_id_is_taken_once_also_by_a_deleted_objective() -> None:
    owner = make_person()
    cycle = make_cycle(owner.organisation)
    make_objective(cycle, external_id="A-1", deleted_at=NOW)
    make_objective(external_id="A-2")

    with pytest.raises(InvalidInput) as refused:
        create_objective(by=owner, at=NOW, title="Grow", cycle=cycle, owner=owner, external_id="A-1")

    assert codes(refused) == {("external_id", "taken")}
    made = create_objective(by=owner, at=NOW, title="Grow", cycle=cycle, owner=owner, external_id="A-2")
    assert made.external_id == "A-2"


def test_private_ones_are_refused_where_the_organisation_does_not_use_them() -> None:
    owner = make_person(make_organisation(allows_private=False))

    with pytest.raises(InvalidInput) as refused:
        create_objective(
            by=owner,
            at=NOW,
            title="Grow",
            cycle=make_cycle(owner.organisation),
            owner=owner,
            visibility=Visibility.PRIVATE,
        )

    assert codes(refused) == {("visibility", "not_offered")}


def test_deactivated_people_and_archived_teams_are_not_chosen_anew() -> None:
    leader = make_person(role=Role.LEADER)
    gone = make_person(leader.organisation, is_active=False)

    with pytest.raises(InvalidInput) as refused:
        create_objective(
            by=leader,
            at=NOW,
            title="Grow",
            cycle=make_cycle(leader.organisation),
            team=make_team(leader.organisation, archived_at=NOW),
            owner=gone,
            contributors=[gone],
        )

    assert codes(refused) == {("owner", "inactive"), ("contributors", "inactive"), ("team", "archived")}


@pytest.mark.parametrize("title", ["x" * 2_001, "a\x00b"])
def test_titles_that_cannot_be_kept_are_refused(title: str) -> None:
    owner = make_person()

    with pytest.raises(InvalidInput):
        create_objective(by=owner, at=NOW, title=title, cycle=make_cycle(owner.organisation), owner=owner)
