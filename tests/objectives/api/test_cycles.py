"""Cycles over REST."""

from __future__ import annotations

import pytest

from tests.api_calls import assert_problem
from tests.api_world import World


def test_creating_and_changing(world: World) -> None:
    caller = world.call("administrator")
    body = {"name": "Q3 2026", "starts_on": "2026-07-01", "ends_on": "2026-09-30", "parent_id": None}
    made = caller.post("cycles/", body)
    assert made.status_code == 201
    row = made.json()
    assert (row["state"], row["elapsed"]) == ("planning", 0)
    path = f"cycles/{row['id']}/"
    changed = caller.patch(path, {"parent_id": str(world.cycle.pk)}, **{"If-Match": made["ETag"]})
    assert changed.json()["parent_id"] == str(world.cycle.pk)
    assert_problem(caller.patch(path, {"name": "Late"}, **{"If-Match": made["ETag"]}), 412)
    assert_problem(caller.patch(path, {"parent_id": row["id"]}), 422, "invalid", "parent_id")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "name"),
        ({"name": ""}, "name"),
        ({"name": "New", "starts_on": "2026-07-02", "ends_on": "2026-07-01"}, "ends_on"),
        ({"name": "New", "starts_on": "2026-02-30"}, "starts_on"),
        ({"name": "New", "state": "active"}, "state"),
    ],
)
def test_bad_input(world: World, body: dict[str, str], field: str) -> None:
    assert_problem(world.call("administrator").post("cycles/", body), 422, "invalid", field)


def test_a_life(world: World) -> None:
    caller = world.call("administrator")
    path = f"cycles/{caller.post('cycles/', {'name': 'New'}).json()['id']}/"
    states = [
        caller.post(f"{path}{step}/").json()["state"] for step in ("activate", "activate", "close", "close")
    ]
    assert states == ["active", "active", "closing", "closed"]
    assert_problem(caller.post(f"{path}activate/"), 409, "cycle_state")


def test_an_open_objective_keeps_it_open(world: World) -> None:
    caller = world.call("administrator")
    caller.post(f"cycles/{world.cycle.pk}/close/")
    assert_problem(caller.post(f"cycles/{world.cycle.pk}/close/"), 409, "objectives_open")


def test_members_may_not(world: World) -> None:
    assert_problem(world.call("owner").post("cycles/", {"name": "New"}), 403, "not_allowed")


def test_filters(world: World) -> None:
    caller = world.call("owner")
    assert len(caller.get("cycles/?state=active").json()["results"]) == 1
    assert caller.get("cycles/?state=planning&search=Q2").json()["results"] == []
