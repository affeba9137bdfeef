"""Comments and thanks over REST."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from checkins.models import Comment, Thanks
from objectives.models import Objective
from tests.api_calls import assert_problem, call_as_nobody, unknown_id
from tests.api_world import World
from tests.factories import NOW, make_check_in
from tests.factories.asks import make_ask
from tests.factories.words import make_comment, make_reaction, make_thanks


def comment(world: World, **fields: Any) -> Comment:
    return make_comment(world.objective, **{"author": world.owner, **fields})


def thanks(world: World, **fields: Any) -> Thanks:
    return make_thanks(world.objective, **{"author": world.owner, "receivers": [world.team_mate], **fields})


def secret_comment(world: World) -> Comment:
    return make_comment(world.secret, author=world.administrator)


class TestWritingComments:
    def test_the_answer(self, world: World) -> None:
        caller = world.call("owner")
        said = make_check_in(world.key_result, author=world.team_mate)
        answer = caller.post("comments/", {"check_in_id": str(said.pk), "text": "@Stranger **look**"})
        row = answer.json()
        assert answer.status_code == 201, row
        assert answer["Location"] == f"http://testserver/api/v1/comments/{row['id']}/"
        assert row == {
            "id": row["id"],
            "objective_id": str(world.objective.pk),
            "key_result_id": str(world.key_result.pk),
            "check_in_id": str(said.pk),
            "ask_id": None,
            "author": {"id": str(world.owner.pk), "name": "Owner"},
            "text": f"@[Stranger](person:{world.stranger.pk}) **look**",
            "words": "@Stranger **look**",
            "mentions": [{"id": str(world.stranger.pk), "name": "Stranger"}],
            "version_count": 0,
            "reactions": {"thank_you": 0, "i_can_help": 0, "same_here": 0, "mine": []},
            "created_at": "2026-05-20T09:30:00.000Z",
            "edited_at": None,
            "updated_at": "2026-05-20T09:30:00.000Z",
        }
        assert caller.get(answer["Location"])["ETag"] == answer["ETag"]

    @pytest.mark.parametrize("place", ["objective", "key_result", "ask"])
    def test_on_other_places(self, world: World, place: str) -> None:
        ask = make_ask(world.objective, by=world.owner, of=world.team_mate)
        row = {"objective": world.objective, "key_result": world.key_result, "ask": ask}[place]
        answer = world.call("stranger").post("comments/", {f"{place}_id": str(row.pk), "text": "Well done"})
        assert answer.json()[f"{place}_id"] == str(row.pk)

    def test_what_is_refused(self, world: World) -> None:
        caller, at = world.call("owner"), str(world.objective.pk)
        assert_problem(caller.post("comments/", {"text": "x"}), 422, "invalid", "objective_id")
        both = {"objective_id": at, "key_result_id": str(world.key_result.pk), "text": "x"}
        assert_problem(caller.post("comments/", both), 422, "invalid", "objective_id")
        assert_problem(caller.post("comments/", {"objective_id": at, "text": " "}), 422, "invalid", "text")
        viewer = world.call("viewer").post("comments/", {"objective_id": at, "text": "x"})
        assert_problem(viewer, 403, "not_allowed")
        assert call_as_nobody().post("comments/", {"objective_id": at, "text": "x"}).status_code == 401

    def test_what_is_unseen_is_as_what_does_not_exist(self, world: World) -> None:
        sent = {"text": "x"}
        for key, role in ((world.secret.pk, "owner"), (world.elsewhere.pk, "administrator")):
            unseen = world.call(role).post("comments/", {"objective_id": str(key), **sent})
            unknown = world.call(role).post("comments/", {"objective_id": unknown_id(), **sent})
            assert unseen.content == unknown.content
            assert_problem(unseen, 422, "invalid", "objective_id")


class TestReadingComments:
    def test_newest_first_with_filters_and_pages(self, world: World) -> None:
        said = make_check_in(world.key_result, author=world.owner)
        ask = make_ask(world.objective, by=world.owner, of=world.team_mate)
        places = (
            {},
            {"key_result": world.key_result},
            {"key_result": world.key_result, "check_in": said},
            {"ask": ask},
        )
        rows = [
            comment(world, text=str(n), at=NOW - timedelta(hours=n), **place)
            for n, place in enumerate(places)
        ]
        secret_comment(world)
        comment(world, text="gone", deleted_at=NOW)
        caller = world.call("viewer")

        def texts(**query: Any) -> list[str]:
            return [row["text"] for row in caller.get("comments/", query).json()["results"]]

        assert texts() == ["0", "1", "2", "3"]
        assert texts(objective=str(world.objective.pk)) == ["0", "1", "2", "3"]
        assert texts(key_result=str(world.key_result.pk)) == ["1", "2"]
        assert texts(check_in=str(said.pk)) == ["2"]
        assert texts(ask=str(ask.pk)) == ["3"]
        assert texts(updated_since=(NOW - timedelta(hours=1)).isoformat()) == ["0", "1"]
        first = caller.get("comments/", {"page_size": 3}).json()
        assert [row["text"] for row in caller.get(first["next"]).json()["results"]] == ["3"]
        assert len(rows) == 4
        assert_problem(
            caller.get("comments/", {"objective": str(world.secret.pk)}), 422, "invalid", "objective"
        )

    def test_the_number_of_statements_does_not_grow(
        self, world: World, django_assert_max_num_queries: Any
    ) -> None:
        caller = world.call("viewer")
        for count in (1, 10):
            for _ in range(count):
                made = comment(world)
                made.mentions.add(world.stranger)
                make_reaction("comment", made.pk, author=world.stranger)
            with django_assert_max_num_queries(6):
                assert caller.get("comments/").status_code == 200

    def test_one_with_its_reactions(self, world: World) -> None:
        row = comment(world)
        make_reaction("comment", row.pk, author=world.stranger)
        make_reaction("comment", row.pk, author=world.team_mate, word="i_can_help")
        found = world.call("stranger").get(f"comments/{row.pk}/").json()
        assert found["reactions"] == {"thank_you": 1, "i_can_help": 1, "same_here": 0, "mine": ["thank_you"]}

    def test_unseen_is_not_found(self, world: World) -> None:
        row = secret_comment(world)
        assert_problem(world.call("owner").get(f"comments/{row.pk}/"), 404)
        assert_problem(world.call("outsider").get(f"comments/{comment(world).pk}/"), 404)


class TestChangingComments:
    def test_a_patch_keeps_the_earlier_wording(self, world: World) -> None:
        row, caller = comment(world), world.call("owner")
        tag = caller.get(f"comments/{row.pk}/")["ETag"]
        answer = caller.patch(f"comments/{row.pk}/", {"text": "Better"}, **{"If-Match": tag})
        assert (answer.status_code, answer.json()["version_count"], answer.json()["text"]) == (
            200,
            1,
            "Better",
        )
        stale = caller.patch(f"comments/{row.pk}/", {"text": "Late"}, **{"If-Match": tag})
        assert_problem(stale, 412)
        assert Comment.objects.get().text == "Better"

    def test_only_its_author_changes_it(self, world: World) -> None:
        row = comment(world)
        for role in ("team_mate", "administrator", "viewer"):
            assert_problem(world.call(role).patch(f"comments/{row.pk}/", {"text": "x"}), 403)
        assert world.call("team_mate").delete(f"comments/{row.pk}/").status_code == 403
        assert world.call("administrator").delete(f"comments/{row.pk}/").status_code == 204
        assert world.call("owner").get(f"comments/{row.pk}/").status_code == 404

    def test_reactions(self, world: World) -> None:
        row = comment(world)
        caller = world.call("stranger")
        answer = caller.post(f"comments/{row.pk}/reactions/", {"word": "same_here"})
        assert answer.json()["reactions"]["mine"] == ["same_here"]
        again = caller.post(f"comments/{row.pk}/reactions/", {"word": "same_here", "is_on": False})
        assert again.json()["reactions"] == {"thank_you": 0, "i_can_help": 0, "same_here": 0, "mine": []}
        assert_problem(caller.post(f"comments/{row.pk}/reactions/", {"word": "wow"}), 422, "invalid", "word")
        own = world.call("owner").post(f"comments/{row.pk}/reactions/", {"word": "thank_you"})
        assert_problem(own, 409, "own_words")


class TestThanks:
    def test_the_answer(self, world: World) -> None:
        sent = {
            "key_result_id": str(world.key_result.pk),
            "receiver_ids": [str(world.team_mate.pk), str(world.stranger.pk)],
            "text": "You moved the help points.",
        }
        answer = world.call("owner").post("thanks/", sent)
        row = answer.json()
        assert answer.status_code == 201, row
        assert row["objective"] == {"id": str(world.objective.pk), "title": world.objective.title}
        assert [one["name"] for one in row["receivers"]] == ["Stranger", "Team mate"]
        assert (row["is_private"], row["key_result_id"], row["check_in_id"]) == (
            False,
            str(world.key_result.pk),
            None,
        )

    def test_what_is_refused(self, world: World) -> None:
        caller = world.call("owner")

        def send(**fields: Any) -> Any:
            facts = {
                "objective_id": str(world.objective.pk),
                "receiver_ids": [str(world.team_mate.pk)],
                "text": "x",
            }
            return caller.post("thanks/", facts | fields)

        assert_problem(send(receiver_ids=[str(world.owner.pk)]), 422, "invalid", "receiver_ids")
        assert_problem(send(receiver_ids=[]), 422, "invalid", "receiver_ids")
        assert_problem(send(receiver_ids=[unknown_id()]), 422, "invalid", "receiver_ids.0")
        assert_problem(send(receiver_ids=[str(world.outsider.pk)]), 422, "invalid", "receiver_ids.0")
        assert_problem(send(text=" "), 422, "invalid", "text")
        assert_problem(send(objective_id=str(world.secret.pk)), 422, "invalid", "objective_id")

    def test_private_ones_are_for_who_is_named(self, world: World) -> None:
        row = thanks(world, is_private=True)
        for role, sees in (
            ("owner", True),
            ("team_mate", True),
            ("stranger", False),
            ("administrator", False),
            ("outsider", False),
        ):
            caller = world.call(role)
            assert (caller.get(f"thanks/{row.pk}/").status_code == 200) is sees
            assert bool(caller.get("thanks/").json()["results"]) is sees

    def test_mine(self, world: World) -> None:
        thanks(world)
        found = {
            (role, mine): len(world.call(role).get("thanks/", {"mine": mine}).json()["results"])
            for role in ("owner", "team_mate")
            for mine in ("given", "received")
        }
        assert found == {
            ("owner", "given"): 1,
            ("owner", "received"): 0,
            ("team_mate", "given"): 0,
            ("team_mate", "received"): 1,
        }

    def test_changed_and_taken_back(self, world: World) -> None:
        row, caller = thanks(world), world.call("owner")
        tag = caller.get(f"thanks/{row.pk}/")["ETag"]
        sent = {"text": "For week 9", "is_private": True}
        changed = caller.patch(f"thanks/{row.pk}/", sent, **{"If-Match": tag})
        assert (changed.json()["text"], changed.json()["is_private"]) == ("For week 9", True)
        assert_problem(caller.patch(f"thanks/{row.pk}/", sent, **{"If-Match": tag}), 412)
        assert_problem(world.call("team_mate").patch(f"thanks/{row.pk}/", sent), 403)
        assert caller.delete(f"thanks/{row.pk}/").status_code == 204
        assert caller.get(f"thanks/{row.pk}/").status_code == 404

    def test_there_is_no_way_to_count_them_for_a_person(self, world: World) -> None:
        answer = world.call("viewer").get("thanks/", {"receiver": str(world.team_mate.pk)})
        assert_problem(answer, 400, "unknown_parameter", "receiver")
        assert Objective.objects.filter(pk=world.objective.pk).exists()
