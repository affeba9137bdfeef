"""Cycles as those who look after them see them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from objectives.queries.cycle_list import cycle_list
from objectives.services.open_first_cycle import quarter_of
from tests.factories.objectives import make_cycle, make_objective
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("count", [1, 3])
def test_counts_objectives_and_those_that_are_open(django_assert_num_queries: Any, count: int) -> None:
    viewer = make_person()
    here = viewer.organisation
    year = make_cycle(here, name="Year", starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 31))
    cycle = make_cycle(
        here, name="Q2", starts_on=date(2026, 4, 1), ends_on=date(2026, 6, 30), state="closing", parent=year
    )
    for _ in range(count):
        make_objective(cycle=cycle, owner=viewer, state="active")
    make_objective(cycle=cycle, owner=viewer, state="closed")
    make_cycle(make_person().organisation, name="Elsewhere")
    with django_assert_num_queries(1):
        rows = cycle_list(viewer, date(2026, 5, 20))
    assert [row.name for row in rows] == ["Q2", "Year"]
    assert (rows[0].objectives, rows[0].open_objectives, rows[0].part_of) == (count + 1, count, "Year")
    assert (rows[0].week, rows[0].weeks) == (8, 13)


@pytest.mark.parametrize(
    ("day", "name", "first", "last"),
    [
        (date(2026, 1, 1), "Q1 2026", date(2026, 1, 1), date(2026, 3, 31)),
        (date(2028, 2, 29), "Q1 2028", date(2028, 1, 1), date(2028, 3, 31)),
        (date(2026, 6, 30), "Q2 2026", date(2026, 4, 1), date(2026, 6, 30)),
        (date(2026, 12, 31), "Q4 2026", date(2026, 10, 1), date(2026, 12, 31)),
    ],
)
def test_the_calendar_quarter_of_a_day(day: date, name: str, first: date, last: date) -> None:
    assert quarter_of(day) == (name, first, last)
