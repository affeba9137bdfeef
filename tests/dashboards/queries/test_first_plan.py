"""The plan that a key result started with stays in sight once it was re-aimed; nothing of it is stored twice."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from common.svg.key_result_chart import PlanPoint, key_result_chart
from dashboards.queries.first_plan import first_plan
from dashboards.queries.key_result_page import key_result_page
from dashboards.queries.objective_page import find_objective, objective_page
from dashboards.queries.objective_parts import key_result_parts
from objectives.models import KeyResult, Objective
from objectives.rules.kinds import KeyResultKind
from objectives.services import MilestoneDraft, edit_cycle, edit_key_result
from people.models import User
from people.roles import Role
from tests.factories import NOW, TODAY, make_cycle, make_key_result, make_objective, make_person

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2026, 4, 1), date(2026, 6, 30)
LATER = NOW + timedelta(days=1)


@pytest.fixture
def owner() -> User:
    return make_person(role=Role.ADMINISTRATOR)


@pytest.fixture
def objective(owner: User) -> Objective:
    return make_objective(make_cycle(owner.organisation), owner=owner)


@pytest.fixture
def key_result(objective: Objective) -> KeyResult:
    return make_key_result(objective)


def seen(user: User, key_result: KeyResult) -> tuple[PlanPoint, ...]:
    """On the key result's own page, and the same on the page of its objective."""
    row = KeyResult.objects.select_related("objective__cycle", "objective__organisation").get(
        pk=key_result.pk
    )
    own = key_result_page(user, row, today=TODAY).chart
    objective = find_objective(user, row.objective_id)
    assert own is not None
    assert objective is not None
    (above,) = (one.chart for one in objective_page(user, objective, today=TODAY).key_results)
    assert above is not None
    assert above.first_plan == own.first_plan
    return own.first_plan


def test_as_long_as_nothing_was_re_aimed_there_is_one_plan(owner: User, key_result: KeyResult) -> None:
    edit_key_result(key_result=key_result, title="Better words", by=owner, at=LATER)
    assert seen(owner, key_result) == ()


def test_another_target_leaves_the_first_in_sight_however_often_it_moves(
    owner: User, key_result: KeyResult
) -> None:
    for target in (150, 80):
        edit_key_result(key_result=key_result, target_value=Decimal(target), by=owner, at=LATER)
    assert seen(owner, key_result) == (PlanPoint(FIRST, 0), PlanPoint(LAST, 100))
    edit_key_result(key_result=key_result, target_value=Decimal(100), by=owner, at=LATER)
    assert seen(owner, key_result) == ()


def test_other_planned_values_leave_the_first_in_sight(owner: User, key_result: KeyResult) -> None:
    middle = date(2026, 5, 1)
    edit_key_result(key_result=key_result, planned_values=[(middle, Decimal(70))], by=owner, at=LATER)
    assert seen(owner, key_result) == (PlanPoint(FIRST, 0), PlanPoint(LAST, 100))
    edit_key_result(key_result=key_result, planned_values=[(middle, Decimal(10))], by=owner, at=LATER)
    assert seen(owner, key_result) == (PlanPoint(FIRST, 0), PlanPoint(LAST, 100))


def test_a_longer_cycle_leaves_the_first_in_sight_and_a_shorter_one_cuts_it(
    owner: User, key_result: KeyResult
) -> None:
    cycle = key_result.objective.cycle
    edit_cycle(cycle=cycle, ends_on=date(2026, 7, 31), by=owner, at=LATER)
    assert seen(owner, key_result) == (PlanPoint(FIRST, 0), PlanPoint(LAST, 100))
    edit_cycle(cycle=cycle, ends_on=date(2026, 5, 16), by=owner, at=LATER)
    assert seen(owner, key_result) == (PlanPoint(FIRST, 0), PlanPoint(date(2026, 5, 16), 50))


def test_steps_are_weighed_as_they_were(owner: User, objective: Objective) -> None:
    row = make_key_result(objective, kind=KeyResultKind.MILESTONES, steps=[("First", 1), ("Second", 1)])
    first = date(2026, 5, 1)
    edit_key_result(
        key_result=row, planned_values=[(first, Decimal(1))], by=owner, at=NOW - timedelta(days=1)
    )
    steps = [MilestoneDraft("First", Decimal(1)), MilestoneDraft("Second", Decimal(3))]
    edit_key_result(key_result=row, milestones=steps, by=owner, at=LATER)
    assert [point.value for point in seen(owner, row)] == [0, 50, 100]


def test_what_changed_before_the_start_is_no_first_plan(owner: User, key_result: KeyResult) -> None:
    edit_key_result(key_result=key_result, target_value=Decimal(150), by=owner, at=NOW - timedelta(days=1))
    assert seen(owner, key_result) == ()


@pytest.mark.parametrize(
    "changes", [{"unit": "shops"}, {"kind": KeyResultKind.PERCENT_DONE}, {"kind": KeyResultKind.BASELINE}]
)
def test_in_another_unit_or_kind_there_is_nothing_to_compare(
    owner: User, key_result: KeyResult, changes: dict[str, str]
) -> None:
    edit_key_result(key_result=key_result, target_value=Decimal(150), by=owner, at=LATER)
    edit_key_result(key_result=key_result, **changes, by=owner, at=LATER)  # type: ignore[arg-type]
    assert first_plan(key_result, [], key_result_parts(key_result).changes) == ()


def test_it_is_drawn_pale_and_told(owner: User, key_result: KeyResult) -> None:
    edit_key_result(key_result=key_result, target_value=Decimal(150), by=owner, at=LATER)
    row = KeyResult.objects.select_related("objective__cycle", "objective__organisation").get()
    chart = key_result_page(owner, row, today=TODAY).chart
    assert chart is not None
    drawn = key_result_chart(chart)
    assert 'class="c-plan faded"' in drawn
    assert "first target 100" in drawn
    assert "The first plan, in pale pencil, led to 100." in drawn
