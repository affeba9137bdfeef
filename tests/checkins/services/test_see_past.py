"""Whatever is written, an evening looked at later is the evening as it was (one real service call after another)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from alignment.models import AlignmentLink, PriorityProgress, StrategicPriority
from checkins.models import CheckIn
from checkins.services.keep_lives import keep_all_lives
from checkins.services.rebuild_numbers import turn_day
from checkins.services.see_past import evening_of, seen_as_of
from common.days import day_in
from objectives.models import Cycle, KeyResult, Milestone, Objective, PlannedValue
from people.models import Organisation
from tests.checkins.services import random_writes as writes
from tests.checkins.services.random_writes import World
from tests.checkins.services.test_fuzz_numbers import ACTIONS

pytestmark = pytest.mark.django_db
PEOPLES = {writes.move_clock, writes.merge_placeholder}
"""People, their teams and the zone are today's at any time. Letting go happens a month later, not on an evening."""
WRITES = [action for action in ACTIONS if action not in PEOPLES and action is not writes.let_go]
PASSING = {"updated_at", "version"}


def state_of(world: World) -> dict[str, Any]:
    """Every row that is there, with all its columns; what the numbers of priorities are stored under is a detail."""
    state: dict[str, Any] = {}
    there = {"deleted_at": None, "objective__deleted_at": None}
    within = {"key_result__deleted_at": None, "key_result__objective__deleted_at": None}
    for model, more in (
        (Cycle, {}), (StrategicPriority, {}), (Objective, {}), (KeyResult, there), (AlignmentLink, {}), (CheckIn, within),
    ):  # fmt: skip
        for row in model.objects.filter(organisation=world.organisation, **more):
            state[f"{model.__name__} {row.pk}"] = columns_of(row)
    parts = {"key_result__organisation": world.organisation, **within}
    for model in (Milestone, PlannedValue):
        for row in model.objects.filter(**parts):
            state[f"{model.__name__} {row.pk}"] = columns_of(row)
    standings = PriorityProgress.objects.filter(priority__organisation=world.organisation)
    for row in standings.filter(objective_count__gt=0):  # an empty one stays behind where something was once
        state[f"Standing {row.priority_id} {row.cycle_id}"] = columns_of(row) | {"id": None}
    return state


def columns_of(row: Any) -> dict[str, Any]:
    return {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if field.attname not in PASSING
    }


def differences(then: dict[str, Any], seen: dict[str, Any]) -> list[Any]:
    found: list[Any] = [("only then", key) for key in then.keys() - seen.keys()]
    found += [("only seen", key, seen[key]) for key in seen.keys() - then.keys()]
    for key in then.keys() & seen.keys():
        found += [
            (key, name, value, seen[key][name])
            for name, value in then[key].items()
            if seen[key][name] != value
        ]
    return found


def live(seed: int, *, days: int, steps: int) -> None:
    world = writes.make_world(seed)
    for model in (Cycle, StrategicPriority, Organisation):  # made by factories, without a service
        model.objects.update(created_at=world.at - timedelta(days=90))
    keep_all_lives(
        world.organisation,
        only=set(Cycle.objects.values_list("pk", flat=True))
        | set(StrategicPriority.objects.values_list("pk", flat=True)),
    )
    evenings: dict[date, dict[str, Any]] = {}
    for _ in range(days):
        for _ in range(steps):
            world.at += timedelta(minutes=world.dice.choice((1, 20)))
            writes.attempt(world, world.dice.choice(WRITES))
        today = day_in(world.organisation.time_zone, world.at)
        evenings[today] = state_of(world)
        world.at = (world.at + timedelta(days=1)).replace(hour=8)
        world.organisation.refresh_from_db()
        turn_day(organisation=world.organisation, today=day_in(world.organisation.time_zone, world.at))
    for day, then in evenings.items():
        for _look in ("first", "second"):
            world.organisation.refresh_from_db()
            with seen_as_of(organisation=world.organisation, day=day, viewer=None, now=world.at):
                seen = state_of(world)
            assert differences(then, seen) == [], (day, evening_of(world.organisation, day), world.steps)


@pytest.mark.parametrize("seed", range(3))
def test_an_evening_looked_at_later_is_the_evening_as_it_was(seed: int) -> None:
    live(seed, days=5, steps=8)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3, 15))
def test_for_longer(seed: int) -> None:
    live(seed, days=10, steps=14)
