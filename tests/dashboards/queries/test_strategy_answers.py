"""What the strategy page counts is what plain loops over every row count, on organisations made by dice."""

from __future__ import annotations

import random
from collections import deque
from datetime import timedelta
from decimal import Decimal

import pytest

from alignment.models import AlignmentLink, StrategicPriority
from checkins.services.rebuild_numbers import rebuild_numbers
from dashboards.queries.gaps import COUNTED_STATES, GAP_STATES, gap_rows, leading_to
from dashboards.queries.strategy import strategy_rows
from objectives.models import KeyResult, Objective
from objectives.rules.kinds import KeyResultState, ObjectiveState, Status, Visibility
from people.roles import Role
from tests.factories import (
    NOW,
    TODAY,
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
SEEDS = range(8)
TROUBLE = (Status.OFF_TRACK, Status.AT_RISK)


class World:
    """An organisation with about forty objectives in three cycles, one inside another."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self.organisation = make_organisation()
        self.reader = make_person(self.organisation, role=Role.LEADER)
        self.gone = make_person(self.organisation, is_active=False)
        self.teams = [make_team(self.organisation, name=name) for name in ("Depot", "Shop", "Café")]
        self.year = make_cycle(self.organisation, name="Year")
        self.cycle = make_cycle(self.organisation, name="Quarter", parent=self.year)
        self.cycles = [self.cycle, self.cycle, self.year, make_cycle(self.organisation, name="Other")]
        states = ("active", "active", "draft", "retired")
        self.priorities = [
            make_priority(self.organisation, title=f"P{n}", rank=n, state=self.dice.choice(states))
            for n in range(1, 6)
        ]
        self.objectives: list[Objective] = []
        self.key_results: list[KeyResult] = []
        for number in range(40):
            self._add(number)
        rebuild_numbers(organisation=self.organisation, today=TODAY)
        self._trouble()

    def _add(self, number: int) -> None:
        dice = self.dice
        made = make_objective(
            dice.choice(self.cycles),
            title=f"O{number}",
            owner=dice.choice((self.reader, self.reader, self.gone, None)),
            owner_label=dice.choice(("", "VP Something")),
            team=dice.choice((*self.teams, None)),
            state=dice.choice((ObjectiveState.ACTIVE, ObjectiveState.ACTIVE, *ObjectiveState)),
            visibility=dice.choice((Visibility.ORGANISATION,) * 4 + tuple(Visibility)),
            counts_when_private=dice.random() < 0.3,
            keeps_us_running=dice.choice(("", "", "People are paid on time")),
            position=dice.randrange(4),
            deleted_at=NOW if dice.random() < 0.1 else None,
        )
        for parent in self._parents():
            state = dice.choice(("active", "active", "requested", "accepted", "declined"))
            make_link(made, parent, state=state, kind=dice.choice(("contributes", "contributes", "supports")))
        self.objectives.append(made)
        for _ in range(dice.choice((0, 1, 2))):
            state = dice.choice((KeyResultState.ACTIVE, *KeyResultState))
            gone = NOW if dice.random() < 0.1 else None
            self.key_results.append(make_key_result(made, state=state, deleted_at=gone))

    def _parents(self) -> set[StrategicPriority | Objective | KeyResult]:
        kinds = [self.priorities[:2], self.priorities, self.objectives, self.objectives, self.key_results]
        wanted = [self.dice.choice(kinds) for _ in range(self.dice.choice((0, 1, 1, 2)))]
        return {self.dice.choice(rows) for rows in wanted if rows}

    def _trouble(self) -> None:
        """Days and estimates that stand apart, so that their order says something."""
        for number, row in enumerate(KeyResult.everything.filter(organisation=self.organisation)):
            KeyResult.everything.filter(pk=row.pk).update(
                status=self.dice.choice((Status.OFF_TRACK, Status.AT_RISK, Status.ON_TRACK)),
                forecast_mean=self.dice.choice((None, Decimal("0.4"))),
                forecast_low=Decimal("0.3"),
                forecast_high=Decimal("0.5"),
                forecast_chance=Decimal(number) / 1000,
                due_until=TODAY - timedelta(days=self.dice.choice((-1, 1))),
                last_heard_on=TODAY - timedelta(days=number),
            )


def plain_leading_to(world: World) -> dict:
    """Every link loaded and followed from the priorities downwards, nearest first."""
    links = AlignmentLink.objects.filter(organisation=world.organisation).exclude(state="declined")
    links = links.select_related("priority", "objective", "key_result__objective").order_by(
        "priority__rank", "priority_id", "created_at", "pk"
    )
    found, children = {}, {}
    for link in links:
        above = link.objective or (link.key_result and link.key_result.objective)
        if link.priority:
            if link.priority.state == "active":
                found.setdefault(link.child_id, link.priority_id)
        elif is_counted(above):
            children.setdefault(above.pk, []).append(link.child_id)
    waiting = deque(found)
    while waiting:
        parent = waiting.popleft()
        for child in children.get(parent, ()):
            if child not in found:
                found[child] = found[parent]
                waiting.append(child)
    return found


def is_counted(objective: Objective) -> bool:
    is_told = objective.visibility == Visibility.ORGANISATION or objective.counts_when_private
    return objective.deleted_at is None and is_told


@pytest.fixture(params=SEEDS)
def world(request):
    return World(request.param)


def test_what_leads_where(world):
    assert leading_to(world.organisation.pk) == plain_leading_to(world)


@pytest.mark.parametrize("knows_leads", [True, False])
def test_gaps(world, knows_leads):
    leads = plain_leading_to(world)
    opened = [
        row
        for row in Objective.objects.filter(cycle=world.cycle).select_related("owner", "team")
        if row.state in GAP_STATES and row.visibility == Visibility.ORGANISATION
    ]
    without = {row.pk for row in opened if row.pk not in leads}
    running = {row.pk for row in opened if row.keeps_us_running}
    standing = KeyResult.objects.exclude(state=KeyResultState.CANCELLED).values_list(
        "objective_id", flat=True
    )
    found = gap_rows(
        world.reader, world.cycle, leads=leading_to(world.organisation.pk) if knows_leads else None
    )
    assert found.objective_count == len(opened)
    assert found.aligned_count == len(opened) - len(without)
    assert {row.id for row in found.without_priority} == without - running
    assert {row.id for row in found.keeping_us_running} == without & running
    assert {row.id for row in found.without_key_results} == {row.pk for row in opened} - set(standing)
    assert {row.id for row in found.without_owner} == {
        row.pk for row in opened if not (row.owner.is_active if row.owner else row.owner_label)
    }
    places = {row.pk: (row.team is None, row.team.name if row.team else "", row.position) for row in opened}
    teamed = [places[row.id] for row in found.rows if row.team]
    assert teamed == sorted(teamed)


def test_priorities_and_their_teams(world):
    rows = strategy_rows(world.reader, world.year, today=TODAY)
    for row in (*rows.priorities, *rows.drafts):
        links = AlignmentLink.objects.filter(priority_id=row.id, kind="contributes", state="active")
        below = [link.child for link in links.select_related("child")]
        inside = [one for one in below if one.cycle_id in (world.year.pk, world.cycle.pk) and is_counted(one)]
        teams = {one.team_id for one in inside if one.state in COUNTED_STATES and one.team_id}
        assert row.team_count == len(teams)
    assert [row.title for row in rows.priorities] == [
        p.title for p in world.priorities if p.state == "active"
    ]
    assert [row.title for row in rows.drafts] == [p.title for p in world.priorities if p.state == "draft"]


def test_key_results_that_may_end_short_or_are_quiet(world):
    opened = [
        row
        for row in KeyResult.objects.filter(objective__cycle=world.cycle).select_related("objective")
        if row.state == KeyResultState.ACTIVE
        and row.objective.state == ObjectiveState.ACTIVE
        and row.objective.visibility == Visibility.ORGANISATION
        and row.objective.deleted_at is None
    ]
    missed = sorted(
        (row for row in opened if row.status in TROUBLE and row.forecast_mean is not None),
        key=lambda row: row.forecast_chance,
    )
    quiet = sorted((row for row in opened if row.due_until < TODAY), key=lambda row: row.last_heard_on)
    rows = strategy_rows(world.reader, world.cycle, today=TODAY)
    assert (rows.miss_count, rows.quiet_count) == (len(missed), len(quiet))
    assert [row.objective_id for row in rows.misses] == [row.objective_id for row in missed[:6]]
    assert [row.objective_id for row in rows.quiet] == [row.objective_id for row in quiet[:6]]
