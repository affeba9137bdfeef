"""Forecasts learn from closed cycles how results usually end here; what is closed keeps its numbers."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from activity.models import Event, OutboxJob
from checkins.services.find_drift import find_drift
from checkins.services.learn_reference import LEARN_JOB, learn_from_closed
from checkins.services.rebuild_numbers import rebuild_numbers
from checkins.tasks import learn_job
from objectives.models import KeyResult
from objectives.rules.forecast import Point, forecast
from objectives.rules.kinds import (
    CycleState,
    KeyResultKind,
    KeyResultState,
    ObjectiveState,
    ValueSource,
    Visibility,
)
from objectives.services import close_cycle, close_objective
from people.roles import Role
from tests.factories import (
    NOW,
    TODAY,
    make_check_in,
    make_cycle,
    make_key_result,
    make_objective,
    make_person,
)

pytestmark = pytest.mark.django_db
PAST_STARTS, PAST_ENDS = date(2026, 1, 1), date(2026, 3, 31)  # 90 days; day 45 is mid-cycle
DAY_45 = PAST_STARTS + timedelta(days=44)


@pytest.fixture
def owner():
    return make_person(role=Role.ADMINISTRATOR)


@pytest.fixture
def past(owner):
    return make_cycle(
        owner.organisation, name="Q1 2026", starts_on=PAST_STARTS, ends_on=PAST_ENDS, state=CycleState.CLOSED
    )


@pytest.fixture
def running(owner):
    """A key result of the running quarter, at 35 of 100."""
    objective = make_objective(make_cycle(owner.organisation), owner=owner)
    key_result = make_key_result(objective)
    make_check_in(key_result, value=35, author=owner)
    return key_result


def closed_at(past, values, *, objective=None, **fields):
    """A closed key result with these (day, value)s."""
    objective = objective or make_objective(past, state=ObjectiveState.CLOSED)
    key_result = make_key_result(objective, **{"closed_at": NOW, **fields})
    for on, value in values:
        make_check_in(key_result, value=value, observed_on=on)
    KeyResult.objects.filter(pk=key_result.pk).update(state=KeyResultState.CLOSED)
    return key_result


def learn(organisation):
    everything = set(organisation.objectives.filter(state=ObjectiveState.CLOSED).values_list("pk", flat=True))
    rebuild_numbers(organisation=organisation, today=TODAY, thawed=everything)
    return learn_from_closed(organisation=organisation, at=NOW)


def test_pace_and_scale_come_from_how_results_ended(owner, past, running):
    closed_at(past, [(DAY_45, 20), (PAST_ENDS, 90)])
    closed_at(past, [(PAST_ENDS, 30)])
    learned = learn(owner.organisation)
    pace = (Decimal("0.9") + Decimal("0.3") + 30 * Decimal("0.65")) / 32
    assert learned.ref_pace == round(float(pace), 4) == 0.6469
    then = forecast([Point(0.5, 0.2)], success=0.7, ref_pace=float(pace))
    miss = abs(0.9 - then.mean) / then.sd
    assert learned.scale == round((miss / 1.2816 + 30) / 31, 4)
    organisation = type(owner.organisation).objects.get()
    assert (organisation.reference_pace, organisation.forecast_scale) == (learned.ref_pace, learned.scale)


def test_running_forecasts_use_it_and_nothing_drifts(owner, past, running):
    closed_at(past, [(DAY_45, 10), (PAST_ENDS, 20)])
    before = learn_facts(running, owner)
    learned = learn(owner.organisation)
    running.refresh_from_db()
    expected = forecast([Point(50 / 91, 0.35)], success=0.7, ref_pace=learned.ref_pace, scale=learned.scale)
    assert float(running.forecast_mean) == pytest.approx(expected.mean, abs=1e-4) != before
    assert float(running.forecast_low) == pytest.approx(expected.low, abs=1e-4)
    assert find_drift(organisation=owner.organisation, today=TODAY) == []


def learn_facts(key_result, owner):
    rebuild_numbers(organisation=owner.organisation, today=TODAY)
    key_result.refresh_from_db()
    return float(key_result.forecast_mean)


def test_what_is_frozen_keeps_its_forecast(owner, past, running):
    early = closed_at(past, [(DAY_45, 20)])
    learn(owner.organisation)
    before = KeyResult.objects.values().get(pk=early.pk)
    closed_at(past, [(DAY_45, 90), (PAST_ENDS, 100)])
    rebuild_numbers(organisation=owner.organisation, today=TODAY, thawed={})
    KeyResult.objects.exclude(pk__in=[early.pk, running.pk]).update(has_data=True, progress=1, raw_progress=1)
    first = type(owner.organisation).objects.get().reference_pace
    learn_from_closed(organisation=owner.organisation, at=NOW)
    assert type(owner.organisation).objects.get().reference_pace != first
    assert KeyResult.objects.values().get(pk=early.pk) == before


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": KeyResultKind.YES_NO},
        {"kind": KeyResultKind.AT_LEAST},
        {"value_source": ValueSource.ALIGNED_OBJECTIVES},
    ],
)
def test_what_has_no_forecast_of_its_own_teaches_nothing(owner, past, fields):
    closed_at(past, [(PAST_ENDS, 1)], **fields)
    assert learn(owner.organisation).ref_pace == 0.65


def test_nobody_learns_from_what_is_private_unreported_or_undated(owner, past):
    private = make_objective(past, state=ObjectiveState.CLOSED, visibility=Visibility.PRIVATE)
    closed_at(past, [(PAST_ENDS, 100)], objective=private)
    closed_at(past, [])
    undated = make_cycle(
        owner.organisation, name="Babylon", starts_on=None, ends_on=None, state=CycleState.CLOSED
    )
    closed_at(undated, [(PAST_ENDS, 100)])
    learned = learn(owner.organisation)
    assert (learned.ref_pace, learned.scale) == (0.65, 1.0)
    assert not Event.objects.exists()


def test_the_log_says_what_was_in_use_until_when_and_a_second_time_nothing_happens(owner, past):
    closed_at(past, [(PAST_ENDS, 96)])
    learn(owner.organisation)
    event = Event.objects.get(verb="organisation.forecasts_learned")
    assert event.payload["changes"] == {"reference_pace": [0.65, 0.66]}
    learn_from_closed(organisation=owner.organisation, at=NOW)
    assert Event.objects.count() == 1


def test_closing_a_cycle_teaches_in_the_background(owner, running):
    past = make_cycle(owner.organisation, name="Q1 2026", starts_on=PAST_STARTS, ends_on=PAST_ENDS)
    objective = make_objective(past, owner=owner)
    make_check_in(make_key_result(objective), value=100, observed_on=PAST_ENDS, author=owner)
    rebuild_numbers(organisation=owner.organisation, today=TODAY)
    close_objective(objective=objective, by=owner, at=NOW)
    close_cycle(cycle=past, by=owner, at=NOW)
    assert not OutboxJob.objects.filter(name=LEARN_JOB).exists()
    close_cycle(cycle=past, by=owner, at=NOW)
    learn_job(OutboxJob.objects.get(name=LEARN_JOB).payload, at=NOW)
    assert type(owner.organisation).objects.get().reference_pace == 0.6613
    assert find_drift(organisation=owner.organisation, today=TODAY) == []
