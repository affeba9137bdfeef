"""Random sequences of every kind of write leave every stored number exactly what the check-ins say.

Each step is one real service call by an administrator; refusals are part of life. Every few steps all numbers are
recomputed from the check-ins up and compared; at the end every explanation adds up. A failure names its last steps.
"""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction

from alignment.models import PriorityProgress
from alignment.queries.explain import explain_key_result, explain_objective, explain_priority
from checkins.models import CheckIn
from checkins.services.find_drift import find_drift
from checkins.services.rebuild_numbers import rebuild_numbers, turn_day
from common.days import day_in
from objectives.models import KeyResult, Milestone, Objective
from objectives.rules.kinds import ObjectiveState, ValueSource
from tests.checkins.services import random_writes as writes
from tests.checkins.services.random_writes import World
from tests.factories import TODAY

pytestmark = pytest.mark.django_db
CHECKED_EVERY = 4
MOMENT_FIELDS = ("previous_value", "progress", "raw_progress", "status")

OFTEN = (writes.check_in, writes.check_in, writes.change_key_result, writes.change_objective, writes.add_link)
ACTIONS = (
    *(
        *OFTEN,
        *OFTEN,
        writes.change_link,
        writes.drop_link,
        writes.change_check_in,
        writes.change_check_in,
        writes.drop_check_in,
    ),
    *(
        writes.bring_back_check_in,
        writes.add_objective,
        writes.add_key_result,
        writes.move_objective_on,
        writes.move_objective_on,
        writes.stop_objective,
    ),
    *(
        writes.drop_or_bring_back_objective,
        writes.drop_or_bring_back_key_result,
        writes.move_key_result_on,
        writes.stop_key_result,
    ),
    *(
        writes.skip_or_undo,
        writes.change_cycle,
        writes.change_cycle,
        writes.move_cycle_on,
        writes.move_priority_on,
        writes.learn,
        writes.let_go,
        writes.move_clock,
        writes.merge_placeholder,
    ),
)


def step_on(world: World) -> None:
    """Time passes, a day is turned as a first request would turn it, and something is done."""
    world.at += timedelta(hours=world.dice.choice((0, 1, 5, 20)))
    world.organisation.refresh_from_db()
    turn_day(organisation=world.organisation, today=day_in(world.organisation.time_zone, world.at))
    writes.attempt(world, world.dice.choice(ACTIONS))


def history_of(world: World) -> dict[Any, Any]:
    """The stored copies that `find_drift` does not look at: what each check-in left behind, and steps done."""
    check_ins = CheckIn.objects.filter(organisation=world.organisation).values_list("pk", *MOMENT_FIELDS)
    steps = Milestone.objects.filter(key_result__organisation=world.organisation).values_list("pk", "done_on")
    return {pk: values for pk, *values in check_ins} | dict(steps)


def drift_of(world: World) -> list[Any]:
    world.organisation.refresh_from_db()
    today = world.organisation.expected_on or TODAY
    drift: list[Any] = list(find_drift(organisation=world.organisation, today=today))
    with transaction.atomic():
        before = history_of(world)
        rebuild_numbers(organisation=world.organisation, today=today)
        after = history_of(world)
        transaction.set_rollback(True)
    return drift + [(pk, before[pk], after[pk]) for pk in after if before[pk] != after[pk]]


def check_explanations(world: World) -> None:
    """What every number says about itself is the number, and its parts add up to it."""
    for row in Objective.objects.filter(organisation=world.organisation).exclude(state=ObjectiveState.CLOSED):
        check_sum(explain_objective(world.by, row), row.progress)
    fed = KeyResult.objects.filter(
        value_source=ValueSource.ALIGNED_OBJECTIVES, organisation=world.organisation
    )
    for row in fed.exclude(state="closed").exclude(objective__state="closed"):
        check_sum(explain_key_result(world.by, row), row.progress)
    standings = PriorityProgress.objects.filter(priority__organisation=world.organisation)
    for standing in standings.select_related("priority", "cycle"):
        check_sum(explain_priority(world.by, standing.priority, standing.cycle), standing.progress)


def check_sum(explained: Any, stored: Decimal | None) -> None:
    assert explained.value == stored
    assert sum(part.contribution for part in explained.parts) == (stored or 0)


@pytest.mark.parametrize("seed", range(3))
def test_numbers_stay_exact_whatever_is_written(seed: int) -> None:
    write_at_random(seed, steps=36)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3, 40))
def test_numbers_stay_exact_for_longer(seed: int) -> None:
    write_at_random(seed, steps=80)


def write_at_random(seed: int, *, steps: int) -> None:
    world = writes.make_world(seed)
    for number in range(1, steps + 1):
        step_on(world)
        if number % CHECKED_EVERY == 0:
            assert drift_of(world) == [], world.steps[-CHECKED_EVERY:]
    check_explanations(world)
