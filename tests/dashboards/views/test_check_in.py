"""Checking in on one key result or on one objective."""

import pytest
from django.urls import reverse

from objectives.rules.kinds import CycleState, Visibility
from people.roles import Role
from tests.dashboards.week_world import Desk, clock, desk, due_key_result, objective, owner, said
from tests.factories import make_key_result, make_organisation, make_person, make_team

__all__ = ["clock", "desk", "objective", "owner"]
pytestmark = pytest.mark.django_db
GOOD = {"value": "61", "confidence": "7"}


def test_one_key_result_due_or_not(desk, objective):
    row = due_key_result(objective, "One", 60)
    desk.opens(reverse("check_in", args=[row.pk]))
    assert desk.page.count("data-check-in-row=") == 1
    assert desk.shares((row, GOOD))["Location"] == reverse("my_week")
    desk.opens()
    assert desk.shares((row, {"value": "62", "confidence": "7"})).status_code == 302
    assert len(said(row)) == 2


def test_goes_back_to_where_it_was_asked_for_and_nowhere_else(desk, objective):
    row = due_key_result(objective, "One", 60)
    address = reverse("check_in", args=[row.pk])
    desk.opens(f"{address}?next=/key-results/{row.pk}/")
    assert f'name="next" value="/key-results/{row.pk}/"' in desk.page
    assert desk.shares((row, GOOD))["Location"] == f"/key-results/{row.pk}/"
    assert 'name="next" value="https' not in desk.opens(f"{address}?next=https://elsewhere.example/")
    assert desk.shares((row, {"value": "62", "confidence": "7"}))["Location"] == reverse("my_week")


def test_all_key_results_of_an_objective_and_the_bad_one_stays(desk, objective):
    rows = [due_key_result(objective, f"Row {n}", 60) for n in (1, 2)]
    make_key_result(objective, title="Stopped", state="cancelled")
    desk.opens(reverse("check_in_objective", args=[objective.pk]))
    assert "Two key results of “Customers find what they need”." in desk.page
    assert "Stopped" not in desk.page
    assert desk.shares((rows[0], GOOD), (rows[1], {"value": "?", "confidence": "7"})).status_code == 422
    assert "Row 1" not in desk.page
    assert 'value="?"' in desk.page
    assert [len(said(row)) for row in rows] == [1, 0]


def test_a_team_mate_may_a_viewer_and_a_stranger_may_not(objective, owner):
    mate, viewer = make_person(owner.organisation), make_person(owner.organisation, role=Role.VIEWER)
    objective.team = make_team(owner.organisation, members=[mate, viewer])
    objective.save()
    row = due_key_result(objective, "One", 60)
    address = reverse("check_in", args=[row.pk])
    assert Desk(mate).client.get(address).status_code == 200
    assert Desk(viewer).client.get(address).status_code == 403
    assert Desk(make_person(owner.organisation)).client.get(address).status_code == 403
    assert Desk(make_person(make_organisation())).client.get(address).status_code == 404


def test_a_private_objective_does_not_exist_for_others(objective, owner):
    row = due_key_result(objective, "One", 60)
    objective.visibility = Visibility.PRIVATE
    objective.save()
    other = Desk(make_person(owner.organisation))
    assert other.client.get(reverse("check_in", args=[row.pk])).status_code == 404
    assert other.client.get(reverse("check_in_objective", args=[objective.pk])).status_code == 404


def test_a_closed_cycle_says_why_there_is_no_form(desk, objective):
    row = due_key_result(objective, "One", 60)
    objective.cycle.state = CycleState.CLOSED
    objective.cycle.save()
    answer = desk.client.get(reverse("check_in", args=[row.pk]))
    assert answer.status_code == 409
    assert "This takes no check-ins" in answer.content.decode()
