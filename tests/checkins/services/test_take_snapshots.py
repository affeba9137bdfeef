from datetime import timedelta
from decimal import Decimal

import pytest

from alignment.models import ProgressSnapshot
from alignment.rules.kinds import LinkKind
from checkins.services.backfill_snapshots import backfill_snapshots
from checkins.services.find_drift import find_drift
from checkins.services.rebuild_numbers import rebuild_numbers, turn_day
from checkins.services.take_snapshots import take_snapshots
from objectives.models import KeyResult, Objective
from objectives.rules.kinds import KeyResultKind
from tests.factories import (
    TODAY,
    make_check_in,
    make_cycle,
    make_key_result,
    make_link,
    make_objective,
    make_organisation,
    make_person,
    make_priority,
    make_team,
    moment,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation():
    return make_organisation()


@pytest.fixture
def objective(organisation):
    team = make_team(organisation)
    return make_objective(
        make_cycle(organisation),
        owner=make_person(organisation),
        team=team,
        activated_at=moment(TODAY - timedelta(30)),
    )


def test_keeps_objective_team_priority_and_organisation_of_a_day(organisation, objective):
    make_link(objective, make_priority(organisation))
    make_check_in(make_key_result(objective), value=40)
    rebuild_numbers(organisation=organisation, today=TODAY)
    take_snapshots(organisation=organisation, on=TODAY)
    take_snapshots(organisation=organisation, on=TODAY)
    kept = dict(ProgressSnapshot.objects.values_list("subject_type", "progress"))
    assert kept == dict.fromkeys(("objective", "team", "priority", "organisation"), Decimal("0.4"))


def test_past_days_are_rebuilt_from_what_was_known_then(organisation, objective):
    key_result = make_key_result(objective)
    for days, value in ((14, 10), (7, 30), (0, 40)):
        make_check_in(key_result, value=value, observed_on=TODAY - timedelta(days))
    rebuild_numbers(organisation=organisation, today=TODAY)
    days = [TODAY - timedelta(days=back) for back in (20, 10, 5)]
    backfill_snapshots(organisation=organisation, days=days)
    kept = (
        ProgressSnapshot.objects.filter(subject_type="objective").order_by("on").values_list("on", "progress")
    )
    assert list(kept) == list(zip(days, [Decimal(0), Decimal("0.1"), Decimal("0.3")], strict=True))


def test_a_new_day_moves_expected_values_and_guardrails(organisation, objective):
    guardrail = make_key_result(objective, kind=KeyResultKind.AT_MOST, cadence_days=7)
    make_check_in(guardrail, value=4, observed_on=TODAY - timedelta(days=5))
    make_check_in(guardrail, value=7, observed_on=TODAY)
    rebuild_numbers(organisation=organisation, today=TODAY)
    before = Objective.objects.get().expected, KeyResult.objects.get().progress
    assert turn_day(organisation=organisation, today=TODAY + timedelta(days=1))
    assert not turn_day(organisation=organisation, today=TODAY + timedelta(days=1))
    assert KeyResult.objects.get().progress < before[1]
    assert find_drift(organisation=organisation, today=TODAY) == []


def test_drift_is_found(organisation, objective):
    make_check_in(make_key_result(objective), value=40)
    rebuild_numbers(organisation=organisation, today=TODAY)
    Objective.objects.update(progress=Decimal("0.9"))
    assert [
        (row.type, row.column, row.right) for row in find_drift(organisation=organisation, today=TODAY)
    ] == [("objective", "progress", Decimal("0.4"))]
    assert Objective.objects.get().progress == Decimal("0.9")


def test_past_days_know_what_aligned_objectives_fed(organisation, objective):
    fed = make_key_result(objective, kind=KeyResultKind.PERCENT_DONE, value_source="aligned_objectives")
    child = make_objective(objective.cycle, activated_at=moment(TODAY - timedelta(30)))
    make_link(child, fed, kind=LinkKind.CONTRIBUTES)
    make_check_in(make_key_result(child), value=60, observed_on=TODAY - timedelta(7))
    rebuild_numbers(organisation=organisation, today=TODAY)
    backfill_snapshots(organisation=organisation, days=[TODAY - timedelta(5)])
    assert ProgressSnapshot.objects.get(subject_id=objective.pk).progress == Decimal("0.6")


def test_a_past_day_reads_guardrails_as_they_stood_on_that_day(organisation, objective):
    guardrail = make_key_result(objective, kind=KeyResultKind.AT_MOST, cadence_days=7)
    make_check_in(guardrail, value=4, observed_on=TODAY - timedelta(20))
    make_check_in(guardrail, value=9, observed_on=TODAY - timedelta(12))
    make_check_in(guardrail, value=1, observed_on=TODAY - timedelta(13), recorded_at=moment(TODAY))
    rebuild_numbers(organisation=organisation, today=TODAY)
    days = [TODAY - timedelta(back) for back in (21, 15, 12, 9)]
    backfill_snapshots(organisation=organisation, days=days)
    kept = ProgressSnapshot.objects.filter(subject_type="objective").order_by("on")
    # nothing said; six days in band; eight days in, one out; eight in, four out
    assert [row.progress for row in kept] == [None, 1, Decimal("0.8889"), Decimal("0.6667")]


def test_a_guardrail_stands_still_after_its_close(organisation, objective):
    guardrail = make_key_result(
        objective, kind=KeyResultKind.AT_MOST, closed_at=moment(TODAY - timedelta(10))
    )
    make_check_in(guardrail, value=4, observed_on=TODAY - timedelta(20))
    make_check_in(guardrail, value=9, observed_on=TODAY - timedelta(12))
    backfill_snapshots(organisation=organisation, days=[TODAY - timedelta(10), TODAY - timedelta(5)])
    kept = ProgressSnapshot.objects.filter(subject_type="objective")
    assert [row.progress for row in kept] == [Decimal("0.7273")] * 2
