"""The page "What changed?": since when, what, narrowed, and how much it costs."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from checkins.queries.changed_words import words
from checkins.services.record_check_in import record_check_in
from objectives.services import edit_key_result, edit_objective
from people.models import User
from tests.api_calls import assert_problem
from tests.api_world import World
from tests.factories import NOW, TODAY, make_key_result, make_link, make_objective

pytestmark = pytest.mark.django_db


def page(viewer: User, **query: Any) -> Any:
    client = Client()
    client.force_login(viewer)
    return client.get(reverse("what_changed"), query)


def change(world: World) -> None:
    said = {"by": world.owner, "at": NOW, "confidence": 7, "note": "The club day helped"}
    record_check_in(key_result_id=world.key_result.pk, value=Decimal(33), **said)
    edit_objective(
        objective=world.objective, by=world.owner, at=NOW, title="Customers come back on their way"
    )
    edit_key_result(key_result=world.key_result, by=world.owner, at=NOW, target_value=Decimal(40))


class TestPage:
    def test_it_tells_what_who_and_why(self, world: World) -> None:
        change(world)
        text = page(world.stranger, since="week").content.decode()
        for part in (
            "<del>own</del>",
            "<ins>way</ins>",
            "Target",
            "The club day helped",
            "Owner,",
            "One objective changed",
        ):
            assert part in text, part

    @pytest.mark.parametrize(
        "query", [{}, {"since": "x", "on": "x", "team": "x", "priority": "x", "after": "x"}]
    )
    def test_what_is_unknown_means_the_default(self, world: World, query: dict[str, str]) -> None:
        answer = page(world.stranger, **query)
        assert answer.status_code == 200
        assert "No review was held yet." in answer.content.decode()

    def test_nothing_changed(self, world: World) -> None:
        assert (
            "Nothing changed in the last seven days." in page(world.stranger, since="week").content.decode()
        )
        narrowed = page(world.stranger, since="week", team=str(world.team.pk)).content.decode()
        assert "Look at everything" in narrowed

    def test_a_day_and_a_team(self, world: World) -> None:
        change(world)
        day = (TODAY - timedelta(days=1)).isoformat()
        text = page(world.stranger, since="day", on=day, team=str(world.team.pk)).content.decode()
        assert "changed since Tue 19 May." in text
        assert f'value="{world.team.pk}" selected' in text

    def test_a_private_objective_is_not_there(self, world: World) -> None:
        edit_objective(objective=world.secret, by=world.administrator, at=NOW, title="Sell two stores")
        assert "Sell two stores" not in page(world.stranger, since="week").content.decode()
        assert "Sell two stores" in page(world.administrator, since="week").content.decode()

    @pytest.mark.parametrize("many", [1, 10])
    def test_statements(self, world: World, many: int) -> None:
        change(world)
        for _ in range(many):
            row = make_objective(world.cycle, owner=world.owner)
            make_link(row, world.priority)
            result = make_key_result(row, owner=world.owner)
            record_check_in(key_result_id=result.pk, by=world.owner, at=NOW, value=Decimal(33), confidence=7)
        client = Client()
        client.force_login(world.stranger)
        client.get(reverse("strategy"))
        with CaptureQueriesContext(connection) as caught:
            client.get(reverse("what_changed"), {"since": "week"})
        assert len(caught) <= 15, [one["sql"][:90] for one in caught]


class TestRest:
    def test_the_same_as_data(self, world: World) -> None:
        change(world)
        answer = world.call("stranger").get("progress/changes/", {"since": "week"}).json()
        assert (answer["since"], answer["since_kind"], answer["objective_count"]) == (
            "2026-05-13T09:30:00.000Z",
            "week",
            1,
        )
        (part,) = answer["results"]
        assert part["priority"] == {"id": str(world.priority.pk), "title": "People come back"}
        own, result = part["objectives"][0]["changed"]
        assert own["changes"][0]["after"] == "Customers come back on their way"
        assert [one["field"] for one in result["changes"]] == ["target_value", "value"]
        assert result["changes"][1] | {"at": ""} == {
            "field": "value", "kind": "value", "before": None, "after": "33", "times": 1, "at": "",
            "by": "Owner", "why": "The club day helped",
        }  # fmt: skip

    @pytest.mark.parametrize("since", ["yesterday", "2026-13-01", "0001-01-01", "9999-12-31"])
    def test_a_day_that_is_none(self, world: World, since: str) -> None:
        assert_problem(
            world.call("owner").get("progress/changes/", {"since": since}), 422, "invalid", "since"
        )

    def test_a_team_of_others(self, world: World) -> None:
        answer = world.call("outsider").get("progress/changes/", {"team": str(world.team.pk)})
        assert_problem(answer, 422, "invalid", "team")


@pytest.mark.parametrize(
    ("name", "value", "unit", "said"),
    [
        ("target_value", "40", "%", "40 %"),
        ("owner", {"id": "1", "name": "Maren"}, "", "Maren"),
        ("contributors", [{"id": "1", "name": "Maren"}, {"id": "2", "name": "Kofi"}], "", "Maren, Kofi"),
        ("state", "in_progress", "", "in progress"),
        ("planned_values", [{"on": "2026-05-01", "value": "12"}], "", "12 on 1 May 2026"),
        ("ends_on", "2026-05-01", "", "1 May 2026"),
        ("owner", None, "", "nothing"),
        ("why", "", "", ""),
        ("milestones", [{"title": "First"}], "", "First"),
    ],
)
def test_values_in_words(name: str, value: Any, unit: str, said: str) -> None:
    assert words(name, value, unit).replace("\u00a0", " ").replace("\u202f", " ") == said
