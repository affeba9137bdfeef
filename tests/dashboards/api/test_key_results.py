"""Key results over REST."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from objectives.models import KeyResult
from tests.api_calls import assert_problem
from tests.api_world import World
from tests.factories import TODAY

EVERY_KIND: tuple[dict[str, Any], ...] = (
    {"kind": "increase", "start_value": 0, "target_value": 100.5},
    {"kind": "decrease", "start_value": 100, "target_value": 0},
    {"kind": "at_least", "lower_bound": 95},
    {"kind": "at_most", "upper_bound": 5.25},
    {"kind": "between", "lower_bound": 2, "upper_bound": 4},
    {"kind": "milestones", "milestones": [{"title": "One"}, {"title": "Two", "weight": 2.5}]},
    {"kind": "yes_no"},
    {"kind": "percent_done"},
    {"kind": "baseline"},
)


@pytest.mark.parametrize("measure", EVERY_KIND, ids=lambda measure: measure["kind"])
def test_creating_every_kind(world: World, measure: dict[str, Any]) -> None:
    caller = world.call("owner")
    answer = caller.post(f"objectives/{world.objective.pk}/key-results/", {"title": "New", **measure})
    row = answer.json()
    assert answer.status_code == 201, row
    assert answer["Location"] == row["url"]
    assert (row["state"], row["weight"], row["cadence_days"]) == ("active", 1, 7)
    assert row["owner"] == {"id": str(world.owner.pk), "name": "Owner"}
    for name, value in measure.items():
        if name != "milestones":
            assert row[name] == value
    assert [step["weight"] for step in row["milestones"]] == ([1, 2.5] if measure.get("milestones") else [])
    assert caller.get(row["url"])["ETag"] == answer["ETag"]


def test_creating_on_the_flat_address(world: World) -> None:
    body = {
        "title": "New",
        "objective_id": str(world.objective.pk),
        "kind": "increase",
        "start_value": 1,
        "target_value": 3,
        "planned_values": [{"on": "2026-05-01", "value": 2}],
        "unit": "%",
        "weight": 0,
        "owner_id": str(world.team_mate.pk),
        "cadence_days": 14,
        "external_id": "kr-1",
    }
    row = world.call("owner").post("key-results/", body).json()
    assert row["planned_values"] == body["planned_values"]
    assert (row["weight"], row["cadence_days"], row["unit"], row["external_id"]) == (0, 14, "%", "kr-1")
    assert row["owner"]["name"] == "Team mate"


@pytest.mark.parametrize(
    ("body", "field", "code"),
    [
        ({"kind": "increase", "start_value": 5, "target_value": 5}, "target_value", "equal_to_start"),
        ({"kind": "increase", "start_value": 5}, "target_value", "required"),
        ({"kind": "decrease", "start_value": 5, "target_value": 9}, "target_value", "wrong_direction"),
        ({"kind": "milestones"}, "milestones", "required"),
        ({"start_value": "5"}, "start_value", "not_a_number"),
        ({"start_value": True}, "start_value", "not_a_number"),
        ({"start_value": 10**12}, "start_value", "too_many_digits"),
        ({"start_value": 0.1234567}, "start_value", "too_many_decimals"),
        ({"weight": -1}, "weight", "too_small"),
        ({"cadence_days": 0}, "cadence_days", "min_value"),
        ({"cadence_days": 1.5}, "cadence_days", "invalid"),
        ({"kind": "milestones", "milestones": [{"title": ""}]}, "milestones.0.title", "blank"),
        ({"planned_values": [{"on": "soon", "value": 1}]}, "planned_values.0.on", "invalid"),
        ({"milestones": [{"title": "a", "color": 1}]}, "milestones.0.color", "unknown"),
    ],
)
def test_bad_input(world: World, body: dict[str, Any], field: str, code: str) -> None:
    path = f"objectives/{world.objective.pk}/key-results/"
    document = assert_problem(world.call("owner").post(path, {"title": "New", **body}), 422, "invalid", field)
    assert document["errors"][0]["code"] == code


@pytest.mark.parametrize(
    "number",
    [
        pytest.param("123456789012.123456", marks=pytest.mark.postgresql),
        "12345678.123456",
        "-0.000001",
        "0.1",
        "1000",
        "999999999999",
    ],
)
def test_numbers_keep_every_digit(world: World, number: str) -> None:
    body = f'{{"title": "New", "kind": "at_least", "lower_bound": {number}}}'.encode()
    row = world.call("owner").post(f"objectives/{world.objective.pk}/key-results/", body)
    assert row.status_code == 201
    assert row.content.decode().split('"lower_bound":')[1].split(",")[0] == number


def test_changing_the_steps(world: World) -> None:
    caller, path = world.call("owner"), f"key-results/{world.milestones.pk}/"
    steps = caller.get(path).json()["milestones"]
    body = {
        "milestones": [{"id": steps[1]["id"], "title": "Kept"}, {"title": "Added", "due_on": "2026-06-01"}]
    }
    changed = caller.patch(path, body).json()["milestones"]
    assert [step["title"] for step in changed] == ["Kept", "Added"]
    assert changed[0]["id"] == steps[1]["id"]


def test_a_stale_change(world: World) -> None:
    caller, path = world.call("owner"), f"key-results/{world.key_result.pk}/"
    tag = caller.get(path)["ETag"]
    assert caller.patch(path, {"title": "New"}, **{"If-Match": tag}).status_code == 200
    assert_problem(caller.delete(path, **{"If-Match": tag}), 412, "stale")
    assert caller.delete(path).status_code == 204
    assert_problem(caller.get(path), 404)


def test_due_ones(world: World) -> None:
    KeyResult.objects.filter(pk=world.key_result.pk).update(next_due_on=TODAY)
    caller = world.call("owner")
    due = caller.get("key-results/?due=true").json()["results"]
    others = caller.get("key-results/?due=false").json()["results"]
    assert [row["title"] for row in due] == ["Repeat share"]
    assert [row["title"] for row in others] == ["Programme"]
    assert [row["id"] for row in caller.get("me/").json()["due"]] == [due[0]["id"]]


def test_skipping_moves_the_due_day_only(world: World) -> None:
    caller, until = world.call("owner"), TODAY + timedelta(days=20)
    before = caller.get(f"key-results/{world.key_result.pk}/").json()
    path = f"key-results/{world.key_result.pk}/skip/"
    after = caller.post(path, {"reason": "Away", "until": until.isoformat()}).json()
    assert after["next_due_on"] == until.isoformat()
    moved = {name for name in after if after[name] != before[name]}
    assert moved <= {"next_due_on", "updated_at"}
    assert_problem(caller.post(path, {"reason": "Away", "until": "2020-01-01"}), 422, "invalid", "until")


def test_lists_of_an_objective(world: World) -> None:
    caller = world.call("owner")
    path = f"objectives/{world.objective.pk}/key-results/"
    assert [row["title"] for row in caller.get(path).json()["results"]] == ["Repeat share", "Programme"]
    assert [row["title"] for row in caller.get(f"{path}?kind=milestones").json()["results"]] == ["Programme"]
    flat = caller.get(f"key-results/?objective={world.objective.pk}&page_size=1").json()
    assert flat["next"] is not None
