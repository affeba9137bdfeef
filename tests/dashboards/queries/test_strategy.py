"""What the strategy page names is what everybody may see, also where a closed circle lets its numbers count."""

from datetime import timedelta

import pytest

from dashboards.queries.strategy import strategy_rows
from objectives.rules.kinds import Status, Visibility
from tests.factories import TODAY, make_cycle, make_key_result, make_objective, make_organisation, make_person

pytestmark = pytest.mark.django_db
TROUBLED = {
    "status": Status.OFF_TRACK,
    "forecast_mean": "0.2",
    "forecast_low": "0.1",
    "forecast_high": "0.3",
    "forecast_chance": "0.1",
    "due_until": TODAY - timedelta(1),
}


@pytest.mark.parametrize("visibility", [Visibility.PRIVATE, Visibility.TEAM])
def test_key_results_of_closed_circles_are_not_named_even_where_they_count(visibility):
    organisation = make_organisation()
    cycle = make_cycle(organisation)
    make_key_result(make_objective(cycle), title="Told to everybody", **TROUBLED)
    closed = make_objective(cycle, visibility=visibility, counts_when_private=True)
    make_key_result(closed, title="Close the second shop", **TROUBLED)
    rows = strategy_rows(make_person(organisation), cycle, today=TODAY)
    assert [row.title for row in rows.misses] == ["Told to everybody"]
    assert [row.title for row in rows.quiet] == ["Told to everybody"]
    assert (rows.miss_count, rows.quiet_count) == (1, 1)
