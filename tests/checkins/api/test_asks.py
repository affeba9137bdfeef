"""Asks over REST."""

from __future__ import annotations

from typing import Any

import pytest

from checkins.models import Ask, CheckIn, Decision
from people.models import User
from tests.api_calls import assert_problem, call_as_nobody, unknown_id
from tests.api_world import World
from tests.factories import make_objective, make_person
from tests.factories.asks import make_ask


@pytest.fixture
def maren(world: World) -> User:
    """Somebody to ask."""
    return make_person(world.objective.organisation, name="Maren")


def body(world: World, of: User, **fields: Any) -> dict[str, Any]:
    return {"objective_id": str(world.objective.pk), "of_id": str(of.pk), "text": "Two planners", **fields}


class TestAsking:
    def test_the_answer(self, world: World, maren: User) -> None:
        caller = world.call("owner")
        answer = caller.post("asks/", body(world, maren, answer_by_on="2026-05-25"))
        row = answer.json()
        assert answer.status_code == 201, row
        assert answer["Location"] == f"http://testserver/api/v1/asks/{row['id']}/"
        assert row["objective"] == {"id": str(world.objective.pk), "title": world.objective.title}
        assert row["asked_of"] == {"id": str(maren.pk), "name": "Maren"}
        assert row["asked_by"]["name"] == "Owner"
        assert (row["kind"], row["state"], row["text"], row["age"]) == ("ask", "open", "Two planners", 0)
        assert (row["options"], row["answer"], row["answer_by_on"]) == ([], None, "2026-05-25")
        assert caller.get(answer["Location"])["ETag"] == answer["ETag"]

    def test_about_a_key_result(self, world: World, maren: User) -> None:
        sent = {"key_result_id": str(world.key_result.pk), "of_id": str(maren.pk), "text": "Help"}
        row = world.call("owner").post("asks/", sent).json()
        assert row["key_result"]["id"] == str(world.key_result.pk)
        assert row["objective"]["id"] == str(world.key_result.objective_id)

    def test_a_decision(self, world: World, maren: User) -> None:
        sent = body(world, maren, kind="decision", options=["Now", "Later"])
        row = world.call("owner").post("asks/", sent).json()
        assert (row["kind"], row["options"]) == ("decision", ["Now", "Later"])

    def test_sent_again_with_the_same_key_it_is_asked_once(self, world: World, maren: User) -> None:
        caller = world.call("owner")
        for _ in range(2):
            answer = caller.post("asks/", body(world, maren), **{"Idempotency-Key": "one"})
            assert answer.status_code == 201
        assert Ask.objects.count() == 1

    def test_who_may_not(self, world: World, maren: User) -> None:
        assert_problem(world.call("viewer").post("asks/", body(world, maren)), 403)
        assert_problem(call_as_nobody().post("asks/", body(world, maren)), 401)

    def test_what_nobody_may_know_looks_like_what_is_not_there(self, world: World, maren: User) -> None:
        caller = world.call("stranger")
        hidden = caller.post("asks/", {**body(world, maren), "objective_id": str(world.secret.pk)})
        unknown = caller.post("asks/", {**body(world, maren), "objective_id": unknown_id()})
        assert_problem(hidden, 422, "invalid", "objective_id")
        assert hidden.content == unknown.content
        outsider = make_person(world.elsewhere.organisation)
        unknown = world.call("owner").post("asks/", {**body(world, maren), "of_id": unknown_id()})
        for of in (outsider, make_person(maren.organisation, is_active=False)):
            answer = world.call("owner").post("asks/", body(world, of))
            assert answer.content == unknown.content

    def test_a_receiver_who_cannot_see_the_objective_is_not_found(self, world: World, maren: User) -> None:
        sent = {**body(world, maren), "objective_id": str(world.secret.pk)}
        assert_problem(world.call("administrator").post("asks/", sent), 422, "invalid", "of_id")

    @pytest.mark.parametrize(
        ("fields", "field"),
        [
            ({"text": " "}, "text"),
            ({"objective_id": None}, "objective_id"),
            ({"options": ["Now", "Later"]}, "options"),
            ({"kind": "decision"}, "options"),
            ({"kind": "wish"}, "kind"),
            ({"answer_by_on": "2026-05-01"}, "answer_by_on"),
            ({"mood": "calm"}, "mood"),
        ],
    )
    def test_bad_bodies(self, world: World, maren: User, fields: dict[str, Any], field: str) -> None:
        sent = {name: value for name, value in {**body(world, maren), **fields}.items() if value is not None}
        assert_problem(world.call("owner").post("asks/", sent), 422, "invalid", field)

    def test_asking_oneself(self, world: World) -> None:
        assert_problem(world.call("owner").post("asks/", body(world, world.owner)), 422, "invalid", "of_id")


class TestReading:
    def test_filters(self, world: World, maren: User) -> None:
        mine = make_ask(world.objective, by=world.owner, of=maren)
        done = make_ask(world.objective, by=maren, of=world.owner, state="answered", answer="Yes")
        caller = world.call("owner")

        def ids(**query: str) -> list[str]:
            return [row["id"] for row in caller.get("asks/", query).json()["results"]]

        assert ids() == [str(done.pk), str(mine.pk)]
        assert ids(state="open,seen") == [str(mine.pk)]
        assert ids(mine="made") == [str(mine.pk)]
        assert ids(mine="received") == [str(done.pk)]
        assert ids(asked_of=str(maren.pk)) == [str(mine.pk)]
        assert ids(asked_by=str(maren.pk)) == [str(done.pk)]
        assert ids(objective=str(world.objective.pk), kind="decision") == []
        assert ids(key_result=str(world.key_result.pk)) == []
        assert ids(updated_since="2026-05-21") == []
        assert_problem(caller.get("asks/", {"asked_of": unknown_id()}), 422, "invalid", "asked_of")
        assert_problem(caller.get("asks/", {"mine": "theirs"}), 422, "invalid", "mine")

    def test_those_about_a_hidden_objective_are_not_there(self, world: World, maren: User) -> None:
        ask = make_ask(world.secret, by=world.owner, of=world.administrator)
        caller = world.call("stranger")
        assert caller.get("asks/").json()["results"] == []
        for path, sent in (("", None), ("answer/", {"text": "Yes"}), ("withdraw/", None)):
            ask_path = f"asks/{ask.pk}/{path}"
            answer = caller.get(ask_path) if not path else caller.post(ask_path, sent)
            assert_problem(answer, 404)
        assert len(world.call("administrator").get("asks/").json()["results"]) == 1

    def test_reading_here_is_not_seeing(self, world: World, maren: User) -> None:
        ask = make_ask(world.objective, by=maren, of=world.owner)
        assert world.call("owner").get(f"asks/{ask.pk}/").json()["state"] == "open"


class TestSteps:
    def test_answer(self, world: World, maren: User) -> None:
        ask = make_ask(world.objective, by=maren, of=world.owner)
        caller = world.call("owner")
        assert_problem(caller.post(f"asks/{ask.pk}/answer/", {}), 422, "invalid", "text")
        row = caller.post(f"asks/{ask.pk}/answer/", {"text": "Yes"}).json()
        assert (row["state"], row["answer"], row["answered_by"]["name"]) == ("answered", "Yes", "Owner")
        problem = assert_problem(caller.post(f"asks/{ask.pk}/answer/", {"text": "No"}), 409, "answered")
        assert problem["detail"] == "Owner has answered this: “Yes”"

    def test_in_person(self, world: World, maren: User) -> None:
        ask = make_ask(world.objective, by=maren, of=world.owner)
        row = world.call("owner").post(f"asks/{ask.pk}/answer/", {"in_person": True}).json()
        assert (row["state"], row["answer"]) == ("answered_in_person", None)

    def test_decide(self, world: World, maren: User) -> None:
        ask = make_ask(world.objective, by=maren, of=world.owner, kind="decision", options=["Now", "Later"])
        path = f"asks/{ask.pk}/answer/"
        assert_problem(world.call("owner").post(path, {"chosen_option": 2}), 422, "invalid", "chosen_option")
        row = world.call("owner").post(path, {"chosen_option": 1, "text": "It rains"}).json()
        assert (row["state"], row["chosen_option"]) == ("answered", 1)
        assert Decision.objects.get().text == "Later"

    def test_pass_on(self, world: World, maren: User) -> None:
        ask = make_ask(world.objective, by=maren, of=world.owner)
        path = f"asks/{ask.pk}/pass-on/"
        assert_problem(world.call("owner").post(path, {"of_id": unknown_id()}), 422, "invalid", "of_id")
        sent = {"of_id": str(world.leader.pk), "words": "She knows"}
        assert world.call("owner").post(path, sent).json()["asked_of"]["name"] == "Leader"
        assert_problem(world.call("owner").post(path, sent), 403)

    def test_withdraw(self, world: World, maren: User) -> None:
        ask = make_ask(world.objective, by=world.owner, of=maren)
        assert_problem(world.call("stranger").post(f"asks/{ask.pk}/withdraw/"), 403)
        assert world.call("owner").post(f"asks/{ask.pk}/withdraw/").json()["state"] == "withdrawn"
        assert_problem(world.call("owner").post(f"asks/{ask.pk}/withdraw/"), 409, "withdrawn")

    def test_reword_with_the_right_version_only(self, world: World, maren: User) -> None:
        ask = make_ask(world.objective, by=world.owner, of=maren)
        caller, path = world.call("owner"), f"asks/{ask.pk}/"
        version = caller.get(path)["ETag"]
        row = caller.patch(path, {"text": "One planner"}, **{"If-Match": version})
        assert (row.status_code, row.json()["text"]) == (200, "One planner")
        assert_problem(caller.patch(path, {"text": "None"}, **{"If-Match": version}), 412)
        assert_problem(world.call("stranger").patch(path, {"text": "None"}), 403)


class TestWithACheckIn:
    def test_the_ask_goes_with_it(self, world: World, maren: User) -> None:
        sent = {
            "value": 40,
            "confidence": 4,
            "challenge": "Too few",
            "ask": {"of_id": str(maren.pk), "text": "Two"},
        }
        row = world.call("owner").post(f"key-results/{world.key_result.pk}/check-ins/", sent).json()
        ask = Ask.objects.get()
        assert (str(ask.check_in_id), ask.asked_of, ask.text) == (row["id"], maren, "Two")
        assert row["challenge"] == "Too few"

    @pytest.mark.parametrize(
        ("ask", "field"),
        [
            ({"of_id": unknown_id(), "text": "Two"}, "ask.of_id"),
            ({"text": "Two"}, "ask.of_id"),
            ({"of_id": "{maren}", "text": "Two", "answer_by_on": "2026-05-01"}, "ask.answer_by_on"),
            ({"of_id": "{owner}", "text": "Two"}, "ask.of_id"),
        ],
    )
    def test_a_bad_ask_records_nothing(
        self, world: World, maren: User, ask: dict[str, Any], field: str
    ) -> None:
        people = {"{maren}": str(maren.pk), "{owner}": str(world.owner.pk)}
        filled = {name: people.get(value, value) for name, value in ask.items()}
        sent = {"value": 40, "confidence": 4, "ask": filled}
        answer = world.call("owner").post(f"key-results/{world.key_result.pk}/check-ins/", sent)
        assert_problem(answer, 422, "invalid", field)
        assert not CheckIn.objects.filter(value=40).exists()
        assert not Ask.objects.exists()


def test_an_objective_of_another_organisation_stays_unknown(world: World, maren: User) -> None:
    other = make_objective(owner=make_person(world.elsewhere.organisation))
    sent = {**body(world, maren), "objective_id": str(other.pk)}
    assert_problem(world.call("administrator").post("asks/", sent), 422, "invalid", "objective_id")
