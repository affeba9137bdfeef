"""Reading, editing, deleting and bringing back one check-in."""

from decimal import Decimal

import pytest
from django.urls import reverse

from checkins.models import CheckIn
from objectives.models import Milestone
from objectives.rules.kinds import CycleState, KeyResultKind
from people.roles import Role
from tests.dashboards.week_world import Desk, clock, desk, due_key_result, objective, owner
from tests.factories import NOW, make_organisation, make_person

__all__ = ["clock", "desk", "objective", "owner"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def check_in(objective):
    return due_key_result(objective, "Full lists found", 60).check_ins.get()


def address(name, check_in):
    return reverse(f"check_in_{name}", args=[check_in.pk])


def edited(check_in, **changes):
    return {
        "value": "60",
        "confidence": "6",
        "observed_on": check_in.observed_on.isoformat(),
        "version": check_in.updated_at.isoformat(),
        **changes,
    }


def test_its_author_edits_it_and_every_number_follows(desk, check_in, objective):
    assert 'value="60"' in desk.opens(address("edit", check_in))
    answer = desk.client.post(address("edit", check_in), edited(check_in, value="70,5", note="Counted again"))
    assert answer["Location"] == address("detail", check_in)
    objective.refresh_from_db()
    assert objective.progress == Decimal("0.705")
    page = desk.opens(address("detail", check_in))
    assert "Counted again" in page
    assert "Until 20 May 2026" in page
    assert "60" in page[page.index("What did it say before?") :]


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"value": "about 76"}, "76 would do"),
        ({"value": ""}, "a number, please"),
        ({"confidence": ""}, "say how likely it is"),
        ({"observed_on": "2026-12-31"}, "this day has not come yet"),
        ({"version": NOW.isoformat()}, "Somebody changed this check-in"),
    ],
)
def test_what_is_wrong_stays_with_its_words(desk, check_in, change, problem):
    answer = desk.client.post(address("edit", check_in), edited(check_in, note="My words", **change))
    assert answer.status_code == 422
    assert problem in answer.content.decode()
    assert "My words" in answer.content.decode()
    check_in.refresh_from_db()
    assert check_in.note == ""


def test_deleting_asks_in_place_and_can_be_undone(desk, check_in, objective):
    assert "Delete this check-in?" in desk.opens(f"{address('edit', check_in)}?delete")
    answer = desk.client.post(address("delete", check_in))
    assert not CheckIn.objects.filter(pk=check_in.pk).exists()
    objective.refresh_from_db()
    assert objective.progress == 0
    assert "Undo" in desk.opens(answer["Location"])
    assert desk.client.post(address("restore", check_in)).status_code == 302
    objective.refresh_from_db()
    assert objective.progress == Decimal("0.6")


def test_a_word_about_milestones_is_edited_by_its_steps(desk, objective, owner):
    row = due_key_result(objective, "Programme", kind=KeyResultKind.MILESTONES)
    first, _ = Milestone.objects.filter(key_result=row)
    desk.opens()
    desk.shares((row, {"steps": [str(first.pk)], "confidence": "7"}))
    check_in = row.check_ins.get()
    assert "First step" in desk.opens(address("edit", check_in))
    sent = {**edited(check_in), "steps": [], "note": "Not yet after all"}
    assert desk.client.post(address("edit", check_in), sent).status_code == 302
    row.refresh_from_db()
    assert row.progress == 0
    assert "First step" in desk.opens(address("detail", check_in))


def test_yes_or_no_is_edited_as_a_choice(desk, objective):
    row = due_key_result(objective, "Signed", 1, kind=KeyResultKind.YES_NO)
    check_in = row.check_ins.get()
    assert desk.client.post(address("edit", check_in), {**edited(check_in), "done": "0"}).status_code == 302
    row.refresh_from_db()
    assert row.progress == 0


def test_only_its_author_and_administrators(check_in, owner):
    for person, status in (
        (make_person(owner.organisation, role=Role.ADMINISTRATOR), 200),
        (make_person(owner.organisation, role=Role.LEADER), 403),
        (make_person(owner.organisation, role=Role.VIEWER), 403),
        (make_person(make_organisation(), role=Role.ADMINISTRATOR), 404),
    ):
        client = Desk(person).client
        assert client.get(address("edit", check_in)).status_code == status
        if status != 200:
            assert client.post(address("delete", check_in)).status_code == status
    assert CheckIn.objects.filter(pk=check_in.pk).exists()


def test_others_read_it_and_cannot_bring_it_back(desk, check_in, owner):
    other = Desk(make_person(owner.organisation)).client
    assert other.get(address("detail", check_in)).status_code == 200
    desk.client.post(address("delete", check_in))
    assert other.get(address("detail", check_in)).status_code == 404
    assert other.post(address("restore", check_in)).status_code == 403


def test_once_the_cycle_is_closed_it_can_only_be_read(desk, check_in, objective):
    objective.cycle.state = CycleState.CLOSED
    objective.cycle.save()
    assert "check-ins/" in desk.opens(address("detail", check_in))
    assert address("edit", check_in) not in desk.page
    assert desk.client.get(address("edit", check_in)).status_code == 403
    assert desk.client.post(address("delete", check_in)).status_code == 403
