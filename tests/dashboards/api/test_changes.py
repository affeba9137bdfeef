"""The feed of changes over REST: what it tells, to whom, and how it goes on."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from activity.models import Event
from alignment.services.write_links import create_link, delete_link
from alignment.services.write_priorities import create_priority
from checkins.models import CheckIn
from checkins.services.edit_check_in import delete_check_in
from checkins.services.give_thanks import give_thanks
from checkins.services.purge_deleted import purge_deleted
from checkins.services.record_check_in import record_check_in
from dashboards.queries.resources.change_cursor import Place, seal
from objectives.models import Objective
from objectives.queries.restorable import KEPT_FOR
from objectives.rules.kinds import Visibility
from objectives.services import create_objective, delete_objective, edit_objective
from people.services.create_team import create_team
from tests.api_calls import assert_problem
from tests.api_world import World
from tests.factories import NOW, make_objective, make_person, make_priority

pytestmark = pytest.mark.django_db


def walk(world: World, role: str = "owner", cursor: str = "", size: int = 100) -> list[dict[str, Any]]:
    """Every line from a cursor on, page by page."""
    found: list[dict[str, Any]] = []
    while True:
        answer = world.call(role).get("changes/", {"cursor": cursor, "page_size": size})
        assert answer.status_code == 200, answer.content
        page = answer.json()
        found += page["results"]
        assert not page["results"] or page["next_cursor"] == page["results"][-1]["cursor"]
        cursor = page["next_cursor"]
        if not page["has_more"]:
            return found


def told(lines: list[dict[str, Any]]) -> list[tuple[str, str, str]]:
    return [(line["type"], line["id"], line["action"]) for line in lines]


def latest(world: World, role: str = "owner") -> str:
    return str(world.call(role).get("changes/", {"cursor": "latest"}).json()["next_cursor"])


def check_in(world: World, value: int = 33) -> CheckIn:
    return record_check_in(
        key_result_id=world.key_result.pk, by=world.owner, at=NOW, value=Decimal(value), confidence=7
    ).check_in


class TestLines:
    def test_a_check_in_and_what_it_lifts(self, world: World) -> None:
        said = check_in(world)
        lines = walk(world)
        assert told(lines) == [
            ("check_in", str(said.pk), "create"),
            ("key_result", str(world.key_result.pk), "change"),
            ("objective", str(world.objective.pk), "change"),
            ("priority", str(world.priority.pk), "change"),
        ]
        assert lines[0]["by"] == {"id": str(world.owner.pk), "name": "Owner"}
        assert lines[0]["at"] == "2026-05-20T09:30:00.000Z"

    def test_a_tombstone_for_what_was_deleted(self, world: World) -> None:
        said = check_in(world)
        cursor = latest(world)
        delete_check_in(check_in=said, by=world.owner, at=NOW)
        delete_objective(objective=world.objective, by=world.owner, at=NOW)
        lines = told(walk(world, cursor=cursor))
        assert lines[0] == ("check_in", str(said.pk), "delete")
        assert ("objective", str(world.objective.pk), "delete") in lines
        assert {key for kind, key, action in lines if (kind, action) == ("key_result", "delete")} == {
            str(world.key_result.pk),
            str(world.milestones.pk),
        }

    def test_a_link_that_came_and_went(self, world: World) -> None:
        second = make_priority(world.organisation, title="Second", rank=2)
        link = create_link(child=world.objective, parent=second, by=world.owner, at=NOW)
        key = str(link.pk)
        delete_link(link=link, by=world.owner, at=NOW)
        lines = told(walk(world))
        assert [line for line in lines if line[0] == "alignment_link"] == [
            ("alignment_link", key, "create"),
            ("alignment_link", key, "delete"),
        ]
        assert lines.count(("priority", str(second.pk), "change")) == 2

    def test_teams_are_told_to_everybody(self, world: World) -> None:
        team = create_team(by=world.administrator, at=NOW, name="New team")
        assert ("team", str(team.pk), "create") in told(walk(world, "viewer"))


class TestPages:
    def test_the_size_of_pages_changes_nothing(self, world: World) -> None:
        for value in range(5):
            check_in(world, 32 + value)
        assert walk(world, size=1) == walk(world, size=3) == walk(world)
        assert len({line["cursor"] for line in walk(world)}) == len(walk(world))

    def test_a_row_can_be_gone_on_from(self, world: World) -> None:
        check_in(world)
        lines = walk(world)
        assert walk(world, cursor=lines[1]["cursor"]) == lines[2:]

    def test_nothing_new_leaves_the_cursor_and_the_tag(self, world: World) -> None:
        check_in(world)
        cursor = latest(world)
        answer = world.call("owner").get("changes/", {"cursor": cursor})
        assert answer.json() == {"results": [], "next_cursor": cursor, "has_more": False}
        again = world.call("owner").get(
            "changes/", {"cursor": cursor}, **{"If-None-Match": answer.headers["ETag"]}
        )
        assert again.status_code == 304

    def test_an_empty_feed_has_a_place_to_go_on_from(self, world: World) -> None:
        cursor = latest(world)
        check_in(world)
        assert len(walk(world, cursor=cursor)) == 4

    @pytest.mark.parametrize("cursor", ["x", "ä", "AAAA", "0" * 22, "WzAsIjEiXQ"])
    def test_a_cursor_of_somewhere_else(self, world: World, cursor: str) -> None:
        assert_problem(world.call("owner").get("changes/", {"cursor": cursor}), 400, "bad_page", "cursor")

    def test_a_cursor_of_another_organisation(self, world: World) -> None:
        check_in(world)
        assert_problem(
            world.call("outsider").get("changes/", {"cursor": latest(world)}), 400, "bad_page", "cursor"
        )

    def test_a_cursor_beyond_the_end_after_a_restore(self, world: World) -> None:
        ahead = seal(Place(9_999, 1), world.organisation.pk)
        assert_problem(world.call("owner").get("changes/", {"cursor": ahead}), 409, "cursor_gone")


class TestSight:
    def test_a_private_objective_leaves_no_trace(self, world: World) -> None:
        check_in(world)
        before = world.call("stranger").get("changes/")
        record_check_in(
            key_result_id=world.secret_key_result.pk,
            by=world.administrator,
            at=NOW,
            value=Decimal(3),
            confidence=5,
        )
        edit_objective(objective=world.secret, by=world.administrator, at=NOW, title="Another name")
        create_link(child=world.secret, parent=world.objective, by=world.administrator, at=NOW)
        world.secret.refresh_from_db()
        delete_objective(objective=world.secret, by=world.administrator, at=NOW)
        after = world.call("stranger").get("changes/")
        assert str(world.secret.pk) not in after.content.decode()
        own = str(world.secret.pk)
        assert ("objective", own, "delete") in told(walk(world, "administrator"))
        assert (before.content, before.headers["ETag"]) == (after.content, after.headers["ETag"])

    def test_what_an_unseen_objective_lifts_is_not_told(self, world: World) -> None:
        edit_objective(objective=world.secret, by=world.administrator, at=NOW, counts_when_private=True)
        world.secret.refresh_from_db()
        create_link(child=world.secret, parent=world.priority, by=world.administrator, at=NOW)
        said = {"by": world.administrator, "at": NOW, "value": Decimal(36), "confidence": 5}
        record_check_in(key_result_id=world.secret_key_result.pk, **said)
        assert walk(world, "stranger") == []
        assert ("priority", str(world.priority.pk), "change") in told(walk(world, "administrator"))

    def test_hidden_events_move_neither_tag_nor_cursor(self, world: World) -> None:
        check_in(world)
        address = {"cursor": latest(world, "stranger")}
        before = world.call("stranger").get("changes/", address)
        edit_objective(objective=world.secret, by=world.administrator, at=NOW, title="Another name")
        after = world.call("stranger").get("changes/", address)
        assert (before.content, before.headers["ETag"]) == (after.content, after.headers["ETag"])
        assert latest(world, "stranger") == address["cursor"]

    def test_what_is_taken_out_of_sight_ends(self, world: World) -> None:
        cursor = latest(world, "stranger")
        edit_objective(objective=world.objective, by=world.owner, at=NOW, visibility=Visibility.PRIVATE)
        world.objective.refresh_from_db()
        edit_objective(objective=world.objective, by=world.owner, at=NOW, title="Hidden words")
        mine = ("objective", str(world.objective.pk))
        assert told(walk(world, "stranger", cursor)) == [(*mine, "delete")]
        assert told(walk(world, "owner", cursor)) == [(*mine, "change"), (*mine, "change")]

    def test_an_owner_who_hands_a_private_one_over_sees_it_end(self, world: World) -> None:
        mine = make_objective(world.cycle, owner=world.stranger, visibility=Visibility.PRIVATE)
        cursor = latest(world, "stranger")
        edit_objective(objective=mine, by=world.administrator, at=NOW, owner=world.owner)
        assert told(walk(world, "stranger", cursor)) == [("objective", str(mine.pk), "delete")]
        assert walk(world, "team_mate", cursor) == []

    def test_drafts_of_priorities_are_for_leaders(self, world: World) -> None:
        draft = create_priority(by=world.leader, at=NOW, title="Not yet", state="draft")
        assert ("priority", str(draft.pk), "create") in told(walk(world, "leader"))
        assert str(draft.pk) not in str(walk(world, "owner"))

    def test_private_thanks_are_for_who_gave_and_received_them(self, world: World) -> None:
        given = give_thanks(
            objective=world.objective,
            receivers=[world.team_mate],
            text="For the maps",
            is_private=True,
            by=world.owner,
            at=NOW,
        )
        line = ("thanks", str(given.pk), "create")
        assert all(line in told(walk(world, role)) for role in ("owner", "team_mate"))
        assert line not in told(walk(world, "stranger"))

    def test_tombstones_outlive_what_they_are_of(self, world: World) -> None:
        private = create_objective(
            title="For us two", cycle=world.cycle, owner=world.owner, by=world.owner, at=NOW,
            visibility=Visibility.PRIVATE,
        )  # fmt: skip
        for row in (world.objective, private):
            delete_objective(objective=row, by=world.owner, at=NOW)
        while purge_deleted(at=NOW + KEPT_FOR * 2):
            pass
        assert not Objective.everything.filter(pk__in=[world.objective.pk, private.pk]).exists()
        ends = [one for one in told(walk(world, "owner")) if one[0] == "objective" and one[2] == "delete"]
        assert {key for _, key, _ in ends} == {str(world.objective.pk), str(private.pk)}
        assert str(private.pk) not in str(walk(world, "stranger"))
        assert str(world.objective.pk) in str(walk(world, "stranger"))

    def test_another_organisation_reads_its_own(self, world: World) -> None:
        check_in(world)
        assert walk(world, "outsider") == []


def test_statements_do_not_grow_with_rows(world: World) -> None:
    counts = []
    for many in (2, 30):
        for value in range(many):
            check_in(world, 31 + value % 7)
        walk(world)
        with CaptureQueriesContext(
            connection,
        ) as caught:
            world.call("stranger").get("changes/")
        counts.append(len(caught))
    assert counts[0] == counts[1] <= 13


def test_events_keep_their_places(world: World) -> None:
    check_in(world)
    walk(world)
    places = dict(Event.objects.values_list("pk", "position"))
    make_person(world.organisation)
    check_in(world, 34)
    walk(world)
    now = dict(Event.objects.values_list("pk", "position"))
    assert {key: now[key] for key in places} == places
    assert sorted(now.values()) == list(range(1, len(now) + 1))
