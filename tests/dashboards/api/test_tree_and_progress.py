"""The tree, the progress feed, histories and the caller's own account over REST."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from alignment.models import AlignmentLink, ProgressSnapshot
from tests.api_calls import assert_problem
from tests.api_world import World
from tests.factories import TODAY, make_cycle, make_link, make_objective, make_priority


def snapshot(world: World, kind: str, key: object, days_ago: int, progress: str) -> None:
    ProgressSnapshot.objects.create(
        organisation=world.organisation,
        cycle=world.cycle,
        subject_type=kind,
        subject_id=key,
        on=TODAY - timedelta(days=days_ago),
        progress=Decimal(progress),
    )


class TestMe:
    def test_with_a_token(self, world: World) -> None:
        me = world.call("owner", scopes=("read",)).get("me/").json()
        assert (me["name"], me["role"], me["today"]) == ("Owner", "member", "2026-05-20")
        assert me["teams"] == [{"id": str(world.team.pk), "name": "Store"}]
        assert me["token"]["scopes"] == ["read"]
        assert me["organisation"]["id"] == str(world.organisation.pk)


class TestTree:
    def test_everything_in_one_call(self, world: World) -> None:
        tree = world.call("owner").get("tree/", {"cycle": str(world.cycle.pk)}).json()
        assert [row["title"] for row in tree["priorities"]] == ["People come back"]
        assert [row["title"] for row in tree["objectives"]] == ["Customers come back on their own"]
        assert {row["title"] for row in tree["key_results"]} == {"Repeat share", "Programme"}
        assert [row["id"] for row in tree["links"]] == [str(world.link.pk)]
        assert (tree["unaligned_objective_ids"], tree["empty_priority_ids"]) == ([], [])

    def test_gaps(self, world: World) -> None:
        empty = make_priority(world.organisation, title="Nobody yet", rank=2)
        lonely = make_objective(world.cycle, title="Lonely")
        make_objective(world.cycle, title="Steady", keeps_us_running="The law asks for it")
        world.rebuild()
        tree = world.call("owner").get("tree/").json()
        assert tree["unaligned_objective_ids"] == [str(lonely.pk)]
        assert tree["empty_priority_ids"] == [str(empty.pk)]

    def test_what_it_leads_to_in_another_cycle(self, world: World) -> None:
        year = make_cycle(world.organisation, name="2026", starts_on=TODAY, ends_on=None)
        above = make_objective(year, title="Of the year")
        make_link(world.objective, above)
        tree = world.call("owner").get("tree/", {"cycle": str(world.cycle.pk)}).json()
        assert str(above.pk) in [row["id"] for row in tree["objectives"]]
        assert len(tree["links"]) == 2

    def test_the_cycle_that_runs_is_taken(self, world: World) -> None:
        make_cycle(world.organisation, name="Later", state="planning")
        assert world.call("owner").get("tree/").json()["cycle"]["name"] == "Q2 2026"


class TestProgress:
    def test_every_level(self, world: World) -> None:
        caller = world.call("owner")
        caller.post(f"key-results/{world.key_result.pk}/check-ins/", {"value": 50, "confidence": 8})
        for kind, key in (
            ("organisation", world.organisation.pk),
            ("priority", world.priority.pk),
            ("team", world.team.pk),
        ):
            snapshot(world, kind, key, 9, "0.1")
            snapshot(world, kind, key, 3, "0.2")
        feed = caller.get("progress/", {"cycle": str(world.cycle.pk)}).json()
        assert (feed["as_of"], feed["elapsed"]) == ("2026-05-20", 0.5495)
        for row in (feed["organisation"], feed["priorities"][0], feed["teams"][0]):
            assert (row["progress"], row["change_7d"], row["confidence_mean"]) == (0.25, 0.15, 8)
            assert (row["objective_count"], row["key_result_count"], row["stale_count"]) == (1, 2, 0)
            assert sum(row["status_counts"].values()) == 1

    def test_what_is_private_counts_for_nobody(self, world: World) -> None:
        AlignmentLink.objects.create(
            organisation=world.organisation, child=world.secret, priority=world.priority, kind="contributes"
        )
        world.rebuild()
        rows = [world.call(role).get("progress/").content for role in ("administrator", "stranger")]
        assert rows[0] == rows[1]
        assert world.call("administrator").get("progress/").json()["organisation"]["objective_count"] == 1

    def test_quiet_key_results(self, world: World) -> None:
        world.key_result.due_until = TODAY - timedelta(days=1)
        world.key_result.save()
        assert world.call("owner").get("progress/").json()["teams"][0]["stale_count"] == 1


class TestHistory:
    def test_days_and_today(self, world: World) -> None:
        for days in (9, 8, 1):
            snapshot(world, "objective", world.objective.pk, days, f"0.{9 - days}")
        path = f"progress/history/?objective={world.objective.pk}"
        points = world.call("owner").get(path).json()["points"]
        assert [point["on"] for point in points] == ["2026-05-11", "2026-05-12", "2026-05-19", "2026-05-20"]
        weekly = world.call("owner").get(f"{path}&interval=week").json()["points"]
        assert [point["on"] for point in weekly] == ["2026-05-12", "2026-05-19", "2026-05-20"]

    @pytest.mark.parametrize("subject", ["priority", "team"])
    def test_subjects(self, world: World, subject: str) -> None:
        path = f"progress/history/?{subject}={getattr(world, subject).pk}"
        assert world.call("owner").get(path).json()["points"][-1]["progress"] == 0

    def test_only_one_subject(self, world: World) -> None:
        path = f"progress/history/?team={world.team.pk}&priority={world.priority.pk}"
        assert_problem(world.call("owner").get(path), 422, "invalid", "team")

    def test_the_organisation(self, world: World) -> None:
        snapshot(world, "organisation", world.organisation.pk, 1, "0.1")
        points = world.call("owner").get("progress/history/").json()["points"]
        assert [point["progress"] for point in points] == [0.1, 0]


def test_a_priority_explains_itself(world: World) -> None:
    caller = world.call("owner")
    caller.post(f"key-results/{world.key_result.pk}/check-ins/", {"value": 50, "confidence": 8})
    why = caller.get(f"priorities/{world.priority.pk}/explain/", {"cycle": str(world.cycle.pk)}).json()
    assert why["value"] == 0.25
    assert [part["id"] for part in why["parts"]] == [str(world.objective.pk)]
