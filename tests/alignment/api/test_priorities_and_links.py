"""Strategic priorities and alignment links over REST."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api_calls import assert_problem
from tests.api_world import World
from tests.factories import make_objective, make_priority


class TestPriorities:
    def test_stating_and_changing(self, world: World) -> None:
        caller = world.call("leader")
        made = caller.post("priorities/", {"title": "New", "owner_id": str(world.owner.pk)})
        row = made.json()
        assert (made.status_code, row["state"], row["rank"], row["revision"]) == (201, "active", 2, 1)
        assert (row["owner"]["name"], row["narrative"]) == ("Owner", None)
        path = f"priorities/{row['id']}/"
        changed = caller.patch(path, {"narrative": "Now", "rank": 1}, **{"If-Match": made["ETag"]}).json()
        assert (changed["narrative"], changed["rank"], changed["revision"]) == (None, 1, 1)
        assert (changed["draft"]["narrative"], changed["draft"]["version"]) == ("Now", 1)
        assert_problem(caller.patch(path, {"title": "Late"}, **{"If-Match": made["ETag"]}), 412)
        order = [one["title"] for one in sorted(caller.get("priorities/").json()["results"], key=by_rank)]
        assert order == ["New", "People come back"]

    def test_publishing_asks_and_lists_versions(self, world: World) -> None:
        leader, path = world.call("leader"), f"priorities/{world.priority.pk}/"
        assert_problem(leader.post(f"{path}publish/", {"reason": "Why"}), 409, "no_draft")
        body = {"title": "People come back every week", "sponsor_id": str(world.owner.pk)}
        assert leader.patch(path, body).json()["title"] == "People come back"
        assert world.call("owner").get(path).json()["draft"] is None
        assert_problem(leader.post(f"{path}publish/", {"reason": " "}), 422, "invalid", "reason")
        assert_problem(world.call("owner").post(f"{path}publish/", {"reason": "Why"}), 403, "not_allowed")

        answer = leader.post(f"{path}publish/", {"reason": "Why", "answer_by_on": "2026-12-01"}).json()

        assert (answer["title"], answer["revision"], answer["draft"]) == (
            "People come back every week",
            2,
            None,
        )
        assert answer["sponsor"]["name"] == "Owner"
        versions = world.call("owner").get(f"{path}revisions/").json()["results"]
        assert [(one["number"], one["kind"], one["reason"]) for one in versions] == [
            (2, "reworded", "Why"),
            (1, "stated", None),
        ]
        asked = world.call("owner").get("objectives/?reconfirmation=open").json()["results"]
        assert [one["id"] for one in asked] == [str(world.objective.pk)]
        assert world.call("owner").get("objectives/?reconfirmation=kept").json()["results"] == []

    def test_retiring(self, world: World) -> None:
        caller, path = world.call("leader"), f"priorities/{world.priority.pk}/"
        assert_problem(caller.post(f"{path}retire/"), 422, "invalid", "reason")
        assert caller.post(f"{path}retire/", {"reason": "Reached"}).json()["state"] == "retired"
        assert_problem(caller.patch(path, {"title": "New"}), 409, "priority_state")

    def test_drafts_are_for_leaders(self, world: World) -> None:
        leader = world.call("leader")
        draft = leader.post("priorities/", {"title": "New", "state": "draft"}).json()
        assert_problem(world.call("owner").get(f"priorities/{draft['id']}/"), 404)
        assert len(world.call("owner").get("priorities/").json()["results"]) == 1
        assert leader.patch(f"priorities/{draft['id']}/", {"state": "active"}).json()["state"] == "active"
        assert world.call("owner").get(f"priorities/{draft['id']}/").status_code == 200

    @pytest.mark.parametrize(
        ("body", "field"),
        [
            ({}, "title"),
            ({"title": "New", "state": "retired"}, "state"),
            ({"title": "New", "starts_on": "2026-02-02", "ends_on": "2026-02-01"}, "ends_on"),
            ({"title": "New", "rank": 1}, "rank"),
        ],
    )
    def test_bad_input(self, world: World, body: dict[str, Any], field: str) -> None:
        assert_problem(world.call("leader").post("priorities/", body), 422, "invalid", field)

    def test_members_may_not(self, world: World) -> None:
        assert_problem(world.call("owner").post("priorities/", {"title": "New"}), 403, "not_allowed")


def by_rank(row: dict[str, Any]) -> int:
    return int(row["rank"])


class TestLinks:
    def test_to_every_kind_of_parent(self, world: World) -> None:
        child = make_objective(world.cycle, owner=world.owner, title="Child")
        second = make_priority(world.organisation, title="Second", rank=2)
        caller = world.call("owner")
        for parent_type, parent, kind in (
            ("priority", second, "contributes"),
            ("objective", world.objective, "supports"),
            ("key_result", world.key_result, "supports"),
        ):
            body = {"child_id": str(child.pk), "parent_type": parent_type, "parent_id": str(parent.pk)}
            made = caller.post("alignment-links/", body)
            row = made.json()
            assert made.status_code == 201, row
            assert {name: row[name] for name in body} == body
            assert (row["kind"], row["weight"], row["state"]) == (kind, 1, "active")
            assert_problem(caller.post("alignment-links/", body), 409, "linked_already")

    def test_a_loop_is_refused_with_its_path(self, world: World) -> None:
        child = make_objective(world.cycle, owner=world.owner, title="Child")
        caller = world.call("owner")
        up = {"child_id": str(child.pk), "parent_type": "objective", "parent_id": str(world.objective.pk)}
        down = {"child_id": str(world.objective.pk), "parent_type": "objective", "parent_id": str(child.pk)}
        caller.post("alignment-links/", up)
        assert "→" in assert_problem(caller.post("alignment-links/", down), 409)["detail"]

    def test_changing_and_removing(self, world: World) -> None:
        caller, path = world.call("owner"), f"alignment-links/{world.link.pk}/"
        tag = caller.get(path)["ETag"]
        changed = caller.patch(path, {"kind": "depends_on", "weight": 2.5}, **{"If-Match": tag}).json()
        assert (changed["kind"], changed["weight"], changed["state"]) == ("depends_on", 2.5, "requested")
        assert_problem(caller.delete(path, **{"If-Match": tag}), 412)
        assert caller.delete(path).status_code == 204
        assert_problem(caller.get(path), 404)

    def test_a_stranger_may_not(self, world: World) -> None:
        path = f"alignment-links/{world.link.pk}/"
        assert_problem(world.call("stranger").patch(path, {"weight": 2}), 403, "not_allowed")

    def test_filters(self, world: World) -> None:
        caller = world.call("owner")

        def count(query: str) -> int:
            return len(caller.get(f"alignment-links/?{query}").json()["results"])

        assert count(f"child={world.objective.pk}&cycle={world.cycle.pk}") == 1
        assert count(f"priority={world.priority.pk}&kind=contributes&state=active") == 1
        assert count(f"objective={world.objective.pk}") == 0
        assert count(f"key_result={world.key_result.pk}") == 0

    @pytest.mark.parametrize(
        "body", [{"weight": -1}, {"weight": "1"}, {"kind": "nonsense"}, {"parent_type": "team"}]
    )
    def test_bad_input(self, world: World, body: dict[str, Any]) -> None:
        child = make_objective(world.cycle, owner=world.owner)
        ids = {"child_id": str(child.pk), "parent_type": "priority", "parent_id": str(world.priority.pk)}
        answer = world.call("owner").post("alignment-links/", {**ids, **body})
        assert_problem(answer, 422, "invalid", next(iter(body)))
