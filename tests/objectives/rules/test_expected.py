"""The planned line (RULES §1, last paragraph)."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.ratio import to_ratio
from objectives.rules.cycles import elapsed_share
from objectives.rules.expected import PlannedValue, expected_share, planned_value_on
from objectives.rules.kinds import KeyResultKind as Kind
from objectives.rules.progress import Measure, Step

FIRST, LAST = date(2025, 10, 1), date(2025, 12, 30)
METRIC = Measure(Kind.INCREASE, start_value=Decimal(0), target_value=Decimal(100))


def day(number: int) -> date:
    return FIRST + timedelta(days=number - 1)


def plan(*rows: tuple[int, str]) -> list[PlannedValue]:
    return [PlannedValue(day(number), Decimal(value)) for number, value in rows]


def expect(measure: Measure, on: int, planned: list[PlannedValue] | None = None) -> Decimal | None:
    return expected_share(measure, planned=planned or [], starts_on=FIRST, ends_on=LAST, on=day(on))


@pytest.mark.parametrize(
    ("on", "share"), [(-5, "0"), (0, "0"), (1, "0.0110"), (53, "0.5824"), (91, "1"), (200, "1")]
)
def test_straight_without_planned_values(on: int, share: str) -> None:
    assert expect(METRIC, on) == Decimal(share)


@pytest.mark.parametrize(
    ("on", "share"), [(0, "0"), (15, "0.1"), (30, "0.2"), (45, "0.5"), (60, "0.8"), (91, "1")]
)
def test_planned_values_bend_the_line(on: int, share: str) -> None:
    assert expect(METRIC, on, plan((60, "80"), (30, "20"))) == Decimal(share)


def test_a_plan_for_less_is_one_formula() -> None:
    falling = Measure(Kind.DECREASE, start_value=Decimal(40), target_value=Decimal(20))
    assert expect(falling, 30, plan((30, "35"))) == Decimal("0.25")


def test_the_plan_never_leaves_0_to_1_and_ends_at_1() -> None:
    assert expect(METRIC, 30, plan((30, "140"))) == 1
    assert expect(METRIC, 30, plan((30, "-10"))) == 0
    assert expect(METRIC, 91, plan((91, "50"))) == 1
    assert expect(METRIC, -1, plan((-2, "50"))) == 0


@pytest.mark.parametrize(
    ("planned", "on", "share"),
    [
        ([], 90, "0"),
        ([], 91, "1"),
        ([], 92, "1"),
        (plan((30, "1")), 29, "0"),
        (plan((30, "1")), 30, "1"),
        (plan((200, "1")), 90, "0"),
        (plan((200, "1")), 91, "1"),
        (plan((-3, "1")), 0, "0"),
        (plan((-3, "1")), 1, "1"),
    ],
)
def test_yes_no_waits_for_its_planned_day(planned: list[PlannedValue], on: int, share: str) -> None:
    assert expect(Measure(Kind.YES_NO), on, planned) == Decimal(share)


@pytest.mark.parametrize("kind", [Kind.AT_LEAST, Kind.AT_MOST, Kind.BETWEEN])
@pytest.mark.parametrize("on", [-3, 1, 50, 91])
def test_guardrails_are_expected_to_hold(kind: Kind, on: int) -> None:
    assert expect(Measure(kind), on) == 1


def test_percent_and_milestones_have_plans_too() -> None:
    steps = tuple(Step(Decimal(weight), done=False) for weight in (1, 1, 2))
    assert expect(Measure(Kind.PERCENT_DONE), 30, plan((30, "60"))) == Decimal("0.6")
    assert expect(Measure(Kind.MILESTONES, steps=steps), 30, plan((30, "1"))) == Decimal("0.25")


def test_nothing_to_expect() -> None:
    assert expect(Measure(Kind.BASELINE), 30) is None
    for starts_on, ends_on in ((None, LAST), (FIRST, None), (LAST, FIRST)):
        for kind in (Kind.PERCENT_DONE, Kind.AT_MOST, Kind.YES_NO):
            found = expected_share(Measure(kind), planned=[], starts_on=starts_on, ends_on=ends_on, on=day(3))
            assert found is None


def test_planned_value() -> None:
    falling = Measure(Kind.DECREASE, start_value=Decimal(40), target_value=Decimal(20))
    assert planned_value_on(falling, Decimal("0.25")) == 35
    assert planned_value_on(Measure(Kind.PERCENT_DONE), Decimal("0.25")) is None


@given(st.integers(-10, 120))
def test_a_straight_line_is_the_elapsed_share(on: int) -> None:
    elapsed = elapsed_share(FIRST, LAST, day(on))
    assert elapsed is not None
    assert expect(METRIC, on) == to_ratio(elapsed)


@given(st.integers(1, 91), st.dictionaries(st.integers(-5, 95), st.decimals(0, 100, places=2), max_size=6))
def test_a_rising_plan_never_falls(on: int, rows: dict[int, Decimal]) -> None:
    values = sorted(rows.values())
    planned = [PlannedValue(day(number), value) for number, value in zip(sorted(rows), values, strict=True)]
    now, then = expect(METRIC, on, planned), expect(METRIC, on + 1, planned)
    assert now is not None
    assert then is not None
    assert 0 <= now <= then <= 1
