"""Progress of every kind (RULES §1)."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from objectives.rules.kinds import KeyResultKind
from objectives.rules.progress import (
    BandDays,
    Measure,
    Observation,
    Progress,
    Step,
    band_days,
    is_in_band,
    measure_progress,
    raw_share,
)

FIRST = date(2025, 10, 1)
NUMBERS = st.decimals(min_value=-(10**6), max_value=10**6, places=3)


def day(number: int) -> date:
    return FIRST + timedelta(days=number - 1)


def seen(*rows: tuple[int, str]) -> list[Observation]:
    return [Observation(day(number), Decimal(value)) for number, value in rows]


def metric(start: str, target: str) -> Measure:
    kind = KeyResultKind.INCREASE if Decimal(target) > Decimal(start) else KeyResultKind.DECREASE
    return Measure(kind, start_value=Decimal(start), target_value=Decimal(target))


@pytest.mark.parametrize(
    ("start", "target", "value", "progress", "raw"),
    [
        ("0", "100", "20", "0.2", "0.2"),
        ("0", "100", "150", "1", "1.5"),
        ("0", "100", "-20", "0", "-0.2"),
        ("500", "400", "460", "0.4", "0.4"),
        ("50", "100", "50", "0", "0"),
        ("40", "20", "31", "0.45", "0.45"),
        ("4.1", "4.5", "4.3", "0.5", "0.5"),
        ("100", "0", "20", "0.8", "0.8"),
        ("100", "0", "120", "0", "-0.2"),
        ("100", "20", "80", "0.25", "0.25"),
        ("100", "20", "0", "1", "1.25"),
        ("20", "100", "0", "0", "-0.25"),
    ],
)
def test_metric_table(start: str, target: str, value: str, progress: str, raw: str) -> None:
    found = measure_progress(metric(start, target), seen((3, value)), today=day(10))
    assert found == Progress(Decimal(progress), Decimal(raw), has_data=True)


def test_progress_has_four_decimals_and_no_negative_zero() -> None:
    found = measure_progress(metric("0", "3"), seen((1, "1")), today=day(1))
    assert str(found.progress) == str(found.raw_progress) == "0.3333"
    assert (
        str(measure_progress(metric("0", "1000000"), seen((1, "-1")), today=day(1)).raw_progress) == "0.0000"
    )


def test_enormous_values_keep_their_overshoot() -> None:
    measure = metric("0", "0.000001")
    found = measure_progress(measure, seen((1, "999999999999.999999")), today=day(1))
    assert found.raw_progress == Decimal("999999999999999999.0000")
    assert found.progress == 1


@pytest.mark.parametrize("kind", [KeyResultKind.PERCENT_DONE, KeyResultKind.YES_NO])
def test_no_data_stands_at_zero(kind: KeyResultKind) -> None:
    assert measure_progress(Measure(kind), [], today=day(1)) == Progress(
        Decimal(0), Decimal(0), has_data=False
    )


def test_metric_without_data_stands_at_its_start() -> None:
    assert measure_progress(metric("50", "100"), [], today=day(1)) == Progress(
        Decimal(0), Decimal(0), has_data=False
    )


def test_the_latest_day_counts_and_on_one_day_the_last_entry() -> None:
    measure = metric("0", "100")
    rows = seen((1, "10"), (4, "30"), (4, "40"))
    assert measure_progress(measure, rows, today=day(9)).progress == Decimal("0.4")
    assert measure_progress(measure, rows, today=day(3)).progress == Decimal("0.1")
    assert measure_progress(measure, rows, today=day(1) - timedelta(days=1)).has_data is False


@pytest.mark.parametrize(
    ("value", "progress", "raw"), [("0", "0", "0"), ("40", "0.4", "0.4"), ("130", "1", "1.3")]
)
def test_percent_done(value: str, progress: str, raw: str) -> None:
    found = measure_progress(Measure(KeyResultKind.PERCENT_DONE), seen((1, value)), today=day(1))
    assert found == Progress(Decimal(progress), Decimal(raw), has_data=True)


@pytest.mark.parametrize("value", ["0", "1"])
def test_yes_no(value: str) -> None:
    found = measure_progress(Measure(KeyResultKind.YES_NO), seen((1, value)), today=day(1))
    assert found == Progress(Decimal(value), Decimal(value), has_data=True)


@pytest.mark.parametrize("rows", [[], seen((1, "12"))])
def test_baseline_has_no_progress(rows: list[Observation]) -> None:
    found = measure_progress(Measure(KeyResultKind.BASELINE), rows, today=day(9))
    assert found == Progress(None, None, has_data=bool(rows))


@pytest.mark.parametrize(
    ("steps", "progress"),
    [
        ((("1", True), ("1", False)), "0.5"),
        ((("3", False), ("1", True)), "0.25"),
        ((("1", True), ("0", False)), "1"),
        ((("1", False),), "0"),
    ],
)
def test_milestones(steps: tuple[tuple[str, bool], ...], progress: str) -> None:
    measure = Measure(
        KeyResultKind.MILESTONES, steps=tuple(Step(Decimal(weight), done) for weight, done in steps)
    )
    found = measure_progress(measure, [], today=day(1))
    assert found.progress == found.raw_progress == Decimal(progress)
    assert found.has_data is any(done for _, done in steps)


def test_milestones_reported_with_nothing_done_have_data() -> None:
    measure = Measure(KeyResultKind.MILESTONES, steps=(Step(Decimal(1), done=False),))
    assert measure_progress(measure, seen((1, "0")), today=day(1)) == Progress(
        Decimal(0), Decimal(0), has_data=True
    )


@pytest.mark.parametrize(
    ("rows", "cadence", "progress", "covered"),
    [
        (((1, "4"), (6, "7")), 7, "0.5", 10),
        (((3, "4"),), 7, "1", 8),
        (((1, "4"),), 2, "1", 4),
        (((1, "7"), (8, "4")), 2, "0.4286", 7),
        (((1, "7"), (1, "4")), 7, "1", 10),
        (((10, "5"),), 7, "1", 1),
        (((4, "4"), (11, "9")), 7, "1", 7),
    ],
)
def test_guardrail_table(
    rows: tuple[tuple[int, str], ...], cadence: int, progress: str, covered: int
) -> None:
    measure = Measure(KeyResultKind.AT_MOST, upper_bound=Decimal(5), cadence_days=cadence)
    assert measure_progress(measure, seen(*rows), today=day(10)).progress == Decimal(progress)
    assert band_days(measure, seen(*rows), today=day(10)).covered == covered


def test_guardrail_before_the_first_value_says_nothing() -> None:
    measure = Measure(KeyResultKind.AT_MOST, upper_bound=Decimal(5))
    assert measure_progress(measure, [], today=day(10)) == Progress(None, None, has_data=False)
    assert band_days(measure, [], today=day(10)) == BandDays(0, 0)


@pytest.mark.parametrize(
    ("kind", "value", "holds"),
    [
        (KeyResultKind.AT_LEAST, "2", True),
        (KeyResultKind.AT_LEAST, "1.999", False),
        (KeyResultKind.AT_LEAST, "99", True),
        (KeyResultKind.AT_MOST, "5", True),
        (KeyResultKind.AT_MOST, "5.001", False),
        (KeyResultKind.AT_MOST, "-99", True),
        (KeyResultKind.BETWEEN, "2", True),
        (KeyResultKind.BETWEEN, "5", True),
        (KeyResultKind.BETWEEN, "1.9", False),
        (KeyResultKind.BETWEEN, "5.1", False),
    ],
)
def test_bounds_belong_to_the_band(kind: KeyResultKind, value: str, holds: bool) -> None:
    assert is_in_band(Measure(kind, lower_bound=Decimal(2), upper_bound=Decimal(5)), Decimal(value)) is holds


@pytest.mark.parametrize(
    "measure",
    [
        Measure(KeyResultKind.PERCENT_DONE),
        Measure(KeyResultKind.AT_LEAST),
        Measure(KeyResultKind.AT_MOST),
        Measure(KeyResultKind.BETWEEN, lower_bound=Decimal(0)),
    ],
)
def test_no_band_without_bounds(measure: Measure) -> None:
    with pytest.raises(ValueError, match=r"band|bound"):
        is_in_band(measure, Decimal(1))


@pytest.mark.parametrize(
    "measure",
    [
        Measure(KeyResultKind.INCREASE, start_value=Decimal(5), target_value=Decimal(5)),
        Measure(KeyResultKind.INCREASE, start_value=Decimal(5)),
        Measure(KeyResultKind.MILESTONES, steps=(Step(Decimal(0), done=True),)),
        Measure(KeyResultKind.BASELINE),
        Measure(KeyResultKind.AT_MOST, upper_bound=Decimal(5)),
    ],
)
def test_no_share_without_a_way(measure: Measure) -> None:
    with pytest.raises(ValueError, match=r".+"):
        raw_share(measure, Decimal(1))


def test_milestones_without_weight_have_no_progress() -> None:
    with pytest.raises(ValueError, match="without weight"):
        measure_progress(Measure(KeyResultKind.MILESTONES), [], today=day(1))


@given(start=NUMBERS, target=NUMBERS, value=NUMBERS)
def test_progress_is_the_raw_progress_held_between_0_and_1(
    start: Decimal, target: Decimal, value: Decimal
) -> None:
    if start == target:
        return
    found = measure_progress(metric(str(start), str(target)), [Observation(FIRST, value)], today=FIRST)
    assert found.progress is not None
    assert found.raw_progress is not None
    assert found.progress == max(Decimal(0), min(Decimal(1), found.raw_progress))
    assert found.raw_progress.as_tuple().exponent == found.progress.as_tuple().exponent == -4


@given(start=NUMBERS, target=NUMBERS)
def test_start_is_0_and_target_is_1(start: Decimal, target: Decimal) -> None:
    if start == target:
        return
    measure = metric(str(start), str(target))
    assert raw_share(measure, start) == 0
    assert raw_share(measure, target) == 1
    assert measure_progress(measure, [], today=FIRST).progress == 0


@given(
    rows=st.lists(st.tuples(st.integers(1, 60), st.sampled_from(["4", "7"])), max_size=12),
    today=st.integers(1, 60),
    cadence=st.integers(1, 14),
)
def test_guardrail_days_agree_with_counting_day_by_day(
    rows: list[tuple[int, str]], today: int, cadence: int
) -> None:
    rows = sorted(rows, key=lambda row: row[0])
    measure = Measure(KeyResultKind.AT_MOST, upper_bound=Decimal(5), cadence_days=cadence)
    covered = held = 0
    for number in range(1, today + 1):
        before = [(on, value) for on, value in rows if on <= number]
        if before and number - before[-1][0] < 2 * cadence:
            covered += 1
            held += before[-1][1] == "4"
    assert band_days(measure, seen(*rows), today=day(today)) == BandDays(held, covered)
    assert (
        band_days(replace(measure, upper_bound=Decimal(9)), seen(*rows), today=day(today)).in_band == covered
    )
