"""What is refused when a measure, a value or a weight is saved (RULES §1)."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from objectives.rules.kinds import KeyResultKind as Kind
from objectives.rules.measures import check_measure, check_number, check_value, check_weight
from objectives.rules.progress import Measure, Step


def metric(kind: Kind, start: str, target: str) -> Measure:
    return Measure(kind, start_value=Decimal(start), target_value=Decimal(target))


@pytest.mark.parametrize(
    ("measure", "field", "code", "message"),
    [
        (metric(Kind.INCREASE, "5", "5"), "target_value", "equal_to_start", "start and target are equal"),
        (metric(Kind.DECREASE, "5", "5.0"), "target_value", "equal_to_start", "start and target are equal"),
        (
            metric(Kind.DECREASE, "10", "14"),
            "target_value",
            "wrong_direction",
            "target lies in the wrong direction",
        ),
        (
            metric(Kind.INCREASE, "14", "10"),
            "target_value",
            "wrong_direction",
            "target lies in the wrong direction",
        ),
        (Measure(Kind.INCREASE, target_value=Decimal(1)), "start_value", "required", "start is missing"),
        (Measure(Kind.DECREASE, start_value=Decimal(1)), "target_value", "required", "target is missing"),
        (Measure(Kind.AT_LEAST, upper_bound=Decimal(1)), "lower_bound", "required", "lower bound is missing"),
        (Measure(Kind.AT_MOST, lower_bound=Decimal(1)), "upper_bound", "required", "upper bound is missing"),
        (Measure(Kind.BETWEEN, lower_bound=Decimal(1)), "upper_bound", "required", "upper bound is missing"),
        (
            Measure(Kind.BETWEEN, lower_bound=Decimal(2), upper_bound=Decimal(2)),
            "upper_bound",
            "not_above_lower",
            "upper bound must lie above the lower bound",
        ),
        (Measure(Kind.MILESTONES), "milestones", "required", "name at least one milestone"),
        (
            Measure(Kind.MILESTONES, steps=(Step(Decimal(0), done=False), Step(Decimal(0), done=True))),
            "milestones",
            "no_weight",
            "at least one milestone needs a weight above 0",
        ),
        (
            Measure(Kind.MILESTONES, steps=(Step(Decimal(-1), done=False),)),
            "milestones",
            "negative",
            "a weight cannot be below 0",
        ),
        (metric(Kind.INCREASE, "NaN", "1"), "start_value", "not_finite", "this is not a number we can store"),
        (
            metric(Kind.INCREASE, "0", "Infinity"),
            "target_value",
            "not_finite",
            "this is not a number we can store",
        ),
        (metric(Kind.INCREASE, "0", "0.0000001"), "target_value", "too_many_decimals", "at most 6 decimals"),
        (
            metric(Kind.INCREASE, "0", "1000000000000"),
            "target_value",
            "too_many_digits",
            "at most 18 digits, 6 of them decimals",
        ),
        (
            Measure(Kind.PERCENT_DONE, cadence_days=0),
            "cadence_days",
            "out_of_range",
            "between 1 and 366 days",
        ),
    ],
)
def test_refusals(measure: Measure, field: str, code: str, message: str) -> None:
    (problem,) = check_measure(measure)
    assert (problem.field, problem.code, problem.message) == (field, code, message)


@pytest.mark.parametrize(
    "measure",
    [
        metric(Kind.INCREASE, "-999999999999.999999", "999999999999.999999"),
        metric(Kind.INCREASE, "1.5000000000", "1E+3"),
        metric(Kind.DECREASE, "14", "10"),
        Measure(Kind.AT_LEAST, lower_bound=Decimal(0)),
        Measure(Kind.AT_MOST, upper_bound=Decimal(0)),
        Measure(Kind.BETWEEN, lower_bound=Decimal(0), upper_bound=Decimal("0.000001")),
        Measure(Kind.MILESTONES, steps=(Step(Decimal(0), done=False), Step(Decimal(1), done=False))),
        Measure(Kind.YES_NO),
        Measure(Kind.PERCENT_DONE),
        Measure(Kind.BASELINE),
        Measure(Kind.BASELINE, start_value=Decimal("NaN")),
    ],
)
def test_accepted(measure: Measure) -> None:
    assert check_measure(measure) == []


def test_both_bounds_are_named_when_both_are_missing() -> None:
    assert [problem.field for problem in check_measure(Measure(Kind.BETWEEN))] == [
        "lower_bound",
        "upper_bound",
    ]


@pytest.mark.parametrize(
    ("kind", "value", "code"),
    [
        (Kind.YES_NO, "0", None),
        (Kind.YES_NO, "1", None),
        (Kind.YES_NO, "0.5", "not_yes_or_no"),
        (Kind.YES_NO, "2", "not_yes_or_no"),
        (Kind.PERCENT_DONE, "0", None),
        (Kind.PERCENT_DONE, "180", None),
        (Kind.PERCENT_DONE, "-1", "negative"),
        (Kind.INCREASE, "-1", None),
        (Kind.BASELINE, "-1", None),
        (Kind.BASELINE, "sNaN", "not_finite"),
        (Kind.AT_MOST, "1E+12", "too_many_digits"),
    ],
)
def test_values(kind: Kind, value: str, code: str | None) -> None:
    codes = [problem.code for problem in check_value(Measure(kind), Decimal(value))]
    assert codes == ([] if code is None else [code])


@pytest.mark.parametrize(("weight", "is_fine"), [("0", True), ("0.5", True), ("-0.1", False), ("NaN", False)])
def test_weights(weight: str, is_fine: bool) -> None:
    assert (check_weight(Decimal(weight)) == []) is is_fine


@given(st.decimals(min_value="-999999999999.999999", max_value="999999999999.999999", places=6))
def test_every_number_that_fits_is_taken(number: Decimal) -> None:
    assert check_number(number, field="value") == []


@given(st.decimals(allow_nan=True, allow_infinity=True))
def test_any_decimal_gets_an_answer(number: Decimal) -> None:
    problems = check_number(number, field="value")
    if not problems:
        assert abs(number) < 10**12
        assert number == number.quantize(Decimal("0.000001"))
