"""Stored numbers follow every change of shape, each case by itself."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from alignment.models import PriorityProgress
from alignment.queries.explain import explain_key_result
from alignment.rules.kinds import LinkKind, PriorityState
from checkins.services.find_drift import find_drift
from checkins.services.rebuild_numbers import rebuild_numbers
from checkins.services.record_check_in import record_check_in
from checkins.services.share_check_ins import merged
from checkins.services.skip_key_result import skip_key_result
from objectives.models import KeyResult
from objectives.rules.kinds import KeyResultKind, Status, ValueSource
from objectives.services import delete_key_result, edit_cycle, edit_key_result
from people.models import Organisation, User
from people.roles import Role
from people.services.edit_organisation import edit_organisation
from tests.factories import (
    NOW,
    TODAY,
    make_cycle,
    make_key_result,
    make_link,
    make_objective,
    make_organisation,
    make_person,
    make_priority,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation() -> Organisation:
    return make_organisation()


@pytest.fixture
def administrator(organisation: Organisation) -> User:
    return make_person(organisation, role=Role.ADMINISTRATOR)


def say(key_result: KeyResult, value: int | None, by: User) -> KeyResult:
    said = None if value is None else Decimal(value)
    record_check_in(key_result_id=key_result.pk, by=by, at=NOW, value=said, confidence=6)
    key_result.refresh_from_db()
    return key_result


def drift(organisation: Organisation) -> list[object]:
    organisation.refresh_from_db()
    return list(find_drift(organisation=organisation, today=TODAY))


def test_a_key_result_that_nothing_feeds_yet_has_nothing_to_say(
    organisation: Organisation, administrator: User
) -> None:
    row = make_key_result(make_objective(make_cycle(organisation)), kind=KeyResultKind.PERCENT_DONE)
    say(row, 40, administrator)
    edit_key_result(key_result=row, value_source=ValueSource.ALIGNED_OBJECTIVES, by=administrator, at=NOW)
    row.refresh_from_db()
    assert (row.progress, row.has_data, row.current_value) == (None, False, None)
    assert drift(organisation) == []


def test_a_fed_key_result_keeps_its_number_when_somebody_only_speaks(
    organisation: Organisation, administrator: User
) -> None:
    cycle = make_cycle(organisation)
    fed = make_key_result(
        make_objective(cycle), kind=KeyResultKind.PERCENT_DONE, value_source=ValueSource.ALIGNED_OBJECTIVES
    )
    child = make_objective(cycle)
    make_link(child, fed, kind=LinkKind.CONTRIBUTES)
    say(make_key_result(child), 30, administrator)
    say(fed, None, administrator)
    assert (fed.progress, fed.current_value) == (Decimal("0.3"), 30)
    skip_key_result(key_result_id=fed.pk, by=administrator, at=NOW, reason="Away", until=date(2026, 6, 1))
    fed.refresh_from_db()
    assert fed.current_value == 30
    # (0.5, 0.3) of RULES §5 with a pace of 0.65: what feeds it is its point, not "nothing reported yet".
    assert fed.forecast_because.startswith("30 % done")
    assert drift(organisation) == []


@pytest.mark.parametrize(
    ("kind", "progress", "status", "has_forecast"),
    [
        (KeyResultKind.INCREASE, Decimal("0.3"), Status.AT_RISK, True),
        (KeyResultKind.MILESTONES, Decimal("0.3"), Status.AT_RISK, True),
        (KeyResultKind.YES_NO, Decimal("0.3"), Status.ON_TRACK, False),
        (KeyResultKind.AT_MOST, Decimal("0.3"), Status.NO_DATA, False),
        (KeyResultKind.BASELINE, None, Status.NO_DATA, False),
    ],
)
def test_a_fed_key_result_is_judged_as_its_kind_asks(
    organisation: Organisation,
    administrator: User,
    kind: KeyResultKind,
    progress: Decimal | None,
    status: Status,
    has_forecast: bool,
) -> None:
    cycle = make_cycle(organisation)
    fed = make_key_result(make_objective(cycle), kind=kind, value_source=ValueSource.ALIGNED_OBJECTIVES)
    child = make_objective(cycle)
    make_link(child, fed, kind=LinkKind.CONTRIBUTES)
    say(make_key_result(child), 30, administrator)
    record_check_in(key_result_id=fed.pk, by=administrator, at=NOW, confidence=8)
    fed.refresh_from_db()
    assert (fed.progress, fed.status) == (progress, status)
    assert (fed.forecast_mean is not None) is has_forecast
    assert explain_key_result(administrator, fed).value == progress
    assert drift(organisation) == []


def test_a_fed_key_result_with_a_plan_is_held_against_it(
    organisation: Organisation, administrator: User
) -> None:
    cycle = make_cycle(organisation)
    fed = make_key_result(make_objective(cycle), value_source=ValueSource.ALIGNED_OBJECTIVES)
    child = make_objective(cycle)
    make_link(child, fed, kind=LinkKind.CONTRIBUTES)
    say(make_key_result(child), 30, administrator)
    edit_key_result(key_result=fed, planned_values=[(TODAY, Decimal(30))], by=administrator, at=NOW)
    fed.refresh_from_db()
    # (0.3, 0.3) of RULES §5: pace (1.3 + 0.3) / 2.3, and 0.7 of the plan to go.
    assert fed.forecast_mean == Decimal("0.7870")
    assert "30 % of the plan behind it" in fed.forecast_because
    assert drift(organisation) == []


def test_a_deleted_fed_key_result_does_not_come_back_into_the_sum(
    organisation: Organisation, administrator: User
) -> None:
    cycle = make_cycle(organisation)
    parent, child = make_objective(cycle), make_objective(cycle)
    fed = make_key_result(
        parent, kind=KeyResultKind.PERCENT_DONE, value_source=ValueSource.ALIGNED_OBJECTIVES
    )
    make_link(child, fed, kind=LinkKind.CONTRIBUTES)
    delete_key_result(key_result=fed, by=administrator, at=NOW)
    say(make_key_result(child), 80, administrator)
    parent.refresh_from_db()
    assert parent.progress is None


def test_a_cycle_that_moves_takes_what_lies_inside_it_along(
    organisation: Organisation, administrator: User
) -> None:
    year = make_cycle(organisation, name="2026")
    quarter = make_cycle(organisation)
    month = make_cycle(organisation, name="May", parent=quarter)
    priority = make_priority(organisation)
    objective = make_objective(month)
    make_link(objective, priority)
    say(make_key_result(objective), 50, administrator)
    edit_cycle(cycle=quarter, parent=year, by=administrator, at=NOW)
    assert PriorityProgress.objects.get(priority=priority, cycle=year).progress == Decimal("0.5")
    edit_cycle(cycle=quarter, parent=None, by=administrator, at=NOW)
    assert PriorityProgress.objects.get(priority=priority, cycle=year).progress is None


def test_another_time_zone_moves_the_days_that_rhythms_count_from(
    organisation: Organisation, administrator: User
) -> None:
    row = make_key_result(make_objective(make_cycle(organisation)))
    rebuild_numbers(organisation=organisation, today=TODAY)
    edit_organisation(time_zone="Pacific/Kiritimati", by=administrator, at=NOW.replace(hour=20))
    organisation.refresh_from_db()
    assert organisation.expected_on == date(2026, 5, 21)
    assert drift(organisation) == []
    row.refresh_from_db()
    assert row.next_due_on == date(2026, 5, 27)


def test_a_priority_is_lifted_once_in_the_innermost_cycle(
    organisation: Organisation, administrator: User
) -> None:
    year = make_cycle(organisation, name="2026")
    quarter = make_cycle(organisation, parent=year)
    priority = make_priority(organisation)
    elsewhere = make_objective(year)
    make_link(elsewhere, priority)
    say(make_key_result(elsewhere), 90, administrator)
    objective = make_objective(quarter)
    make_link(objective, priority)
    first, second = make_key_result(objective), make_key_result(objective)
    rebuild_numbers(organisation=organisation, today=TODAY)
    moved = [
        record_check_in(
            key_result_id=row.pk, by=administrator, at=NOW, value=Decimal(40), confidence=6
        ).lifted
        for row in (first, second)
    ]
    told = [
        [(one.progress_before, one.progress_after) for one in each if one.id == priority.pk] for each in moved
    ]
    assert told == [[(Decimal(0), Decimal("0.2"))], [(Decimal("0.2"), Decimal("0.4"))]]
    (whole,) = [one for one in merged([*moved[0], *moved[1]]) if one.id == priority.pk]
    assert (whole.progress_before, whole.progress_after, whole.cycle_id) == (
        Decimal(0),
        Decimal("0.4"),
        quarter.pk,
    )


def test_who_checks_in_hears_of_no_draft_priority(organisation: Organisation, administrator: User) -> None:
    owner = make_person(organisation)
    objective = make_objective(make_cycle(organisation), owner=owner)
    make_link(objective, make_priority(organisation, title="Buy the rival", state=PriorityState.DRAFT))
    row = make_key_result(objective)
    told = record_check_in(key_result_id=row.pk, by=owner, at=NOW, value=Decimal(40), confidence=6).lifted
    assert [one.type for one in told] == ["objective"]
    leader_told = record_check_in(
        key_result_id=row.pk, by=administrator, at=NOW, value=Decimal(60), confidence=6
    ).lifted
    assert [one.type for one in leader_told] == ["objective", "priority"]
