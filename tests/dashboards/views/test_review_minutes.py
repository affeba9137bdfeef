"""Minutes tell thanks as they are today, and a long list of wins is folded."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from checkins.models import Review, Thanks, Win
from checkins.services.edit_thanks import delete_thanks, edit_thanks, restore_thanks
from checkins.services.start_review import start_review
from objectives.models import Objective
from tests.dashboards.page_world import World, visit, world
from tests.factories import NOW, TODAY, make_check_in, make_key_result

__all__ = ["visit", "world"]
pytestmark = pytest.mark.django_db
Visit = Callable[..., tuple[int, str]]
LATER = NOW + timedelta(hours=1)


def thank(world: World, objective: Objective, text: str, **about: object) -> Thanks:
    thanks = Thanks.objects.create(
        organisation=world.organisation, objective=objective, author=world.owner, text=text,
        created_at=NOW, updated_at=NOW, **about,
    )  # fmt: skip
    thanks.receiver_rows.create(user=world.contributor)
    return thanks


def ended(world: World) -> Review:
    start_review(team=world.team, by=world.owner, at=NOW, cycle=world.cycle)
    client = Client()
    client.force_login(world.owner)
    client.post(reverse("review_end", args=[world.team.pk]))
    return Review.objects.get()


def page_of(world: World, review: Review) -> str:
    client = Client()
    client.force_login(world.team_mate)
    return client.get(reverse("review_minutes", args=[world.team.pk, review.pk])).content.decode()


def test_thanks_taken_back_leave_the_minutes_and_come_back_with_them(world: World) -> None:
    thanks = thank(world, world.objective(), "You had the maps ready")
    review = ended(world)
    assert "You had the maps ready" in page_of(world, review)
    delete_thanks(thanks=thanks, by=world.owner, at=LATER)
    assert "You had the maps ready" not in page_of(world, review)
    assert "Caro" not in page_of(world, review).split('id="decided"')[1]
    restore_thanks(thanks=thanks, by=world.owner, at=LATER)
    edit_thanks(thanks=thanks, by=world.owner, at=LATER, text="You had all the maps ready")
    assert "You had all the maps ready" in page_of(world, review)


@pytest.mark.parametrize("whose", ["author", "receiver"])
def test_thanks_made_private_leave_the_minutes(world: World, whose: str) -> None:
    thanks = thank(world, world.objective(), "Quietly done")
    review = ended(world)
    if whose == "author":
        edit_thanks(thanks=thanks, by=world.owner, at=LATER, is_private=True)
    else:
        thanks.receiver_rows.update(is_private=True)
    assert "Quietly done" not in page_of(world, review)


def test_a_win_loses_the_names_of_thanks_taken_back(world: World) -> None:
    objective = world.objective()
    key_result = make_key_result(objective, owner=world.owner, title="Steady")
    said = make_check_in(key_result, value=30, confidence=6, author=world.owner, win="The desk moved")
    thanks = thank(world, objective, "For the desk", check_in=said)
    review = ended(world)
    assert "thanks to <b>Caro</b>" in page_of(world, review)
    delete_thanks(thanks=thanks, by=world.owner, at=LATER)
    page = page_of(world, review)
    assert "The desk moved" in page
    assert "thanks to" not in page


def test_only_the_first_three_wins_are_open(world: World, visit: Visit) -> None:
    world.objective()
    world.count()
    for place in range(8):
        Win.objects.create(
            organisation=world.organisation, team=world.team, author=world.team_mate, text=f"Win {place}.",
            on=TODAY, created_at=NOW + timedelta(minutes=place),
        )  # fmt: skip
    page = visit(world.owner, "team", world.team.pk, "?tab=review")[1]
    shown, folded = page.split('id="wins"')[1].split("</section>")[0].split("<details")
    assert [f"Win {place}." in shown for place in range(8)] == [True] * 3 + [False] * 5
    assert "and five more</summary>" in folded
    assert all(f"Win {place}." in folded for place in range(3, 8))
