"""Who is offered while a name is typed: only people who may read the objective, and each so that it is clear who."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from checkins.queries.mentions import read_mentions
from dashboards.queries.mention_choices import mention_choices
from objectives.models import Objective
from objectives.rules.kinds import Visibility
from people.models import User
from people.roles import Role
from tests.factories import make_cycle, make_objective, make_organisation, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def objective() -> Objective:
    organisation = make_organisation()
    leila = make_person(organisation, name="Leila")
    return make_objective(make_cycle(organisation), owner=leila, title="Customers find it")


@pytest.fixture
def leila(objective: Objective) -> User:
    assert objective.owner is not None
    return objective.owner


@pytest.fixture
def caro(objective: Objective) -> User:
    return make_person(objective.organisation, name="Caro")


def names(user: User, objective: Objective, typed: str) -> list[str]:
    return [one.name for one in mention_choices(user, objective, typed)]


def test_names_and_later_words_of_names(leila: User, objective: Objective, caro: User) -> None:
    for name in ("Carla Lee", "Bram Carlson", "Oscar"):
        make_person(objective.organisation, name=name)
    assert names(leila, objective, "car") == ["Carla Lee", "Caro", "Bram Carlson"]
    assert names(leila, objective, "Bram C") == ["Bram Carlson"]
    assert names(leila, objective, "%") == []


def test_an_empty_beginning_offers_who_is_near(leila: User, objective: Objective, caro: User) -> None:
    make_person(objective.organisation, name="Bram")
    objective.contributors.add(caro)
    assert names(leila, objective, "") == ["Caro"]
    assert names(caro, objective, " ") == ["Leila"]


def test_nobody_who_cannot_read_it_or_be_told(leila: User, objective: Objective, caro: User) -> None:
    make_person(objective.organisation, name="Carmen", is_active=False)
    make_person(objective.organisation, name="Carol", email=None)
    make_person(name="Carlos")
    assert names(leila, objective, "Car") == ["Caro"]
    assert names(caro, objective, "Caro") == []
    Objective.objects.update(visibility=Visibility.PRIVATE)
    objective.refresh_from_db()
    assert names(leila, objective, "Car") == []
    make_person(objective.organisation, name="Cara", role=Role.ADMINISTRATOR)
    assert names(leila, objective, "Car") == ["Cara"]


def test_what_goes_into_the_text_reaches_that_person(leila: User, objective: Objective) -> None:
    people = [
        make_person(objective.organisation, name=name) for name in ("Noor", "Vikram", "Noor", "Vikram Rao")
    ]
    for typed, hints in (("Noor", 2), ("Vikram", 0)):
        choices = mention_choices(leila, objective, typed)
        assert len(choices) == 2
        assert len([one for one in choices if one.hint]) == hints
        for one in choices:
            (reached,) = read_mentions(f"Well done, {one.insert} and all", objective).people
            assert reached.name == one.name
            assert reached in people
        plain = mention_choices(leila, objective, typed, is_plain=True)
        assert {one.insert for one in plain} <= {"@Noor", "@Vikram", "@Vikram Rao"}


def test_many_people_take_three_statements(
    leila: User, objective: Objective, django_assert_max_num_queries: Callable[..., object]
) -> None:
    for number in range(30):
        make_person(objective.organisation, name=f"Ben {number}")
    with django_assert_max_num_queries(3):  # type: ignore[attr-defined]
        assert len(mention_choices(leila, objective, "Ben")) == 8
    with django_assert_max_num_queries(3):  # type: ignore[attr-defined]
        mention_choices(leila, objective, "")


def test_the_address_answers_those_who_may_write_there(leila: User, objective: Objective, caro: User) -> None:
    viewer = make_person(objective.organisation, role=Role.VIEWER)
    stranger = make_person()
    for who, status in ((leila, 200), (viewer, 403), (stranger, 404)):
        client = Client()
        client.force_login(who)
        answer = client.get("/mentions/", {"objective": str(objective.pk), "q": "Caro"})
        assert answer.status_code == status
        if status == 200:
            assert answer.json() == {"people": [{"name": "Caro", "insert": "@Caro", "hint": ""}]}
            assert "private" in answer["Cache-Control"]
