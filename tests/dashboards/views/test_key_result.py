"""One key result: its numbers, its chart, its history."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from checkins.rules.kinds import CheckInSource
from checkins.services.edit_check_in import edit_check_in
from checkins.services.record_check_in import record_check_in
from objectives.rules.kinds import KeyResultKind, ValueSource, Visibility
from tests.dashboards.week_world import Desk, clock, desk, due_key_result, fresh, heard, objective, owner
from tests.factories import (
    NOW,
    TODAY,
    make_check_in,
    make_key_result,
    make_link,
    make_objective,
    make_organisation,
    make_person,
)

__all__ = ["clock", "desk", "objective", "owner"]
pytestmark = pytest.mark.django_db


def address(row, **query):
    return reverse("key_result", args=[row.pk], query=query or None)


def test_shows_the_numbers_the_chart_and_everything_that_was_said(desk, objective, owner):
    row = due_key_result(objective, "Full lists found", 40, 60)
    record_check_in(
        key_result_id=row.pk,
        by=owner,
        at=NOW,
        value=Decimal(55),
        confidence=4,
        note="Aisles rebuilt",
        win="Caro",
    )
    page = desk.opens(address(row))
    for words in (
        "Full lists found",
        "55 %",
        "0 to 100\u00a0%",
        "Show as table",
        "Aisles rebuilt",
        "Caro",
        "was 6",
    ):
        assert words in page
    assert "3 check-ins" in page
    assert reverse("check_in", args=[row.pk]) in page


def test_says_how_often_a_check_in_was_edited(desk, objective, owner):
    row = due_key_result(objective, "One", 60)
    edit_check_in(check_in=row.check_ins.get(), by=owner, at=NOW, note="Better words")
    assert "edited once" in desk.opens(address(row))


def test_a_run_of_automatic_values_is_one_line(desk, objective):
    row = due_key_result(objective, "One", 60)
    for day in range(4):
        make_check_in(
            row,
            value=60 + day,
            source=CheckInSource.API,
            confidence=None,
            observed_on=TODAY - timedelta(days=day),
        )
    page = desk.opens(address(row))
    assert "4 automatic values" in page
    assert "63 to 60" in page


def test_a_long_history_comes_in_pages(desk, objective):
    row = due_key_result(objective, "One")
    for day in range(30):
        make_check_in(
            row,
            value=day,
            note=f"Word {day:02}",
            observed_on=TODAY - timedelta(days=day),
            author=objective.owner,
        )
    page = desk.opens(address(row))
    assert "Word 24" in page
    assert "Word 25" not in page
    assert "page 1 of 2" in page
    older = desk.opens(address(row, page=2))
    assert "Word 25" in older
    assert "Word 24" not in older
    assert "Word 25" in desk.opens(address(row, page=99))
    assert "Word 00" in desk.opens(address(row, page="x"))


def test_one_fed_by_objectives_explains_itself(desk, objective, owner):
    row = make_key_result(
        objective, kind=KeyResultKind.PERCENT_DONE, owner=owner, value_source=ValueSource.ALIGNED_OBJECTIVES
    )
    child = make_objective(
        objective.cycle, owner=owner, title="The child", activated_at=NOW - timedelta(days=40)
    )
    heard(make_key_result(child, owner=owner), owner, 40)
    make_link(child, row, kind="contributes")
    fresh(objective)
    page = desk.opens(address(row))
    assert "Why 40 %?" in page
    assert "The child" in page


@pytest.mark.parametrize("kind", list(KeyResultKind))
def test_every_kind_has_a_page_before_anything_was_said(desk, objective, kind):
    assert "Nothing yet" in desk.opens(address(make_key_result(objective, kind=kind)))


def test_a_reader_without_a_say_sees_no_button(objective, owner):
    row = due_key_result(objective, "One", 60)
    page = Desk(make_person(owner.organisation)).opens(address(row))
    assert reverse("check_in", args=[row.pk]) not in page
    assert "check_in_edit" not in page


def test_others_do_not_see_what_is_private_or_elsewhere(objective, owner):
    row = due_key_result(objective, "One", 60)
    assert Desk(make_person(make_organisation())).client.get(address(row)).status_code == 404
    objective.visibility = Visibility.PRIVATE
    objective.save()
    assert Desk(make_person(owner.organisation)).client.get(address(row)).status_code == 404


def test_costs_the_same_for_three_and_thirty_check_ins(desk, objective, django_assert_max_num_queries):
    row = due_key_result(objective, "One", 10, 20, 30)
    desk.opens(address(row))
    with django_assert_max_num_queries(12) as few:
        desk.opens(address(row))
    for day in range(27):
        make_check_in(row, value=day, observed_on=TODAY - timedelta(days=day), author=objective.owner)
    with django_assert_max_num_queries(12) as many:
        desk.opens(address(row))
    assert len(few) == len(many)
