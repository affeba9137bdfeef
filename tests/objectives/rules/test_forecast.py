"""Reference-pace shrinkage (RULES §5)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from objectives.rules.forecast import (
    Forecast,
    MidCycle,
    Point,
    Reference,
    forecast,
    latest_two_chances,
    learn_reference,
)

POINTS = st.lists(st.builds(Point, t=st.floats(-0.2, 1.2), p=st.floats(-3, 3)), max_size=14)
JUMPY = ((0.1, 0.4), (0.2, -0.1), (0.3, 0.5), (0.4, 0.0), (0.5, 0.45))


def points(*rows: tuple[float, float]) -> list[Point]:
    return [Point(t, p) for t, p in rows]


@pytest.mark.parametrize(
    ("rows", "success", "learned", "mean", "sd", "chance"),
    [
        ((), 0.7, {}, 0.6500, 0.4000, 0.4503),
        (((0.5, 0.35),), 0.7, {}, 0.6800, 0.3629, 0.4780),
        (((0.25, 0.0),), 0.7, {}, 0.4333, 0.4000, 0.2525),
        (((0.25, 0.5),), 0.7, {}, 1.1000, 0.4000, 0.8413),
        (((0.25, -0.1), (0.5, -0.2)), 0.7, {}, 0.0200, 0.3629, 0.05),
        (((0.25, 0.2), (0.5, 0.2), (0.6, 0.2)), 0.7, {}, 0.4308, 0.3174, 0.1981),
        (JUMPY, 0.7, {}, 0.8000, 0.8000, 0.5497),
        (((0.75, 0.7),), 1.0, {}, 0.8818, 0.2394, 0.3108),
        (((0.5, 0.35),), 0.7, {"ref_pace": 0.5, "scale": 0.8}, 0.6200, 0.2903, 0.3914),
    ],
)
def test_table(
    rows: tuple[tuple[float, float], ...],
    success: float,
    learned: dict[str, float],
    mean: float,
    sd: float,
    chance: float,
) -> None:
    found = forecast(points(*rows), success=success, **learned)
    assert (found.mean, found.sd, found.chance) == (mean, sd, chance)


def test_the_band_holds_80_percent() -> None:
    found = forecast(points((0.5, 0.35)), success=0.7)
    assert (found.low, found.high) == (0.2150, 1.1450)


def test_on_the_last_day_the_number_is_its_own_forecast() -> None:
    assert forecast(points((1.0, 0.8)), success=0.7) == Forecast(0.8, 0.02, 0.7744, 0.8256, 0.95)
    assert forecast(points((1.0, 0.6)), success=0.7).chance == 0.05


def test_time_is_held_between_0_and_1() -> None:
    assert forecast(points((1.4, 0.8)), success=0.7) == forecast(points((1.0, 0.8)), success=0.7)
    assert forecast(points((-0.4, 0.2)), success=0.7) == forecast(points((0.0, 0.2)), success=0.7)


def test_at_one_moment_the_later_entry_wins() -> None:
    assert forecast(points((0.5, 0.9), (0.5, 0.35)), success=0.7).mean == 0.68
    assert forecast(points((1.0, 0.9), (1.3, 0.35)), success=0.7).mean == 0.35


def test_points_at_the_start_replace_it() -> None:
    assert forecast(points((0.0, 0.3)), success=0.7).mean == pytest.approx(0.3 + (1.3 + 0.3) / 2, abs=1e-4)


def test_order_of_entry_does_not_matter_between_moments() -> None:
    assert forecast(points(*reversed(JUMPY)), success=0.7) == forecast(points(*JUMPY), success=0.7)


def test_only_four_distinct_moments_can_widen_the_band() -> None:
    plain = forecast(points((0.5, 0.45)), success=0.7).sd
    three = ((0.1, 0.4), (0.3, -0.2), (0.5, 0.45))
    assert forecast(points(*three), success=0.7).sd == plain
    assert forecast(points((0.0, 0.1), *three), success=0.7).sd == plain
    assert forecast(points((0.1, 0.1), *three), success=0.7).sd == plain
    assert not forecast(points((0.1, 0.1), *three), success=0.7).is_jumpy
    assert forecast(points((0.2, 0.3), *three), success=0.7).sd > plain
    assert forecast(points((0.2, 0.3), *three), success=0.7).is_jumpy


def test_a_single_leap_does_not_widen_the_band() -> None:
    steady = ((0.1, 0.06), (0.2, 0.13), (0.3, 0.45), (0.4, 0.51), (0.5, 0.58))
    assert forecast(points(*steady), success=0.7).sd == forecast(points((0.5, 0.58)), success=0.7).sd


@pytest.mark.parametrize("bad", [Point(float("nan"), 0.1), Point(0.1, float("inf"))])
def test_only_finite_numbers(bad: Point) -> None:
    with pytest.raises(ValueError, match="finite"):
        forecast([bad], success=0.7)


@given(POINTS, st.sampled_from([0.7, 1.0]))
def test_every_forecast_keeps_its_limits(rows: list[Point], success: float) -> None:
    found = forecast(rows, success=success)
    assert 0.02 <= found.sd <= 0.80
    assert 0.05 <= found.chance <= 0.95
    assert found.low <= found.mean <= found.high


@given(POINTS)
def test_more_is_asked_of_committed_results(rows: list[Point]) -> None:
    assert forecast(rows, success=1.0).chance <= forecast(rows, success=0.7).chance


@given(st.floats(0, 1), st.floats(-1, 1), st.floats(0, 0.5))
def test_further_on_is_never_worse(t: float, p: float, more: float) -> None:
    assert forecast([Point(t, p)], success=0.7).mean <= forecast([Point(t, p + more)], success=0.7).mean


def test_the_two_latest_chances() -> None:
    assert latest_two_chances([], success=0.7) == (None, None)
    assert latest_two_chances(points((0.25, 0.0)), success=0.7) == (0.2525, None)
    assert latest_two_chances(points((0.25, 0.0), (0.5, 0.35)), success=0.7) == (0.4780, 0.2525)


def test_nothing_learned_yet() -> None:
    assert learn_reference([]) == Reference(0.65, 1.0)


def test_learning_is_held_back_by_30_usual_results() -> None:
    assert learn_reference([1.0] * 30).ref_pace == pytest.approx(0.825)
    assert learn_reference([9.0, -9.0]).ref_pace == pytest.approx((2 - 1 + 30 * 0.65) / 32)


def test_scale_is_learned_from_the_misses_at_mid_cycle() -> None:
    right = [MidCycle(mean=0.5, sd=0.36, final=0.5)] * 30
    assert learn_reference([0.5] * 30, right).scale == pytest.approx(0.5)
    usual = [MidCycle(mean=0.5, sd=0.1, final=0.5 + 0.12816)] * 10
    assert learn_reference([0.5] * 10, usual).scale == pytest.approx(1.0)
    spread = [MidCycle(mean=0.0, sd=1.0, final=float(miss)) for miss in (4, 0, 1, 3, 2)]
    assert learn_reference([], spread).scale == pytest.approx((5 * 3.2 / 1.2816 + 30) / 35)
