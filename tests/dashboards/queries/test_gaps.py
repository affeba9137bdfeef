import pytest

from alignment.rules.kinds import PriorityState
from checkins.services.rebuild_numbers import rebuild_numbers
from dashboards.queries.gaps import gap_rows, leading_to
from objectives.rules.kinds import KeyResultKind, ObjectiveState, Visibility
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


def with_numbers(organisation):
    """How many key results an objective has is one of its stored numbers."""
    rebuild_numbers(organisation=organisation, today=TODAY)


def titles(rows):
    return [row.title for row in rows]


def test_an_objective_that_leads_to_a_priority_through_another_has_no_gap(reader, cycle):
    parent = make_objective(cycle, title="Parent", owner=reader)
    child = make_objective(cycle, title="Child", owner=reader)
    make_link(parent, make_priority(reader.organisation))
    make_link(child, make_key_result(parent, kind=KeyResultKind.PERCENT_DONE))
    make_objective(cycle, title="Loose", owner=reader)
    found = gap_rows(reader, cycle)
    assert titles(found.without_priority) == ["Loose"]
    assert (found.aligned_count, found.objective_count) == (2, 3)


def test_keeps_us_running_is_no_gap_and_is_named_with_its_reason(reader, cycle):
    make_objective(cycle, title="Payroll", owner=reader, keeps_us_running="People are paid on time")
    found = gap_rows(reader, cycle)
    assert found.without_priority == ()
    assert [row.keeps_us_running for row in found.keeping_us_running] == ["People are paid on time"]


def test_key_results_and_owners_that_are_missing(reader, cycle):
    make_key_result(make_objective(cycle, title="No owner"))
    make_objective(cycle, title="No key results", owner=reader)
    make_objective(cycle, title="Role only", owner_label="VP Something")
    with_numbers(reader.organisation)
    found = gap_rows(reader, cycle)
    assert titles(found.without_owner) == ["No owner"]
    assert set(titles(found.without_key_results)) == {"No key results", "Role only"}


@pytest.mark.parametrize("state", [ObjectiveState.DRAFT, ObjectiveState.CANCELLED, ObjectiveState.CLOSED])
def test_only_open_objectives_can_have_gaps(reader, cycle, state):
    make_objective(cycle, state=state)
    assert gap_rows(reader, cycle).rows == ()


def test_what_is_not_for_everybody_is_counted_for_nobody(reader, cycle):
    make_objective(cycle, owner=reader, visibility=Visibility.PRIVATE)
    assert gap_rows(reader, cycle).objective_count == 0


def test_an_owner_who_is_no_longer_here_leaves_a_gap(reader, cycle):
    gone = make_person(reader.organisation, is_active=False)
    make_objective(cycle, title="Left behind", owner=gone)
    assert titles(gap_rows(reader, cycle).without_owner) == ["Left behind"]


@pytest.mark.parametrize("state", [PriorityState.DRAFT, PriorityState.RETIRED])
def test_only_an_active_priority_is_one_to_lead_to(reader, cycle, state):
    objective = make_objective(cycle, title="Early", owner=reader)
    make_link(objective, make_priority(reader.organisation, state=state))
    assert titles(gap_rows(reader, cycle).without_priority) == ["Early"]
    assert leading_to(reader.organisation_id) == {}
