import pytest

from dashboards.queries.objective_list import objective_rows, priority_heads
from dashboards.queries.outline import outline
from objectives.rules.kinds import KeyResultKind, Visibility
from tests.factories import (
    TODAY,
    make_cycle,
    make_key_result,
    make_link,
    make_objective,
    make_organisation,
    make_person,
    make_priority,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader():
    return make_person(make_organisation())


@pytest.fixture
def cycle(reader):
    return make_cycle(reader.organisation)


def shape(reader, cycle, opened=()):
    groups = outline(
        reader,
        objective_rows(reader, cycle.pk, today=TODAY),
        priority_heads(reader, cycle.pk),
        cycle_id=cycle.pk,
        today=TODAY,
        opened=opened,
    )
    return {
        group.head.title if group.head else None: [(row.objective.title, row.depth) for row in group.rows]
        for group in groups
    }


def test_children_stand_below_their_parents_and_each_objective_once(reader, cycle):
    priority = make_priority(reader.organisation, title="First")
    make_priority(reader.organisation, title="Empty", rank=2)
    top = make_objective(cycle, title="Top", position=1)
    middle = make_objective(cycle, title="Middle", position=2)
    bottom = make_objective(cycle, title="Bottom", position=3)
    make_objective(cycle, title="Loose", position=4)
    make_link(top, priority)
    make_link(middle, make_key_result(top, kind=KeyResultKind.PERCENT_DONE))
    make_link(bottom, middle)
    make_link(bottom, top)
    assert shape(reader, cycle) == {
        "First": [("Top", 1), ("Middle", 2), ("Bottom", 3)],
        "Empty": [],
        None: [("Loose", 1)],
    }


def test_the_highest_priority_wins_where_there_are_several(reader, cycle):
    low = make_priority(reader.organisation, title="Low", rank=2)
    high = make_priority(reader.organisation, title="High", rank=1)
    objective = make_objective(cycle, title="Both")
    make_link(objective, low)
    make_link(objective, high)
    assert shape(reader, cycle) == {"High": [("Both", 1)], "Low": []}


def test_what_a_reader_may_not_see_is_not_there(reader, cycle):
    secret = make_objective(cycle, title="Secret", visibility=Visibility.PRIVATE)
    shown = make_objective(cycle, title="Shown")
    make_link(shown, secret)
    assert shape(reader, cycle) == {None: [("Shown", 1)]}


def test_key_results_come_with_opened_objectives_only(reader, cycle):
    objective = make_objective(cycle)
    make_key_result(objective, title="Inside")
    rows = objective_rows(reader, cycle.pk, today=TODAY)
    for opened, titles in (((), []), ((objective.pk,), ["Inside"])):
        group = outline(reader, rows, (), cycle_id=cycle.pk, today=TODAY, opened=opened)[-1]
        assert [part.title for part in group.rows[0].key_results] == titles
