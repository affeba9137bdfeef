"""People and teams over REST."""

from __future__ import annotations

from typing import Any

import pytest

from people.models import ApiToken, Team
from tests.api_calls import assert_problem, call_as
from tests.api_world import World


class TestPeople:
    def test_adding(self, world: World) -> None:
        caller = world.call("administrator")
        made = caller.post("people/", {"name": "Ada", "email": "Ada@Example.com", "role": "leader"})
        row = made.json()
        assert (made.status_code, row["email"], row["role"]) == (201, "ada@example.com", "leader")
        assert (row["teams"], row["is_active"], row["time_zone"]) == ([], True, "UTC")
        placeholder = caller.post("people/", {"name": "Somebody", "external_id": "hr-7"}).json()
        assert (placeholder["email"], placeholder["external_id"]) == (None, "hr-7")

    @pytest.mark.parametrize(
        ("body", "field"),
        [
            ({}, "name"),
            ({"name": "A", "email": "nonsense"}, "email"),
            ({"name": "A", "role": "queen"}, "role"),
            ({"name": "A", "is_active": False}, "is_active"),
        ],
    )
    def test_bad_input(self, world: World, body: dict[str, Any], field: str) -> None:
        assert_problem(world.call("administrator").post("people/", body), 422, "invalid", field)

    def test_an_email_that_is_taken(self, world: World) -> None:
        body = {"name": "A", "email": world.outsider.email}
        assert_problem(world.call("administrator").post("people/", body), 422, "invalid", "email")

    def test_leaving_ends_tokens_at_once(self, world: World) -> None:
        owner, caller = world.call("owner"), world.call("administrator")
        path = f"people/{world.owner.pk}/"
        assert caller.patch(path, {"is_active": False}).json()["is_active"] is False
        assert_problem(owner.get("me/"), 401, "bad_token")
        assert not ApiToken.objects.filter(user=world.owner, revoked_at__isnull=True).exists()
        assert caller.patch(path, {"is_active": True, "name": "Back"}).json()["name"] == "Back"
        assert call_as(world.owner).get("me/").status_code == 200

    def test_the_last_administrator_stays(self, world: World) -> None:
        path = f"people/{world.administrator.pk}/"
        answer = world.call("administrator").patch(path, {"role": "member"})
        assert_problem(answer, 409, "last_administrator")

    def test_filters(self, world: World) -> None:
        caller = world.call("viewer")
        names = [row["name"] for row in caller.get(f"people/?team={world.team.pk}").json()["results"]]
        assert names == ["Owner", "Team mate"]
        assert len(caller.get("people/?role=viewer&search=view&is_active=true").json()["results"]) == 1


class TestTeams:
    def test_creating_and_changing(self, world: World) -> None:
        caller = world.call("administrator")
        body = {
            "name": "Data",
            "parent_id": str(world.team.pk),
            "lead_id": str(world.owner.pk),
            "member_ids": [str(world.stranger.pk)],
        }
        made = caller.post("teams/", body)
        row = made.json()
        assert made.status_code == 201
        assert {name: row[name] for name in body} == body
        path = f"teams/{row['id']}/"
        assert caller.patch(path, {"member_ids": []}).json()["member_ids"] == []
        assert caller.patch(path, {"is_archived": True}).json()["is_archived"] is True
        inside = caller.patch(f"teams/{world.team.pk}/", {"parent_id": row["id"]})
        assert inside.status_code in (409, 422)

    def test_its_lead_chooses_the_members_and_nothing_else(self, world: World) -> None:
        lead = world.team_mate
        Team.objects.filter(pk=world.team.pk).update(lead=lead)
        path = f"teams/{world.team.pk}/"
        writes = call_as(lead, scopes=("read", "write"))
        members = [str(lead.pk), str(world.stranger.pk)]
        changed = writes.patch(path, {"member_ids": members})
        assert (changed.status_code, sorted(changed.json()["member_ids"])) == (200, sorted(members))
        assert_problem(writes.patch(path, {"member_ids": members, "name": "Mine"}), 403, "scope_missing")
        everything = call_as(lead, scopes=("read", "write", "admin"))
        assert everything.patch(path, {"member_ids": members, "name": "Mine"}).status_code == 403
        reads = call_as(lead, scopes=("read",))
        assert_problem(reads.patch(path, {"member_ids": []}), 403, "scope_missing")
        mate = call_as(world.stranger, scopes=("read", "write", "admin"))
        assert mate.patch(path, {"member_ids": []}).status_code == 403
        administrator = call_as(world.administrator, scopes=("read", "write"))
        assert_problem(administrator.patch(path, {"member_ids": []}), 403, "scope_missing")

    def test_a_member_from_elsewhere(self, world: World) -> None:
        body = {"name": "Data", "member_ids": [str(world.owner.pk), str(world.outsider.pk)]}
        assert_problem(world.call("administrator").post("teams/", body), 422, "invalid", "member_ids.1")

    def test_a_name_that_is_taken(self, world: World) -> None:
        assert_problem(world.call("administrator").post("teams/", {"name": "Store"}), 422, "invalid", "name")


@pytest.mark.parametrize("kind", ["people", "teams"])
def test_the_id_in_another_system_can_be_given_later_changed_and_taken_away(world: World, kind: str) -> None:
    caller = world.call("administrator")
    first = caller.post(f"{kind}/", {"name": "One"}).json()
    second = caller.post(f"{kind}/", {"name": "Two", "external_id": "hr-2"}).json()
    path = f"{kind}/{first['id']}/"
    for _ in range(2):
        assert caller.patch(path, {"external_id": "hr-1"}).json()["external_id"] == "hr-1"
    assert_problem(caller.patch(path, {"external_id": "hr-2"}), 422, "invalid", "external_id")
    assert caller.patch(f"{kind}/{second['id']}/", {"external_id": None}).json()["external_id"] is None
    assert caller.patch(path, {"external_id": "hr-2"}).json()["external_id"] == "hr-2"
