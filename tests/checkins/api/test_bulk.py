"""Many check-ins in one request: each row on its own, the numbers above computed once and exact."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from activity.models import Event
from checkins.models import CheckIn, CheckInVersion
from checkins.services.find_drift import find_drift
from objectives.models import KeyResult
from objectives.rules.kinds import KeyResultState
from tests.api_calls import assert_problem, unknown_id
from tests.api_world import World
from tests.factories import make_cycle, make_key_result, make_link, make_objective

BULK = "check-ins/bulk/"


def row(key_result: KeyResult, **said: Any) -> dict[str, Any]:
    return {"key_result_id": str(key_result.pk), "value": 40, "confidence": 7, **said}


def extra(world: World, count: int) -> list[KeyResult]:
    """More key results of the owner, spread over objectives that lead to the priority."""
    found = []
    for place in range(count):
        if place % 4 == 0:
            objective = make_objective(
                world.cycle, owner=world.owner, team=world.team, title=f"Objective {place}"
            )
            make_link(objective, world.priority)
        found.append(make_key_result(objective, owner=world.owner, external_id=f"kr-{place}"))
    world.rebuild()
    return found


def drift(world: World) -> Any:
    return list(find_drift(organisation=world.organisation, today=date(2026, 5, 20)))


class TestResults:
    def test_one_a_row_in_order_and_what_all_of_them_moved(self, world: World) -> None:
        first, second = extra(world, 2)
        rows = [
            row(first, value=10, observed_on="2026-05-01"),
            {"external_id": "kr-1", "value": 30, "confidence": 5, "note": " Half way "},
            row(first, value=50),
        ]
        answer = world.call("owner").post(BULK, {"rows": rows})
        content = answer.json()
        assert answer.status_code == 200
        assert (content["recorded"], content["refused"]) == (3, 0)
        results = content["results"]
        assert [(one["index"], one["status"], one["error"]) for one in results] == [
            (0, 201, None),
            (1, 201, None),
            (2, 201, None),
        ]
        said = [one["check_in"] for one in results]
        assert [one["key_result_id"] for one in said] == [str(first.pk), str(second.pk), str(first.pk)]
        assert [(one["value"], one["previous_value"]) for one in said] == [(10, None), (30, None), (50, 10)]
        assert said[1]["note"] == "Half way"
        assert [one["key_result"]["progress"] for one in said] == [0.5, 0.3, 0.5]
        assert {(one["type"], one["progress_before"]) for one in content["lifted"]} >= {("objective", 0)}
        assert drift(world) == []

    def test_a_bad_row_loses_no_other(self, world: World) -> None:
        good, closed = extra(world, 2)
        KeyResult.objects.filter(pk=closed.pk).update(state=KeyResultState.CANCELLED)
        world.rebuild()
        rows = [
            row(good),
            row(good, value="much"),
            row(good, confidence=11),
            row(good, confidence=None),
            {**row(good), "key_result_id": unknown_id()},
            row(world.secret_key_result),
            {"external_id": "nobody's", "value": 1, "confidence": 5},
            {"value": 1, "confidence": 5},
            {**row(good), "external_id": "kr-0"},
            row(good, colour="red"),
            "nonsense",
            row(closed),
            row(good, on_behalf_of_id=str(world.team_mate.pk)),
            row(good, on_behalf_of_id=unknown_id()),
            row(good, observed_on="2030-01-01"),
            row(good, value=60),
        ]
        content = world.call("owner").post(BULK, {"rows": rows}).json()
        found = [
            (one["status"], *((one["error"]["errors"][0]["field"],) if one["error"] else ()))
            for one in content["results"]
        ]
        assert found == [
            (201,),
            (422, "value"),
            (422, "confidence"),
            (422, "confidence"),
            (422, "key_result_id"),
            (422, "key_result_id"),
            (422, "external_id"),
            (422, "key_result_id"),
            (422, "key_result_id"),
            (422, "colour"),
            (422, ""),
            (409, ""),
            (403, ""),
            (422, "on_behalf_of_id"),
            (422, "observed_on"),
            (201,),
        ]
        assert (content["recorded"], content["refused"]) == (2, 14)
        assert CheckIn.objects.filter(key_result=good).count() == 2
        assert content["results"][11]["error"]["code"] == "takes_no_check_ins"
        assert drift(world) == []

    @pytest.mark.parametrize("role", ["viewer", "stranger", "leader"])
    def test_who_may_not_is_refused_row_by_row(self, world: World, role: str) -> None:
        content = world.call(role).post(BULK, {"rows": [row(world.key_result)]}).json()
        assert [one["status"] for one in content["results"]] == [403]
        assert not CheckIn.objects.filter(key_result=world.key_result, value=40).exists()

    def test_other_organisations_do_not_exist(self, world: World) -> None:
        content = world.call("outsider").post(BULK, {"rows": [row(world.key_result)]}).json()
        assert content["results"][0]["error"]["errors"][0]["code"] == "not_found"

    def test_steps_and_words_on_behalf(self, world: World) -> None:
        steps = world.call("owner").get(f"key-results/{world.milestones.pk}/").json()["milestones"]
        rows = [
            {"key_result_id": str(world.milestones.pk), "milestones_done": [steps[0]["id"]], "confidence": 6},
            {"key_result_id": str(world.milestones.pk), "milestones_done": [unknown_id()], "confidence": 6},
            row(world.key_result, on_behalf_of_id=str(world.owner.pk)),
        ]
        results = world.call("administrator").post(BULK, {"rows": rows}).json()["results"]
        assert [one["status"] for one in results] == [201, 422, 201]
        assert results[0]["check_in"]["key_result"]["progress"] == 0.5
        assert results[2]["check_in"]["author"]["name"] == "Owner"
        assert results[2]["check_in"]["recorded_by"]["name"] == "Administrator"

    def test_the_same_request_again_makes_no_second_row(self, world: World) -> None:
        """As after a crash between the commit and the answer; a key is not needed for that."""
        first, second = extra(world, 2)
        rows = [row(first), row(second, value=5, note="Slow", observed_on="2026-05-01")]
        one, two = (world.call("owner").post(BULK, {"rows": rows}).json()["results"] for _ in range(2))
        assert [each["status"] for each in one] == [201, 201]
        assert [each["status"] for each in two] == [200, 200]
        assert [each["check_in"]["id"] for each in one] == [each["check_in"]["id"] for each in two]
        assert CheckIn.objects.filter(key_result__in=(first, second)).count() == 2
        assert not CheckInVersion.objects.exists()

    def test_what_differs_or_was_answered_in_between_is_new(self, world: World) -> None:
        (first,) = extra(world, 1)
        for said in ({"value": 40}, {"value": 41}, {"value": 40}, {"value": 40, "note": "Really"}):
            assert world.call("owner").post(BULK, {"rows": [row(first, **said)]}).json()["recorded"] == 1
        assert CheckIn.objects.filter(key_result=first).count() == 4

    def test_a_later_value_of_a_system_corrects_the_earlier_one(self, world: World) -> None:
        (fed,) = extra(world, 1)
        service = world.call("owner", is_service=True)
        first = service.post(BULK, {"rows": [{"external_id": "kr-0", "value": 10}]}).json()["results"][0]
        rows = [{"external_id": "kr-0", "value": 20}, {"external_id": "kr-0", "value": 25}]
        later = service.post(BULK, {"rows": rows}).json()["results"]
        assert [one["status"] for one in later] == [200, 200]
        assert {one["check_in"]["id"] for one in later} == {first["check_in"]["id"]}
        assert later[1]["check_in"]["value"] == 25
        assert CheckIn.objects.get(key_result=fed).source == "api"
        versions = CheckInVersion.objects.order_by("replaced_at", "id")
        assert [one.fields["value"] for one in versions] == ["10.000000", "20.000000"]
        assert list(
            Event.objects.filter(verb__startswith="check_in").order_by("id").values_list("verb", flat=True)
        ) == [
            "check_in.recorded",
            "check_in.edited",
        ]
        assert drift(world) == []


class TestAllOrNothing:
    def test_all(self, world: World) -> None:
        rows = [row(one) for one in extra(world, 3)]
        content = world.call("owner").post(f"{BULK}?atomic=true", {"rows": rows}).json()
        assert content["recorded"] == 3
        assert drift(world) == []

    @pytest.mark.parametrize(
        ("bad", "field"),
        [({"value": "much"}, "rows.1.value"), ({"confidence": None}, "rows.1.confidence")],
    )
    def test_nothing(self, world: World, bad: dict[str, Any], field: str) -> None:
        rows = [row(one) for one in extra(world, 3)]
        rows[1] |= bad
        before = (CheckIn.objects.count(), Event.objects.count())
        answer = world.call("owner").post(f"{BULK}?atomic=true", {"rows": rows})
        assert_problem(answer, 422, "all_or_nothing", field)
        assert (CheckIn.objects.count(), Event.objects.count()) == before
        assert drift(world) == []

    def test_a_row_that_the_state_forbids(self, world: World) -> None:
        good, closed = extra(world, 2)
        KeyResult.objects.filter(pk=closed.pk).update(state=KeyResultState.CANCELLED)
        answer = world.call("owner").post(f"{BULK}?atomic=true", {"rows": [row(good), row(closed)]})
        assert_problem(answer, 422, "all_or_nothing", "rows.1")
        assert not CheckIn.objects.filter(key_result=good).exists()


class TestBodies:
    @pytest.mark.parametrize(
        ("body", "field"),
        [
            ({}, "rows"),
            ({"rows": []}, "rows"),
            ({"rows": {}}, "rows"),
            ({"rows": [{}] * 1001}, "rows"),
            ({"rows": [{}], "more": 1}, "more"),
            ([], ""),
        ],
    )
    def test_what_is_no_list_of_rows(self, world: World, body: Any, field: str) -> None:
        assert_problem(world.call("owner").post(BULK, body), 422, "invalid", field)

    def test_it_needs_the_scope(self, world: World) -> None:
        rows = {"rows": [row(world.key_result)]}
        assert_problem(world.call("owner", scopes=("read",)).post(BULK, rows), 403, "scope_missing")
        assert world.call("owner", scopes=("check_in",)).post(BULK, rows).status_code == 200

    def test_a_key_makes_it_happen_once(self, world: World) -> None:
        caller, body = (
            world.call("owner"),
            {"rows": [row(world.key_result), row(world.key_result, value="x")]},
        )
        first, second = (caller.post(BULK, body, **{"Idempotency-Key": "k1"}) for _ in range(2))
        assert first.content == second.content
        assert second["Idempotency-Replayed"] == "true"
        assert CheckIn.objects.filter(key_result=world.key_result, value=40).count() == 1


def test_a_closed_cycle_takes_nothing(world: World) -> None:
    closed = make_cycle(world.organisation, name="Q1 2026", state="closed")  # type: ignore[arg-type]
    key_result = make_key_result(make_objective(closed, owner=world.owner))
    results = world.call("owner").post(BULK, {"rows": [row(key_result)]}).json()["results"]
    assert results[0]["status"] == 409


def test_statements_grow_by_a_handful_a_row(world: World) -> None:
    """Locking, permissions, replay, roll-up and the answer are done once for all."""
    key_results = extra(world, 60)
    counts = []
    for size in (10, 60):
        with CaptureQueriesContext(connection) as statements:
            rows = [row(one, value=size) for one in key_results[:size]]
            answer = world.call("owner").post(BULK, {"rows": rows})
        assert answer.json()["recorded"] == size
        counts.append(len(statements))
    assert (counts[1] - counts[0]) / 50 <= 6
