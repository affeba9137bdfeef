"""Objectives over REST."""

from __future__ import annotations

import pytest

from objectives.models import Objective
from tests.api_calls import assert_problem
from tests.api_world import World
from tests.factories import make_link, make_objective, make_priority


class TestReading:
    def test_one(self, world: World) -> None:
        row = world.call("viewer").get(f"objectives/{world.objective.pk}/").json()
        assert row["url"] == f"http://testserver/api/v1/objectives/{world.objective.pk}/"
        assert row["cycle"] == {"id": str(world.cycle.pk), "name": "Q2 2026"}
        assert row["team"] == {"id": str(world.team.pk), "name": "Store"}
        assert row["owner"] == {"id": str(world.owner.pk), "name": "Owner"}
        assert row["priorities"] == [{"id": str(world.priority.pk), "title": "People come back"}]
        assert (row["progress"], row["expected"], row["freshness"]) == (0, 0.5495, "fresh")
        assert row["status_counts"]["no_data"] == row["key_result_count"] == 2
        assert row["why"] is None

    def test_a_draft_priority_is_named_to_leaders_only(self, world: World) -> None:
        draft = make_priority(world.organisation, title="Not said yet", state="draft", rank=2)
        make_link(world.objective, draft)
        path = f"objectives/{world.objective.pk}/"
        assert len(world.call("owner").get(path).json()["priorities"]) == 1
        assert len(world.call("leader").get(path).json()["priorities"]) == 2

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("state=active", True),
            ("state=draft,closed", False),
            ("state=draft&state=active", True),
            ("status=no_data", True),
            ("status=on_track", False),
            ("freshness=fresh", True),
            ("freshness=stale,silent", False),
            ("kind=aspirational", True),
            ("kind=committed", False),
            ("search=CUSTOMERS", True),
            ("search=nothing", False),
            ("cycle={cycle}", True),
            ("team={team}", True),
            ("owner={owner}", True),
            ("owner={stranger}", False),
            ("priority={priority}", True),
            ("updated_since=2020-01-01T00:00:00Z", True),
            ("updated_since=2099-01-01", False),
        ],
    )
    def test_filters(self, world: World, query: str, found: bool) -> None:
        ids = {name: value.pk for name, value in vars(world).items()}
        rows = world.call("owner").get(f"objectives/?{query.format(**ids)}").json()["results"]
        assert ([row["id"] for row in rows] == [str(world.objective.pk)]) is found

    @pytest.mark.parametrize("query", ["state=nonsense", "updated_since=yesterday", "expand=everything"])
    def test_a_value_that_a_filter_cannot_take(self, world: World, query: str) -> None:
        assert_problem(world.call("owner").get(f"objectives/?{query}"), 422, "invalid", query.split("=")[0])

    def test_expanding(self, world: World) -> None:
        caller = world.call("owner")
        caller.post(f"key-results/{world.key_result.pk}/check-ins/", {"value": 10, "confidence": 5})
        row = caller.get(f"objectives/{world.objective.pk}/?expand=key_results,links,check_ins").json()
        assert [one["title"] for one in row["key_results"]] == ["Repeat share", "Programme"]
        assert [one["parent_id"] for one in row["links"]] == [str(world.priority.pk)]
        assert [one["value"] for one in row["check_ins"]] == [10]

    def test_links_to_what_is_hidden_are_left_out(self, world: World) -> None:
        make_link(world.objective, world.secret)
        path = f"objectives/{world.objective.pk}/?expand=links"
        assert len(world.call("owner").get(path).json()["links"]) == 1
        assert len(world.call("administrator").get(path).json()["links"]) == 2

    def test_explain_adds_up(self, world: World) -> None:
        caller = world.call("owner")
        caller.post(f"key-results/{world.key_result.pk}/check-ins/", {"value": 33, "confidence": 5})
        why = caller.get(f"objectives/{world.objective.pk}/explain/").json()
        assert why["value"] == 0.165
        assert sum(part["contribution"] for part in why["parts"]) == pytest.approx(why["value"])
        assert set(why) == {"value", "rule", "parts", "left_out", "expected", "forecast", "sentence"}

    def test_explain_names_what_was_deleted(self, world: World) -> None:
        caller = world.call("administrator")
        child = make_objective(world.cycle, title="Dropped child")
        link = make_link(child, world.objective, kind="contributes")
        caller.delete(f"objectives/{child.pk}/")
        caller.delete(f"key-results/{world.key_result.pk}/")
        why = world.call("owner").get(f"objectives/{world.objective.pk}/explain/").json()
        assert link.child_id == child.pk
        assert {(one["title"], one["reason"]) for one in why["left_out"]} == {
            ("Repeat share", "deleted"),
            ("Dropped child", "deleted"),
        }

    def test_a_score_is_suggested_before_the_close(self, world: World) -> None:
        caller = world.call("owner")
        caller.post(f"key-results/{world.key_result.pk}/check-ins/", {"value": 33, "confidence": 5})
        row = caller.get(f"objectives/{world.objective.pk}/").json()
        assert (row["progress"], row["score"], row["suggested_score"]) == (0.165, None, 0.17)


class TestWriting:
    def test_creating(self, world: World) -> None:
        answer = world.call("owner").post("objectives/", {"title": "New", "cycle_id": str(world.cycle.pk)})
        row = answer.json()
        assert answer.status_code == 201
        assert answer["Location"] == row["url"]
        assert (row["state"], row["kind"], row["visibility"]) == ("draft", "aspirational", "organisation")
        assert row["owner"] == {"id": str(world.owner.pk), "name": "Owner"}
        assert world.call("owner").get(row["url"])["ETag"] == answer["ETag"]

    def test_creating_with_everything(self, world: World) -> None:
        body = {
            "title": "New",
            "cycle_id": str(world.cycle.pk),
            "why": "Because",
            "kind": "committed",
            "team_id": str(world.team.pk),
            "owner_id": None,
            "contributor_ids": [str(world.stranger.pk)],
            "visibility": "team",
            "counts_when_private": True,
            "keeps_us_running": "The law asks for it",
            "external_id": "ext-1",
        }
        row = world.call("owner").post("objectives/", body).json()
        assert row["owner"] is None
        assert row["contributors"] == [{"id": str(world.stranger.pk), "name": "Stranger"}]
        assert {name: row[name] for name in ("why", "kind", "visibility", "external_id")} == {
            "why": "Because",
            "kind": "committed",
            "visibility": "team",
            "external_id": "ext-1",
        }
        again = world.call("owner").post("objectives/", body)
        assert_problem(again, 422, "invalid", "external_id")

    @pytest.mark.parametrize(
        ("body", "field"),
        [
            ({}, "title"),
            ({"title": ""}, "title"),
            ({"title": "  "}, "title"),
            ({"title": 7}, "title"),
            ({"title": None}, "title"),
            ({"title": "x" * 2001}, "title"),
            ({"title": "\ud800"}, "title"),
            ({"title": "a\x00b"}, "title"),
            ({"title": "New", "kind": "nonsense"}, "kind"),
            ({"title": "New", "counts_when_private": "yes"}, "counts_when_private"),
            ({"title": "New", "contributor_ids": "me"}, "contributor_ids"),
        ],
    )
    def test_bad_input(self, world: World, body: dict[str, object], field: str) -> None:
        answer = world.call("owner").post("objectives/", {"cycle_id": str(world.cycle.pk), **body})
        assert_problem(answer, 422, "invalid", field)

    def test_changing(self, world: World) -> None:
        caller = world.call("owner")
        tag = caller.get(f"objectives/{world.objective.pk}/")["ETag"]
        answer = caller.patch(f"objectives/{world.objective.pk}/", {"why": "Since"}, **{"If-Match": tag})
        assert (answer.status_code, answer.json()["why"]) == (200, "Since")
        late = caller.patch(f"objectives/{world.objective.pk}/", {"why": "Late"}, **{"If-Match": tag})
        assert_problem(late, 412, "stale")

    def test_a_stranger_may_not_change_it(self, world: World) -> None:
        answer = world.call("stranger").patch(f"objectives/{world.objective.pk}/", {"why": "Mine"})
        assert_problem(answer, 403, "not_allowed")

    def test_deleting_and_restoring(self, world: World) -> None:
        caller, path = world.call("owner"), f"objectives/{world.objective.pk}/"
        assert caller.delete(path, **{"If-Match": '"other"'}).status_code == 412
        assert caller.delete(path).status_code == 204
        assert caller.get(path).status_code == 404
        assert world.call("outsider").post(f"{path}restore/").status_code == 404
        assert caller.post(f"{path}restore/").status_code == 200
        assert caller.get(path).status_code == 200

    def test_a_life(self, world: World) -> None:
        caller = world.call("owner")
        made = caller.post("objectives/", {"title": "New", "cycle_id": str(world.cycle.pk)}).json()
        path = f"objectives/{made['id']}/"
        steps = [
            ("activate", {}, "active"),
            ("activate", {}, "active"),
            ("pause", {"reason": "Waiting for the shop"}, "paused"),
            ("activate", {}, "active"),
            ("close", {"score": 0.8, "score_reason": "It went well"}, "closed"),
            ("reopen", {}, "active"),
            ("cancel", {"reason": "No longer wanted"}, "cancelled"),
        ]
        for step, body, state in steps:
            answer = caller.post(f"{path}{step}/", body)
            assert (answer.status_code, answer.json().get("state")) == (200, state), step
        assert_problem(caller.post(f"{path}activate/"), 409, "objective_state")

    def test_closing_needs_a_reason_for_another_score(self, world: World) -> None:
        answer = world.call("owner").post(f"objectives/{world.objective.pk}/close/", {"score": 0.9})
        assert_problem(answer, 422, "invalid", "score_reason")

    def test_a_closed_cycle_takes_nothing(self, world: World) -> None:
        Objective.objects.filter(pk=world.objective.pk).update(state="closed")
        world.cycle.state = "closed"
        world.cycle.save()
        answer = world.call("owner").post("objectives/", {"title": "New", "cycle_id": str(world.cycle.pk)})
        assert_problem(answer, 409, "cycle_closed")

    def test_walking_with_a_filter(self, world: World) -> None:
        for place in range(5):
            make_objective(world.cycle, title=f"Walk {place}", owner=world.owner)
        caller, address, walked = world.call("owner"), "objectives/?search=walk&page_size=2", []
        while address:
            page = caller.get(address).json()
            walked += [row["title"] for row in page["results"]]
            address = page["next"]
        assert walked == [f"Walk {place}" for place in range(5)]
