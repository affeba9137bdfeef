"""What is told together with check-ins on My week: one good thing, and thanks for people."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from checkins.models import CheckIn, Thanks, Win
from notices.models import Notice
from objectives.models import KeyResult, Objective
from people.models import User
from tests.dashboards.week_world import Desk, clock, desk, due_key_result, objective, owner, said
from tests.factories import NOW, make_person, make_team

__all__ = ["clock", "desk", "objective", "owner"]
pytestmark = pytest.mark.django_db
GOOD = {"value": "61", "confidence": "7", "note": "Everybody copied it by Wednesday."}


@pytest.fixture
def caro(objective: Objective) -> User:
    """A contributor of the objective."""
    person = make_person(objective.organisation, name="Caro")
    objective.contributors.add(person)
    return person


@pytest.fixture
def row(objective: Objective) -> KeyResult:
    return due_key_result(objective, "Search time", 60)


def given() -> list[tuple[str, list[str]]]:
    return [
        (one.text, sorted(one.receivers.values_list("name", flat=True)))
        for one in Thanks.objects.order_by("created_at")
    ]


def test_one_good_thing_is_told_whatever_becomes_of_the_rows(desk: Desk, row: KeyResult) -> None:
    desk.opens()
    desk.shares((row, {"value": "x", "confidence": "7"}), win="Antwerp!")
    assert [(win.text, win.author) for win in Win.objects.all()] == [("Antwerp!", desk.person)]
    assert ">Antwerp!</textarea>" not in desk.page
    assert said(row) == []


def test_one_good_thing_alone_is_enough(desk: Desk, row: KeyResult) -> None:
    desk.opens()
    assert desk.shares((row, {}), win="  Antwerp ran a full Saturday ").status_code == 302
    assert Win.objects.get().text == "Antwerp ran a full Saturday"
    assert "One good thing told at" in desk.opens()


def test_the_same_form_tells_it_once(desk: Desk, row: KeyResult) -> None:
    desk.opens()
    for _ in range(2):
        desk.shares((row, GOOD), win="Antwerp!")
    assert Win.objects.count() == 1
    assert len(said(row)) == 1


def test_undo_takes_it_back_and_the_words_return(desk: Desk, row: KeyResult, caro: User) -> None:
    desk.opens()
    desk.shares((row, {**GOOD, "thank": [str(caro.pk)]}), win="Antwerp!")
    assert given() == [("Everybody copied it by Wednesday.", ["Caro"])]
    desk.client.post(reverse("my_week_undo"))
    assert (Win.objects.count(), Thanks.objects.count()) == (0, 0)
    page = desk.opens()
    assert ">Antwerp!</textarea>" in page
    assert f'value="{caro.pk}" checked' in page


def test_it_belongs_to_the_team_of_what_was_shared(desk: Desk, row: KeyResult) -> None:
    team = make_team(desk.person.organisation, name="Store")
    Objective.objects.filter(pk=row.objective_id).update(team=team)
    desk.opens()
    desk.shares((row, GOOD), win="Antwerp!")
    assert Win.objects.get().team == team


def test_a_note_thanks_the_people_that_are_ticked_and_named(desk: Desk, row: KeyResult, caro: User) -> None:
    make_person(row.objective.organisation, name="Vikram Rao")
    page = desk.opens()
    assert f'name="{row.pk}-thank" value="{caro.pk}"' in page
    desk.shares((row, {**GOOD, "thank": [str(caro.pk)], "thank_names": "Vikram"}))
    assert given() == [("Everybody copied it by Wednesday.", ["Caro", "Vikram Rao"])]
    thanks = Thanks.objects.get()
    assert (thanks.key_result, thanks.check_in, thanks.objective) == (row, said(row)[0], row.objective)
    assert sorted(Notice.objects.values_list("user__name", "kind")) == [
        ("Caro", "thanked"),
        ("Vikram Rao", "thanked"),
    ]


def test_what_worked_is_what_thanks_say(desk: Desk, row: KeyResult, caro: User) -> None:
    desk.opens()
    desk.shares((row, {**GOOD, "win": "Caro moved the help points.", "thank": [str(caro.pk)]}))
    assert given() == [("Caro moved the help points.", ["Caro"])]


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ({"thank_names": "Nobody Known"}, "nobody is called Nobody Known"),
        ({"thank_names": "Leila"}, "thanks go to others"),
        ({"thank_names": "Caro", "note": ""}, "say what for, in a sentence"),
        ({"thank_names": "Twin"}, "several people are called Twin"),
        (
            {"thank": ["01980000-0000-7000-8000-000000000000"]},
            "somebody you ticked cannot read this objective",
        ),
    ],
)
def test_what_is_wrong_stays_with_its_words(
    desk: Desk, row: KeyResult, caro: User, typed: dict[str, Any], problem: str
) -> None:
    for name in ("Twin One", "Twin Two"):
        make_person(row.objective.organisation, name=name)
    desk.opens()
    assert desk.shares((row, {**GOOD, **typed})).status_code == 422
    assert problem in desk.page
    if "thank_names" in typed:
        assert f'value="{typed["thank_names"]}"' in desk.page
    assert CheckIn.objects.filter(recorded_at__gte=NOW).count() == 0
    assert given() == []


def test_whoever_cannot_read_a_private_objective_is_not_thanked_there(
    desk: Desk, row: KeyResult, caro: User
) -> None:
    Objective.objects.filter(pk=row.objective_id).update(visibility="private")
    make_person(row.objective.organisation, name="Sofia")
    desk.opens()
    assert desk.shares((row, {**GOOD, "thank_names": "Sofia"})).status_code == 422
    assert "Sofia cannot read this objective" in desk.page


def test_a_draft_keeps_whom_to_thank(desk: Desk, row: KeyResult, caro: User) -> None:
    desk.opens()
    typed = desk.types((row, {"thank": [str(caro.pk)], "thank_names": "Vik"}), win="Antwerp")
    desk.client.post(reverse("my_week_draft"), typed)
    page = desk.opens()
    assert f'value="{caro.pk}" checked' in page
    assert 'value="Vik"' in page
    assert ">Antwerp</textarea>" in page
    assert Thanks.objects.count() == 0


def test_a_form_that_is_sent_again_thanks_once(desk: Desk, row: KeyResult, caro: User) -> None:
    desk.opens()
    for _ in range(2):
        desk.shares((row, {**GOOD, "thank": [str(caro.pk)]}))
    assert len(given()) == 1
