from datetime import date
from decimal import Decimal

import pytest

from checkins.rules.kinds import CheckInSource
from common.svg.key_result_chart import PlanPoint
from dashboards.queries.key_result_chart import chart_of, spark_of
from objectives.models import PlannedValue
from objectives.rules.kinds import KeyResultKind, ObjectiveState
from tests.factories import TODAY, make_check_in, make_cycle, make_key_result, make_objective

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2026, 4, 1), date(2026, 6, 30)


def test_a_metric_is_drawn_in_its_unit_from_start_to_target():
    row = make_key_result(start_value=Decimal(71), target_value=Decimal(85), unit="%")
    told = [
        make_check_in(row, value=73, observed_on=date(2026, 5, 6)),
        make_check_in(row, value=72, observed_on=date(2026, 4, 15), source=CheckInSource.API),
        make_check_in(row, value=None, observed_on=date(2026, 5, 8)),
    ]
    chart = chart_of(row, told, [PlannedValue(on=date(2026, 5, 1), value=Decimal(74))], TODAY)
    assert [(point.value, point.is_person) for point in chart.points] == [(72, False), (73, True)]
    assert chart.plan == (PlanPoint(FIRST, 71), PlanPoint(date(2026, 5, 1), 74), PlanPoint(LAST, 85))
    assert (chart.target, chart.unit, chart.fan) == (85, "%", None)


def test_what_an_import_brought_from_a_person_is_a_large_dot():
    row = make_key_result()
    machine = make_check_in(row, source=CheckInSource.IMPORT, observed_on=date(2026, 4, 8))
    person = make_check_in(row, source=CheckInSource.IMPORT, author_label="Store lead")
    assert [point.is_person for point in chart_of(row, [machine, person], [], TODAY).points] == [False, True]


def test_the_forecast_opens_as_a_fan_in_the_unit_and_decimals_of_the_metric():
    row = make_key_result(
        kind=KeyResultKind.DECREASE,
        start_value=Decimal("4.5"),
        target_value=Decimal(2),
        has_data=True,
        forecast_mean=Decimal("0.8"),
        forecast_low=Decimal("0.6"),
        forecast_high=Decimal("1.0"),
    )
    fan = chart_of(row, [make_check_in(row, value=4)], [], TODAY).fan
    assert (fan.likely, fan.low80, fan.high80) == (Decimal("2.5"), Decimal("2.0"), Decimal("3.0"))
    assert fan.low80 < fan.low50 < fan.likely < fan.high50 < fan.high80


def test_a_closed_one_has_no_forecast_any_more():
    row = make_key_result(
        make_objective(state=ObjectiveState.CLOSED),
        has_data=True,
        forecast_mean=Decimal(1),
        forecast_low=Decimal(0),
        forecast_high=Decimal(1),
    )
    assert chart_of(row, [make_check_in(row)], [], TODAY).fan is None


def test_milestones_are_drawn_in_per_cent_of_their_weight():
    row = make_key_result(kind=KeyResultKind.MILESTONES, steps=[("First", 1), ("Second", 3)])
    told = make_check_in(row, value=None, milestones_done=["x"], progress=Decimal("0.25"))
    planned = [PlannedValue(on=date(2026, 5, 1), value=Decimal(2))]
    chart = chart_of(row, [told], planned, TODAY, whole_weight=Decimal(4))
    assert ([point.value for point in chart.points], chart.unit, chart.target) == ([25], "%", 100)
    assert [point.value for point in chart.plan] == [0, 50, 100]


def test_yes_or_no_shows_its_confidence():
    row = make_key_result(kind=KeyResultKind.YES_NO)
    chart = chart_of(row, [make_check_in(row, value=0, confidence=4)], [], TODAY)
    assert ([point.value for point in chart.points], chart.unit, chart.plan) == ([4], "of 10", ())


def test_a_guardrail_shows_its_bounds():
    row = make_key_result(kind=KeyResultKind.BETWEEN)
    chart = chart_of(row, [], [], TODAY)
    assert (chart.lower_bound, chart.upper_bound, chart.plan, chart.target) == (2, 4, (), None)


def test_without_dates_it_spans_what_was_said():
    row = make_key_result(make_objective(make_cycle(starts_on=None, ends_on=None)))
    assert chart_of(row, [], [], TODAY) is None
    chart = chart_of(row, [make_check_in(row, observed_on=date(2026, 3, 1))], [], TODAY)
    assert (chart.starts_on, chart.ends_on, chart.plan) == (date(2026, 3, 1), TODAY, ())


def test_the_sparkline_spans_the_whole_cycle_and_says_so():
    row = make_key_result(unit="stores")
    spark = spark_of(row, [make_check_in(row, value=20, observed_on=LAST)], [])
    assert spark.points == ((1.0, Decimal(20)),)
    assert spark.plan == ((0.0, Decimal(0)), (1.0, Decimal(100)))
    assert spark.label == "20 to 20 stores, planned 100 stores"
    assert spark_of(make_key_result(kind=KeyResultKind.BASELINE), [], []).label == "no value yet"
