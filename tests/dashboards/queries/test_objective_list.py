from decimal import Decimal

import pytest

from dashboards.queries.objective_list import (
    SORTS,
    ListFilter,
    matching_words,
    narrowed,
    objective_rows,
    priority_heads,
)
from objectives.rules.kinds import ObjectiveState, Status, Visibility
from tests.factories import (
    TODAY,
    make_cycle,
    make_key_result,
    make_link,
    make_objective,
    make_organisation,
    make_person,
    make_priority,
    make_team,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader():
    return make_person(make_organisation())


@pytest.fixture
def cycle(reader):
    return make_cycle(reader.organisation)


def rows(reader, cycle):
    return objective_rows(reader, cycle.pk, today=TODAY)


def titles(found):
    return [row.title for row in found]


def test_costs_two_statements_for_one_row_and_for_many(reader, cycle, django_assert_num_queries):
    make_objective(cycle)
    with django_assert_num_queries(3):  # the list, what leads where, and once the reader's teams
        rows(reader, cycle)
    for number in range(30):
        make_objective(
            cycle, title=f"Number {number}", team=make_team(reader.organisation, name=f"T{number}")
        )
    with django_assert_num_queries(2):
        assert len(rows(reader, cycle)) == 31


def test_leaves_out_cancelled_other_cycles_and_what_is_hidden(reader, cycle):
    make_objective(cycle, title="Here")
    make_objective(cycle, title="Cancelled", state=ObjectiveState.CANCELLED)
    make_objective(cycle, title="Secret", visibility=Visibility.PRIVATE)
    make_objective(make_cycle(reader.organisation, name="Other"), title="Elsewhere")
    assert titles(rows(reader, cycle)) == ["Here"]


def test_filters_meet_and_can_be_loosened_one_by_one(reader, cycle):
    team = make_team(reader.organisation)
    make_objective(cycle, title="A", team=team, status=Status.ON_TRACK)
    make_objective(cycle, title="B", team=team, status=Status.AT_RISK)
    make_objective(cycle, title="C", status=Status.AT_RISK)
    only = ListFilter(team=frozenset({str(team.pk)}), status=frozenset({"at_risk"}))
    everything = rows(reader, cycle)
    assert titles(narrowed(everything, only, None)) == ["B"]
    assert titles(narrowed(everything, only.without("team"), None)) == ["B", "C"]
    assert only.names_set == ("team", "status")


def test_words_are_found_in_titles_reasons_and_key_results(reader, cycle):
    by_title = make_objective(cycle, title="Kiosk in every store")
    by_reason = make_objective(cycle, title="B", why="The kiosk waits")
    by_part = make_objective(cycle, title="C")
    make_key_result(by_part, title="KIOSK users")
    make_objective(cycle, title="D")
    assert matching_words(reader, cycle.pk, "kiosk") == {by_title.pk, by_reason.pk, by_part.pk}


def test_without_a_priority_can_be_asked_for(reader, cycle):
    linked = make_objective(cycle, title="Linked")
    make_link(linked, make_priority(reader.organisation))
    make_objective(cycle, title="Loose")
    assert titles(narrowed(rows(reader, cycle), ListFilter(priority=frozenset({"none"})), None)) == ["Loose"]


def test_unjudged_rows_come_last_when_sorted_by_plan(reader, cycle):
    make_objective(cycle, title="Ahead", progress=Decimal("0.9"), expected=Decimal("0.5"))
    make_objective(cycle, title="Nothing yet")
    make_objective(cycle, title="Behind", progress=Decimal("0.1"), expected=Decimal("0.5"))
    assert titles(sorted(rows(reader, cycle), key=SORTS["behind"][1])) == ["Behind", "Ahead", "Nothing yet"]


def test_heads_name_every_active_priority_also_without_objectives(reader, cycle):
    make_priority(reader.organisation, title="Empty")
    make_priority(reader.organisation, title="Draft", state="draft", rank=2)
    assert [(head.title, head.progress) for head in priority_heads(reader, cycle.pk)] == [("Empty", None)]
