"""What changed since a moment: by priority, folded, for one reader."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from activity.services import record_event
from alignment.models import StrategicPriority
from alignment.services import activate_priority, create_link, create_priority, delete_link, edit_priority
from checkins.models import Review
from checkins.queries.changed_since import SinceKind, changed_since
from checkins.queries.what_changed import ChangedObjective, WhatChanged, what_changed
from checkins.rules.folded_changes import ChangeKind
from checkins.services.record_check_in import record_check_in
from objectives.models import KeyResult, Objective
from objectives.rules.kinds import Visibility
from objectives.services import edit_key_result, edit_objective, pause_objective
from people.models import Team, User
from people.roles import Role
from tests.factories import (
    NOW,
    make_cycle,
    make_key_result,
    make_link,
    make_objective,
    make_organisation,
    make_person,
    make_priority,
    make_team,
)

pytestmark = pytest.mark.django_db
SINCE = NOW - timedelta(days=7)
LATER = NOW + timedelta(hours=1)


@dataclass
class World:
    administrator: User
    leader: User
    owner: User
    stranger: User
    team: Team
    priority: StrategicPriority
    objective: Objective
    key_result: KeyResult
    alone: Objective


@pytest.fixture
def world() -> World:
    organisation = make_organisation()
    owner = make_person(organisation, name="Leila")
    team = make_team(organisation, members=[owner], name="Store")
    cycle = make_cycle(organisation)
    priority = make_priority(organisation, title="People come back")
    objective = make_objective(cycle, owner=owner, team=team, title="Maps that are right")
    make_link(objective, priority)
    return World(
        administrator=make_person(organisation, role=Role.ADMINISTRATOR, name="Ada"),
        leader=make_person(organisation, role=Role.LEADER, name="Maren"),
        owner=owner,
        stranger=make_person(organisation, name="Stranger"),
        team=team,
        priority=priority,
        objective=objective,
        key_result=make_key_result(objective, owner=owner, title="Repeat share"),
        alone=make_objective(cycle, owner=owner, title="Leads nowhere"),
    )


def say(world: World, value: int, at: datetime = NOW, note: str = "") -> None:
    record_check_in(
        key_result_id=world.key_result.pk,
        by=world.owner,
        at=at,
        value=Decimal(value),
        confidence=6,
        note=note,
    )


def only(page: WhatChanged) -> ChangedObjective:
    (priority,) = page.priorities
    (objective,) = priority.objectives
    return objective


def lines(page: WhatChanged) -> list[tuple[str, str, object, object]]:
    return [
        (thing.title, change.field, change.before, change.after)
        for priority in page.priorities
        for objective in priority.objectives
        for thing in objective.things
        for change in thing.changes
    ]


class TestWhatIsTold:
    def test_a_value_from_first_to_last(self, world: World) -> None:
        say(world, 32, NOW - timedelta(days=20))
        for value, hours in ((33, 0), (34, 1), (36, 2)):
            say(world, value, NOW + timedelta(hours=hours), note=f"{value} now")
        page = what_changed(world.stranger, since=SINCE)
        (change,) = only(page).things[0].changes
        assert (change.kind, change.before, change.after, change.times) == (ChangeKind.VALUE, "32", "36", 3)
        assert (change.by, change.why) == ("Leila", "36 now")

    def test_wording_target_owner_state_and_link(self, world: World) -> None:
        edit_objective(objective=world.objective, by=world.owner, at=NOW, title="Maps that are true")
        edit_key_result(key_result=world.key_result, by=world.owner, at=NOW, target_value=Decimal(40))
        world.objective.refresh_from_db()
        edit_objective(objective=world.objective, by=world.administrator, at=NOW, owner=world.leader)
        world.objective.refresh_from_db()
        pause_objective(objective=world.objective, by=world.administrator, at=NOW, reason="No planners")
        create_link(child=world.alone, parent=world.priority, by=world.owner, at=NOW)
        page = what_changed(world.stranger, since=SINCE)
        told = lines(page)
        assert ("Maps that are true", "title", "Maps that are right", "Maps that are true") in told
        assert ("Repeat share", "target_value", "100", "40") in told
        assert ("People come back", "new", None, None) in told
        states = [
            one for one in only_objective(page, world.objective).things[0].changes if one.field == "state"
        ]
        assert [(one.before, one.after, one.why) for one in states] == [("active", "paused", "No planners")]
        owners = [
            one for one in only_objective(page, world.objective).things[0].changes if one.field == "owner"
        ]
        assert owners[0].after["name"] == "Maren"

    def test_a_priority_and_what_leads_nowhere(self, world: World) -> None:
        record_event(
            verb="priority.edited",
            subject=world.priority,
            organisation_id=world.priority.organisation_id,
            by=world.leader,
            at=NOW,
            payload={"changes": {"title": ["People come", "People come back"]}},
        )
        edit_objective(objective=world.alone, by=world.owner, at=NOW, why="Because")
        first, last = what_changed(world.stranger, since=SINCE).priorities
        assert (first.id, [one.before for one in first.changes]) == (world.priority.pk, ["People come"])
        assert last.id is None
        assert [one.id for one in last.objectives] == [world.alone.pk]

    def test_a_draft_is_new_to_members_when_it_begins(self, world: World) -> None:
        draft = create_priority(by=world.leader, at=NOW, title="Not yet", state="draft")
        row = world.priority.organisation.priorities.get(pk=draft.pk)
        edit_priority(priority=row, by=world.leader, at=NOW, title="Secret words")
        assert what_changed(world.stranger, since=SINCE).priorities == ()
        activate_priority(priority=row, by=world.leader, at=LATER)
        (part,) = what_changed(world.stranger, since=SINCE).priorities
        assert [(one.kind, one.at) for one in part.changes] == [(ChangeKind.NEW, LATER)]
        (part,) = what_changed(world.leader, since=SINCE).priorities
        assert [(one.kind, one.at) for one in part.changes] == [(ChangeKind.NEW, NOW)]

    def test_a_link_that_was_taken_away(self, world: World) -> None:
        link = make_link(world.alone, world.priority)
        delete_link(link=link, by=world.owner, at=NOW)
        assert ("People come back", "gone", None, None) in lines(what_changed(world.stranger, since=SINCE))

    def test_nothing_before_the_moment_and_nothing_that_came_back(self, world: World) -> None:
        say(world, 33, SINCE - timedelta(days=1))
        edit_objective(objective=world.alone, by=world.owner, at=NOW, title="Other")
        world.alone.refresh_from_db()
        edit_objective(objective=world.alone, by=world.owner, at=LATER, title="Leads nowhere")
        page = what_changed(world.stranger, since=SINCE)
        assert (page.priorities, page.objective_count, page.next_after) == ((), 0, None)


def only_objective(page: WhatChanged, row: Objective) -> ChangedObjective:
    return next(one for part in page.priorities for one in part.objectives if one.id == row.pk)


class TestNarrowed:
    def test_by_team_and_by_priority(self, world: World) -> None:
        say(world, 33)
        edit_objective(objective=world.alone, by=world.owner, at=NOW, title="Other")
        ids = [world.objective.pk, world.alone.pk]
        assert [row.pk for row in (world.objective,)] == [
            only(what_changed(world.stranger, since=SINCE, team_ids=[world.team.pk])).id
        ]
        assert only(what_changed(world.stranger, since=SINCE, priority_id=world.priority.pk)).id == ids[0]
        assert what_changed(world.stranger, since=SINCE).objective_count == 2

    def test_pages(self, world: World) -> None:
        for place in range(5):
            row = make_objective(world.alone.cycle, owner=world.owner, title=f"Row {place}")
            edit_objective(objective=row, by=world.owner, at=NOW, why=f"Because of {place}")
        seen, after = [], None
        while True:
            page = what_changed(world.stranger, since=SINCE, after=after, size=2)
            seen += [one.title for part in page.priorities for one in part.objectives]
            after = page.next_after
            if after is None:
                break
        assert seen == [f"Row {place}" for place in range(5)]

    def test_what_is_private_is_for_those_who_see_it(self, world: World) -> None:
        edit_objective(objective=world.objective, by=world.owner, at=NOW, visibility=Visibility.PRIVATE)
        say(world, 33)
        assert what_changed(world.stranger, since=SINCE).objective_count == 0
        assert what_changed(world.owner, since=SINCE).objective_count == 1


@pytest.mark.parametrize("many", [1, 12])
def test_statements_do_not_grow(world: World, many: int) -> None:
    for place in range(many):
        row = make_objective(world.alone.cycle, owner=world.owner, title=f"Row {place}")
        result = make_key_result(row, owner=world.owner)
        create_link(child=row, parent=world.priority, by=world.owner, at=NOW)
        record_check_in(key_result_id=result.pk, by=world.owner, at=NOW, value=Decimal(33), confidence=6)
    with CaptureQueriesContext(connection) as caught:
        what_changed(world.leader, since=SINCE)
    assert len(caught) == 9


class TestSince:
    def test_a_day_begins_in_the_zone_of_the_organisation(self, world: World) -> None:
        world.owner.organisation.time_zone = "Europe/Brussels"
        since = changed_since(world.owner, date(2026, 5, 1), at=NOW)
        assert (since.kind, since.at.isoformat()) == (SinceKind.DAY, "2026-05-01T00:00:00+02:00")

    def test_the_last_review_of_a_team_and_of_ones_own(self, world: World) -> None:
        assert changed_since(world.owner, SinceKind.LAST_REVIEW, at=NOW).is_found is False
        ended = NOW - timedelta(days=3)
        Review.objects.create(
            organisation=world.team.organisation,
            team=world.team,
            started_at=ended,
            since=ended,
            ended_at=ended,
        )
        assert changed_since(world.owner, SinceKind.LAST_REVIEW, at=NOW).at == ended
        assert changed_since(world.stranger, SinceKind.LAST_REVIEW, at=NOW, team_id=world.team.pk).at == ended
        assert changed_since(world.stranger, SinceKind.LAST_REVIEW, at=NOW).at == NOW - timedelta(days=7)
