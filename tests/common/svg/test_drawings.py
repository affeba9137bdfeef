"""Drawings: what they hold for ordinary, missing and extreme values, and that people's words are escaped."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from common.svg.contribution_bar import contribution_bar
from common.svg.history_line import HistoryPoint, history_line
from common.svg.icons import NAMES, icon
from common.svg.key_result_chart import Fan, KeyResultChart, PlanPoint, ValuePoint, key_result_chart
from common.svg.marks import SHAPES, mark
from common.svg.markup import spread
from common.svg.meter import meter
from common.svg.ruler import ruler
from common.svg.scale import nice_ticks, range_of
from common.svg.sparkline import sparkline

HOSTILE = '<script>alert("x")</script>&'
START, END, TODAY = date(2026, 9, 28), date(2026, 12, 27), date(2026, 11, 19)

CHART = KeyResultChart(
    key="a",
    title="Visits where the full list is found",
    starts_on=START,
    ends_on=END,
    today=TODAY,
    points=(ValuePoint(START, 71), ValuePoint(date(2026, 11, 9), Decimal("75.6"))),
    plan=(PlanPoint(START, 71), PlanPoint(END, 85)),
    target=85,
    fan=Fan(81, 78, 83, 80, 82),
    unit="%",
)


def parsed(markup: str) -> ET.Element:
    """The markup as a tree: also proves that it is well-formed."""
    return ET.fromstring(markup)


def test_every_icon_and_mark_is_well_formed_and_hidden() -> None:
    for markup in [icon(name) for name in NAMES] + [mark(shape) for shape in SHAPES]:
        assert parsed(markup).get("aria-hidden") == "true"


def test_unknown_icon_is_an_error() -> None:
    with pytest.raises(KeyError):
        icon("unicorn")


class TestMeter:
    def test_behind_plan_shows_the_gap(self) -> None:
        markup = meter(Decimal("0.43"), 0.58, label="43 %")
        assert 'class="short" x="43.0%" y="4" width="15.0%"' in markup
        assert 'class="fill" y="4" width="43.0%"' in markup

    def test_ahead_of_plan_has_no_gap(self) -> None:
        assert "short" not in meter(0.66, 0.58, label="")

    def test_nothing_yet_is_not_zero(self) -> None:
        nothing, zero = meter(None, 0.5, label=""), meter(0, 0.5, label="")
        assert 'class="none"' in nothing
        assert "short" not in nothing
        assert 'class="track"' in zero
        assert "short" in zero

    def test_values_outside_are_drawn_at_the_edge(self) -> None:
        assert 'width="100.0%"' in meter(1.5, label="")
        assert "fill" not in meter(-0.2, label="")

    def test_label_is_escaped(self) -> None:
        assert parsed(meter(0.5, label=HOSTILE)).get("aria-label") == HOSTILE


class TestSparkline:
    def test_draws_what_is_known_in_order(self) -> None:
        markup = sparkline([(0.5, 3), (0, 1), (0.25, None)], label="x", low=0, high=4)
        assert markup.count("c-line") == 1
        assert "c-dot" in markup

    def test_without_values_a_base_line_remains(self) -> None:
        assert "c-base" in sparkline([], label="nothing yet")

    @pytest.mark.parametrize("value", [Decimal("NaN"), float("inf"), float("-inf")])
    def test_what_is_no_number_is_left_out(self, value: float) -> None:
        assert "c-dot" not in sparkline([(0, value)], label="")


class TestRuler:
    def test_one_tick_per_week_and_one_is_now(self) -> None:
        markup = ruler(8, 13)
        assert markup.count("<line") == 13
        assert markup.count('class="now"') == 1
        assert markup.count('class="past"') == 7

    @pytest.mark.parametrize(("week", "weeks"), [(None, None), (1, None), (None, 13), (1, 1)])
    def test_no_dates_no_ruler(self, week: int | None, weeks: int | None) -> None:
        assert ruler(week, weeks) == ""

    def test_a_year_is_folded(self) -> None:
        assert ruler(47, 52).count("<line") == 13


class TestKeyResultChart:
    @pytest.mark.parametrize("is_narrow", [False, True])
    def test_is_well_formed_and_described(self, is_narrow: bool) -> None:
        tree = parsed(key_result_chart(CHART, is_narrow=is_narrow))
        ids = (tree.get("aria-labelledby") or "").split()
        found = {element.get("id"): element.text for element in tree.iter() if element.get("id")}
        assert found[ids[0]] == CHART.title
        assert "Likely at close: 81 %, 78 to 83 %." in (found[ids[1]] or "")

    def test_title_unit_and_notes_are_escaped(self) -> None:
        hostile = replace(
            CHART,
            title=HOSTILE,
            unit=HOSTILE,
            points=(ValuePoint(START, 1, note=HOSTILE), *CHART.points),
            key=HOSTILE,
        )
        assert "<script" not in key_result_chart(hostile)
        parsed(key_result_chart(hostile))

    def test_people_are_large_and_machines_small(self) -> None:
        chart = replace(CHART, points=(*CHART.points, ValuePoint(TODAY, 75.2, is_person=False)))
        markup = key_result_chart(chart)
        assert markup.count("c-dot") == 2
        assert markup.count("c-auto") == 1

    def test_without_values_it_says_so(self) -> None:
        empty = replace(CHART, points=(), plan=(), target=None)
        assert "No value yet." in key_result_chart(empty)
        assert "c-fan" not in key_result_chart(empty)

    @pytest.mark.parametrize(
        "values",
        [(5, 5), (0, 0), (1e15, -1e15), (Decimal("0.000001"), Decimal("0.000002")), (Decimal("Infinity"), 1)],
    )
    def test_flat_and_extreme_values(self, values: tuple[float, float]) -> None:
        chart = replace(CHART, points=tuple(ValuePoint(START, value) for value in values))
        for is_narrow in (False, True):
            markup = key_result_chart(chart, is_narrow=is_narrow)
            assert "nan" not in markup
            assert "inf" not in markup

    def test_a_cycle_of_one_day_and_one_of_ten_years(self) -> None:
        for ends_on in (START, date(2036, 9, 28)):
            parsed(key_result_chart(replace(CHART, ends_on=ends_on)))

    def test_bounds_of_a_guardrail_are_named(self) -> None:
        markup = key_result_chart(replace(CHART, target=None, lower_bound=4, upper_bound=6, unit="days"))
        assert "at least 4 days" in markup
        assert "at most 6 days" in markup


class TestContributionBar:
    def test_parts_lie_side_by_side(self) -> None:
        markup = contribution_bar(
            [0.2, Decimal("0.1"), None], 0.3, 0.5, label="x", total_words="30 %", expected_words="plan 50 %"
        )
        assert 'class="p1" x="0.00%"' in markup
        assert 'class="p2" x="20.00%"' in markup
        assert "plan 50 %" in markup

    def test_nothing_counts(self) -> None:
        assert 'rect class="p1"' not in contribution_bar([], None, None, label="x", total_words="–")


def test_history_line_is_drawn_from_0_to_100() -> None:
    points = [
        HistoryPoint(START, 0.1, 0.0),
        HistoryPoint(TODAY, None, 0.5),
        HistoryPoint(END, Decimal("1.2"), 1),
    ]
    tree = parsed(history_line(points, starts_on=START, ends_on=END, label=HOSTILE, today=TODAY))
    assert tree.get("aria-label") == HOSTILE


def test_labels_are_moved_apart_within_the_room() -> None:
    placed = spread([10, 12, 100], 14, 0, 100)
    assert placed == [10, 24, 100]
    assert spread([95, 96, 97], 14, 0, 100) == [72, 86, 100]
    assert spread([], 14, 0, 100) == []


@pytest.mark.parametrize(
    ("low", "high", "expected"), [(70, 88, [70, 75, 80, 85]), (0, 1, [0, 0.25, 0.5, 0.75, 1]), (3, 3, [3])]
)
def test_ticks_are_round(low: float, high: float, expected: list[float]) -> None:
    assert nice_ticks(low, high) == expected


def test_a_range_is_never_empty() -> None:
    assert range_of([]) == (0.0, 1.0)
    assert range_of([5, 5]) == (4.5, 5.5)
    assert range_of([0, 0]) == (-1.0, 1.0)
