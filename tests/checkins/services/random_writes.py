"""A small organisation, and one function for every kind of write: a real service call with random arguments."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction

from alignment import services as aligning
from alignment.models import AlignmentLink, StrategicPriority
from alignment.rules.kinds import LinkKind
from checkins.models import CheckIn
from checkins.services.edit_check_in import delete_check_in, edit_check_in, restore_check_in
from checkins.services.learn_reference import learn_from_closed
from checkins.services.purge_deleted import purge_deleted
from checkins.services.rebuild_numbers import rebuild_numbers
from checkins.services.record_check_in import record_check_in
from checkins.services.skip_key_result import skip_key_result, undo_skip
from common.days import day_in
from common.errors import ProductError
from objectives import services as writing
from objectives.models import Cycle, KeyResult, Milestone, Objective
from objectives.rules.kinds import KeyResultKind, ObjectiveKind, ObjectiveState, ValueSource, Visibility
from objectives.services import MilestoneDraft
from people.models import Organisation, User
from people.roles import Role
from people.services.edit_organisation import edit_organisation
from people.services.merge_people import merge_people
from tests.factories import NOW, TODAY, make_cycle, make_organisation, make_person, make_priority, make_team

ZONES = ("UTC", "Pacific/Auckland", "America/Los_Angeles")


@dataclass
class World:
    """An organisation that one administrator changes at random; `steps` is what was done, for a failure's sake."""

    organisation: Organisation
    by: User
    dice: random.Random
    at: datetime = NOW
    steps: list[str] = field(default_factory=list)

    def one(self, rows: Any) -> Any:
        """A random row, always the same for the same dice; skips the step when there is none."""
        found = list(rows.filter(organisation=self.organisation).order_by("pk"))
        if not found:
            raise ProductError("nothing there")
        return self.dice.choice(found)

    def number(self, low: int = -50, high: int = 150) -> Decimal:
        return Decimal(self.dice.randint(low * 10, high * 10)) / 10

    def weight(self) -> Decimal:
        return Decimal(self.dice.choice(("0", "0.5", "1", "1", "2", "3.333333")))

    def day(self, back: int = 40) -> date:
        return day_in(self.organisation.time_zone, self.at) - timedelta(days=self.dice.randint(0, back))

    @property
    def who(self) -> dict[str, Any]:
        return {"by": self.by, "at": self.at}


def make_world(seed: int) -> World:
    """A year with two quarters in it, one of them holding a month; an undated cycle; priorities; five objectives."""
    organisation = make_organisation()
    by = make_person(organisation, role=Role.ADMINISTRATOR)
    world = World(organisation, by, random.Random(seed))
    year = make_cycle(organisation, name="2026", starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 31))
    quarter = make_cycle(organisation, parent=year)
    make_cycle(
        organisation, name="May", starts_on=date(2026, 5, 1), ends_on=date(2026, 5, 31), parent=quarter
    )
    make_cycle(organisation, name="Babylon", starts_on=None, ends_on=None)
    make_priority(organisation)
    make_priority(organisation, title="Fewer surprises")
    make_team(organisation, lead=by)
    for _ in range(5):
        add_objective(world)
    for objective in Objective.objects.filter(organisation=organisation):
        writing.activate_objective(objective=objective, **world.who)
    for _ in range(6):
        attempt(world, add_link)
    rebuild_numbers(organisation=organisation, today=TODAY)
    return world


def measure_of(world: World, kind: KeyResultKind) -> dict[str, Any]:
    """Numbers that suit a kind."""
    start = world.number(0, 100)
    way = Decimal(world.dice.randint(1, 80))
    return {
        KeyResultKind.INCREASE: {"start_value": start, "target_value": start + way},
        KeyResultKind.DECREASE: {"start_value": start, "target_value": start - way},
        KeyResultKind.AT_LEAST: {"lower_bound": start},
        KeyResultKind.AT_MOST: {"upper_bound": start},
        KeyResultKind.BETWEEN: {"lower_bound": start, "upper_bound": start + way},
        KeyResultKind.MILESTONES: {
            "milestones": [
                MilestoneDraft(f"Step {n}", Decimal(n)) for n in range(1, world.dice.randint(2, 4))
            ]
        },
    }.get(kind, {})


def add_objective(world: World) -> None:
    objective = writing.create_objective(
        title=f"Objective {len(world.steps)}",
        cycle=world.one(Cycle.objects),
        owner=world.by,
        kind=world.dice.choice(list(ObjectiveKind)),
        **world.who,
    )
    for kind in world.dice.sample(list(KeyResultKind), 3):
        writing.create_key_result(
            objective=objective,
            title=f"A {kind}",
            kind=kind,
            weight=world.weight(),
            value_source=world.dice.choice((*[ValueSource.MANUAL] * 3, ValueSource.ALIGNED_OBJECTIVES)),
            **measure_of(world, kind),
            **world.who,
        )


def add_key_result(world: World) -> None:
    kind = world.dice.choice(list(KeyResultKind))
    writing.create_key_result(
        objective=world.one(Objective.objects),
        title="One more",
        kind=kind,
        **measure_of(world, kind),
        **world.who,
    )


def any_parent(world: World) -> Any:
    fed = KeyResult.objects.filter(value_source=ValueSource.ALIGNED_OBJECTIVES)
    return world.one(
        world.dice.choice((StrategicPriority.objects, Objective.objects, KeyResult.objects, fed))
    )


def add_link(world: World) -> None:
    aligning.create_link(
        child=world.one(Objective.objects),
        parent=any_parent(world),
        kind=world.dice.choice((*[LinkKind.CONTRIBUTES] * 4, LinkKind.SUPPORTS)),
        weight=world.weight(),
        **world.who,
    )


def change_link(world: World) -> None:
    changes: dict[str, Any] = world.dice.choice(
        ({"weight": world.weight()}, {"kind": world.dice.choice(list(LinkKind))})
    )
    aligning.edit_link(link=world.one(AlignmentLink.objects), **changes, **world.who)


def drop_link(world: World) -> None:
    aligning.delete_link(link=world.one(AlignmentLink.objects), **world.who)


def said_of(world: World, row: KeyResult) -> dict[str, Any]:
    """A believable statement about a key result."""
    kind = KeyResultKind(row.kind)
    if row.value_source == ValueSource.ALIGNED_OBJECTIVES and world.dice.random() < 0.5:
        return {}
    if kind == KeyResultKind.MILESTONES:
        steps = list(Milestone.objects.filter(key_result=row).values_list("pk", flat=True))
        return {"milestones_done": world.dice.sample(steps, world.dice.randint(0, len(steps)))}
    if kind == KeyResultKind.YES_NO:
        return {"value": Decimal(world.dice.randint(0, 1))}
    return {"value": world.number(0, 130)}


def check_in(world: World) -> None:
    row = world.one(KeyResult.objects)
    record_check_in(
        key_result_id=row.pk,
        confidence=world.dice.randint(1, 10),
        observed_on=world.day(),
        source=world.dice.choice(("manual", "manual", "api", "connector")),
        **said_of(world, row),
        **world.who,
    )


def change_check_in(world: World) -> None:
    row = world.one(CheckIn.objects)
    changes: dict[str, Any] = world.dice.choice(
        (
            {"observed_on": world.day()},
            {"confidence": world.dice.randint(1, 10)},
            said_of(world, row.key_result),
            {"note": "Said better"},
        )
    )
    edit_check_in(check_in=row, **changes, **world.who)


def drop_check_in(world: World) -> None:
    delete_check_in(check_in=world.one(CheckIn.objects), **world.who)


def bring_back_check_in(world: World) -> None:
    restore_check_in(check_in=world.one(CheckIn.everything.filter(deleted_at__isnull=False)), **world.who)


def change_key_result(world: World) -> None:
    row = world.one(KeyResult.objects)
    kind = KeyResultKind(row.kind)
    new_kind = world.dice.choice(list(KeyResultKind))
    steps = [MilestoneDraft(step.title, step.weight, id=step.pk) for step in row.milestones.all()]
    choices: list[dict[str, Any]] = [
        measure_of(world, kind) if kind != KeyResultKind.MILESTONES else {"milestones": steps[1:]},
        {"kind": new_kind, **measure_of(world, new_kind)},
        {"weight": world.weight()},
        {"cadence_days": world.dice.choice((1, 7, 14))},
        {"planned_values": [(world.day(), Decimal(world.dice.randint(0, 100)))]},
        {"planned_values": []},
        {"value_source": world.dice.choice(list(ValueSource))},
    ]
    writing.edit_key_result(key_result=row, **world.dice.choice(choices), **world.who)


def change_objective(world: World) -> None:
    choices: list[dict[str, Any]] = [
        {"cycle": world.one(Cycle.objects)},
        {"kind": world.dice.choice(list(ObjectiveKind))},
        {"visibility": world.dice.choice(list(Visibility))},
        {"counts_when_private": world.dice.random() < 0.5},
        {"team": world.organisation.teams.first(), "visibility": Visibility.TEAM},
    ]
    writing.edit_objective(objective=world.one(Objective.objects), **world.dice.choice(choices), **world.who)


def move_objective_on(world: World) -> None:
    row = world.one(Objective.objects)
    step: Callable[..., Any] = world.dice.choice(
        (
            writing.activate_objective,
            writing.activate_objective,
            writing.close_objective,
            writing.reopen_objective,
        )
    )
    step(objective=row, **world.who)


def stop_objective(world: World) -> None:
    row = world.one(Objective.objects)
    if row.state == ObjectiveState.CANCELLED:
        writing.take_back_cancel(objective=row, **world.who)
    else:
        stop = world.dice.choice((writing.pause_objective, writing.cancel_objective))
        stop(objective=row, reason="Other things first", **world.who)


def drop_or_bring_back_objective(world: World) -> None:
    gone = Objective.everything.filter(organisation=world.organisation, deleted_at__isnull=False).first()
    if gone is not None and world.dice.random() < 0.7:
        writing.restore_objective(objective=gone, **world.who)
    else:
        writing.delete_objective(objective=world.one(Objective.objects), **world.who)


def drop_or_bring_back_key_result(world: World) -> None:
    gone = KeyResult.everything.filter(organisation=world.organisation, deleted_at__isnull=False).first()
    if gone is not None and world.dice.random() < 0.7:
        writing.restore_key_result(key_result=gone, **world.who)
    else:
        writing.delete_key_result(key_result=world.one(KeyResult.objects), **world.who)


def move_key_result_on(world: World) -> None:
    row = world.one(KeyResult.objects)
    step: Callable[..., Any] = world.dice.choice(
        (writing.activate_key_result, writing.activate_key_result, writing.close_key_result)
    )
    step(key_result=row, **world.who)


def stop_key_result(world: World) -> None:
    stop = world.dice.choice((writing.pause_key_result, writing.cancel_key_result))
    stop(key_result=world.one(KeyResult.objects), reason="Not now", **world.who)


def skip_or_undo(world: World) -> None:
    row = world.one(KeyResult.objects)
    if row.skipped_until is None:
        skip_key_result(
            key_result_id=row.pk, reason="Away", until=world.at.date() + timedelta(days=9), **world.who
        )
    else:
        undo_skip(key_result_id=row.pk, **world.who)


def change_cycle(world: World) -> None:
    row = world.one(Cycle.objects)
    start = world.day(100)
    choices: list[dict[str, Any]] = [
        {"starts_on": start, "ends_on": start + timedelta(days=world.dice.randint(0, 200))},
        {"starts_on": None, "ends_on": None},
        {"parent": world.dice.choice((None, world.one(Cycle.objects)))},
    ]
    writing.edit_cycle(cycle=row, **world.dice.choice(choices), **world.who)


def move_cycle_on(world: World) -> None:
    step = world.dice.choice((writing.activate_cycle, writing.activate_cycle, writing.close_cycle))
    step(cycle=world.one(Cycle.objects), **world.who)


def learn(world: World) -> None:
    learn_from_closed(organisation=world.organisation, at=world.at)


def let_go(world: World) -> None:
    """As a night thirty days later would."""
    purge_deleted(at=world.at + timedelta(days=31))


def move_priority_on(world: World) -> None:
    row = world.one(StrategicPriority.objects)
    if row.state == "active":
        aligning.retire_priority(priority=row, reason="Done with it", **world.who)
    else:
        aligning.activate_priority(priority=row, **world.who)


def move_clock(world: World) -> None:
    edit_organisation(time_zone=world.dice.choice(ZONES), **world.who)


def merge_placeholder(world: World) -> None:
    placeholder = make_person(world.organisation, email=None)
    row = world.one(KeyResult.objects)
    writing.edit_key_result(key_result=row, owner=placeholder, **world.who)
    merge_people(placeholder=placeholder, into=world.by, **world.who)


def attempt(world: World, action: Callable[[World], None]) -> None:
    """One action; a refusal of the product leaves nothing behind, anything else is a bug."""
    try:
        with transaction.atomic():
            action(world)
        world.steps.append(action.__name__)
    except ProductError as refusal:
        world.steps.append(f"({action.__name__}: {refusal.message})")
