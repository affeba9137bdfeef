"""Check-ins over REST."""

from __future__ import annotations

from typing import Any

import pytest

from checkins.models import CheckIn, CheckInVersion
from objectives.models import KeyResult
from tests.api_calls import assert_problem, unknown_id
from tests.api_world import World
from tests.factories import make_link

SAID = {"value": 40, "confidence": 7}


def path_of(world: World) -> str:
    return f"key-results/{world.key_result.pk}/check-ins/"


class TestRecording:
    def test_the_answer(self, world: World) -> None:
        caller = world.call("owner")
        caller.post(path_of(world), {"value": 10, "confidence": 5, "observed_on": "2026-05-01"})
        answer = caller.post(path_of(world), {**SAID, "note": "Club day", "next_step": "More"})
        row = answer.json()
        assert answer.status_code == 201
        assert answer["Location"] == f"http://testserver/api/v1/check-ins/{row['id']}/"
        assert (row["value"], row["previous_value"], row["source"]) == (40, 10, "manual")
        assert (row["note"], row["win"], row["next_step"]) == ("Club day", None, "More")
        assert row["author"] == {"id": str(world.owner.pk), "name": "Owner"}
        assert row["observed_on"] == "2026-05-20"
        assert row["recorded_at"] == "2026-05-20T09:30:00.000Z"
        assert row["key_result"]["progress"] == 0.4
        assert set(row["key_result"]["forecast"]) == {"mean", "low", "high", "chance", "because"}
        assert row["lifted"] == [
            {
                "type": kind,
                "id": str(thing.pk),
                "title": thing.title,
                "progress_before": 0.05,
                "progress_after": 0.2,
            }
            for kind, thing in (("objective", world.objective), ("priority", world.priority))
        ]
        assert caller.get(answer["Location"])["ETag"] == answer["ETag"]

    def test_on_the_flat_address(self, world: World) -> None:
        body = {"key_result_id": str(world.key_result.pk), **SAID}
        assert world.call("team_mate").post("check-ins/", body).status_code == 201

    def test_steps(self, world: World) -> None:
        caller, path = world.call("owner"), f"key-results/{world.milestones.pk}/"
        step = caller.get(path).json()["milestones"][0]["id"]
        row = caller.post(f"{path}check-ins/", {"milestones_done": [step], "confidence": 6}).json()
        assert row["key_result"]["progress"] == 0.5
        assert row["milestones_done"] == [step]
        assert [one["done"] for one in caller.get(path).json()["milestones"]] == [True, False]
        unknown = {"milestones_done": [unknown_id()], "confidence": 6}
        assert_problem(caller.post(f"{path}check-ins/", unknown), 422, "invalid", "milestones_done")

    @pytest.mark.parametrize(
        ("body", "field"),
        [
            ({"confidence": 5}, "value"),
            ({"value": "40", "confidence": 5}, "value"),
            ({"value": 10**15, "confidence": 5}, "value"),
            ({"value": 40}, "confidence"),
            ({"value": 40, "confidence": 0}, "confidence"),
            ({"value": 40, "confidence": 11}, "confidence"),
            ({"value": 40, "confidence": 5.5}, "confidence"),
            ({**SAID, "observed_on": "2026-05-21"}, "observed_on"),
            ({**SAID, "observed_on": "2026-02-01"}, "observed_on"),
            ({**SAID, "observed_on": "2026-13-01"}, "observed_on"),
            ({**SAID, "milestones_done": []}, "milestones_done"),
            ({**SAID, "mood": "good"}, "mood"),
        ],
    )
    def test_bad_input(self, world: World, body: dict[str, Any], field: str) -> None:
        assert_problem(world.call("owner").post(path_of(world), body), 422, "invalid", field)
        assert not CheckIn.objects.exists()

    def test_a_stranger_may_not(self, world: World) -> None:
        assert_problem(world.call("stranger").post(path_of(world), SAID), 403, "not_allowed")

    def test_a_draft_takes_none(self, world: World) -> None:
        world.objective.state = "draft"
        world.objective.save()
        document = assert_problem(world.call("owner").post(path_of(world), SAID), 409, "takes_no_check_ins")
        assert "draft" in document["detail"]

    def test_on_behalf_of_somebody(self, world: World) -> None:
        body = {**SAID, "on_behalf_of_id": str(world.owner.pk)}
        row = world.call("administrator").post(path_of(world), body).json()
        assert (row["author"]["name"], row["recorded_by"]["name"]) == ("Owner", "Administrator")
        assert_problem(world.call("team_mate").post(path_of(world), body), 403, "not_allowed")

    def test_a_service_speaks_for_itself(self, world: World) -> None:
        KeyResult.objects.filter(pk=world.key_result.pk).update(external_id="share")
        service = world.call("owner", is_service=True)
        first = service.post(path_of(world), {"value": 40})
        assert (first.status_code, first.json()["source"], first.json()["confidence"]) == (201, "api", None)
        later = service.post(path_of(world), {"value": 45}).json()
        assert (later["id"], later["value"]) == (first.json()["id"], 45)
        assert CheckInVersion.objects.count() == 1
        assert world.call("owner").get(f"key-results/{world.key_result.pk}/").json()["confidence"] is None

    def test_a_key_makes_it_happen_once(self, world: World) -> None:
        caller, key = world.call("owner"), {"Idempotency-Key": "monday"}
        first, again = (caller.post(path_of(world), SAID, **key) for _ in range(2))
        assert first.content == again.content
        assert CheckIn.objects.count() == 1

    def test_nothing_hidden_is_lifted(self, world: World) -> None:
        make_link(world.objective, world.secret, kind="contributes")
        lifted = world.call("owner").post(path_of(world), SAID).json()["lifted"]
        assert str(world.secret.pk) not in [row["id"] for row in lifted]


class TestChanging:
    def test_an_edit_recomputes_everything(self, world: World) -> None:
        caller = world.call("owner")
        made = caller.post(path_of(world), SAID)
        path = f"check-ins/{made.json()['id']}/"
        changed = caller.patch(path, {"value": 80}, **{"If-Match": made["ETag"]})
        row = changed.json()
        assert (changed.status_code, row["value"], row["key_result"]["progress"]) == (200, 80, 0.8)
        assert row["edited_at"] is not None
        assert [one["progress_after"] for one in row["lifted"]] == [0.4, 0.4]
        assert_problem(caller.patch(path, {"value": 90}, **{"If-Match": made["ETag"]}), 412)
        assert caller.get(path)["ETag"] == changed["ETag"]

    def test_deleting_answers_what_moved(self, world: World) -> None:
        caller = world.call("owner")
        made = caller.post(path_of(world), SAID).json()
        answer = caller.delete(f"check-ins/{made['id']}/")
        assert answer.status_code == 200
        assert answer.json()["key_result"]["progress"] == 0
        assert [one["progress_after"] for one in answer.json()["lifted"]] == [0, 0]
        assert_problem(caller.get(f"check-ins/{made['id']}/"), 404)

    def test_only_its_author_and_administrators(self, world: World) -> None:
        made = world.call("owner").post(path_of(world), SAID).json()
        path = f"check-ins/{made['id']}/"
        assert_problem(world.call("team_mate").patch(path, {"note": "Mine"}), 403, "not_allowed")
        assert_problem(world.call("outsider").patch(path, {"note": "Mine"}), 404)
        assert world.call("administrator").patch(path, {"note": "Checked"}).status_code == 200


class TestReading:
    def test_the_latest_day_comes_first(self, world: World) -> None:
        caller = world.call("owner")
        for day in ("2026-05-04", "2026-05-18", "2026-05-11"):
            caller.post(path_of(world), {**SAID, "observed_on": day})
        address, days = f"{path_of(world)}?page_size=1", []
        while address:
            page = caller.get(address).json()
            days += [row["observed_on"] for row in page["results"]]
            address = page["next"]
        assert days == ["2026-05-18", "2026-05-11", "2026-05-04"]

    def test_filters(self, world: World) -> None:
        caller = world.call("owner")
        for day in ("2026-05-04", "2026-05-18"):
            caller.post(path_of(world), {**SAID, "observed_on": day})

        def count(query: str) -> int:
            return len(caller.get(f"check-ins/?{query}").json()["results"])

        assert count(f"key_result={world.key_result.pk}") == 2
        assert count(f"objective={world.objective.pk}&observed_from=2026-05-05") == 1
        assert count("observed_to=2026-05-04") == 1
        assert count(f"author={world.stranger.pk}") == 0
        assert count("source=manual") == 2
        assert count("source=api,import") == 0
