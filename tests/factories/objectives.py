"""Cycles, objectives and key results of every kind for tests. Stored copies of numbers stay empty."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from objectives.models import Cycle, Initiative, KeyResult, Milestone, Objective
from objectives.rules.kinds import CycleState, KeyResultKind, ObjectiveState
from people.models import Organisation, User
from tests.factories.people import make_organisation
from tests.factories.when import NOW

STARTS_ON = date(2026, 4, 1)
ENDS_ON = date(2026, 6, 30)

KIND_DEFAULTS: dict[KeyResultKind, dict[str, Any]] = {
    KeyResultKind.INCREASE: {"start_value": Decimal(0), "target_value": Decimal(100)},
    KeyResultKind.DECREASE: {"start_value": Decimal(100), "target_value": Decimal(20)},
    KeyResultKind.AT_LEAST: {"lower_bound": Decimal(95)},
    KeyResultKind.AT_MOST: {"upper_bound": Decimal(5)},
    KeyResultKind.BETWEEN: {"lower_bound": Decimal(2), "upper_bound": Decimal(4)},
}


def make_cycle(
    organisation: Organisation | None = None,
    *,
    name: str = "Q2 2026",
    starts_on: date | None = STARTS_ON,
    ends_on: date | None = ENDS_ON,
    state: CycleState = CycleState.ACTIVE,
    **fields: Any,
) -> Cycle:
    """An active quarter around the fixed day TODAY."""
    return Cycle.objects.create(
        organisation=organisation or make_organisation(),
        name=name,
        starts_on=starts_on,
        ends_on=ends_on,
        state=state,
        **fields,
    )


def make_objective(
    cycle: Cycle | None = None,
    *,
    title: str = "Customers come back on their own",
    state: ObjectiveState = ObjectiveState.ACTIVE,
    owner: User | None = None,
    contributors: Iterable[User] = (),
    **fields: Any,
) -> Objective:
    """An active objective; its cycle is a new one of the owner's organisation when left out."""
    if cycle is None:
        cycle = make_cycle(owner.organisation if owner is not None else None)
    if state in (ObjectiveState.ACTIVE, ObjectiveState.PAUSED, ObjectiveState.CLOSED):
        fields.setdefault("activated_at", NOW)
    if state is ObjectiveState.CLOSED:
        fields.setdefault("closed_at", NOW)
    objective = Objective.objects.create(
        organisation_id=cycle.organisation_id, cycle=cycle, title=title, state=state, owner=owner, **fields
    )
    people = list(contributors)
    if people:
        objective.contributors.set(people)
    return objective


def make_key_result(
    objective: Objective | None = None,
    *,
    kind: KeyResultKind = KeyResultKind.INCREASE,
    title: str | None = None,
    steps: Sequence[tuple[str, int]] = (("First step", 1), ("Second step", 1)),
    **fields: Any,
) -> KeyResult:
    """An active key result with the numbers its kind needs; `steps` are the milestones of that kind."""
    objective = objective or make_objective()
    key_result = KeyResult.objects.create(
        organisation_id=objective.organisation_id,
        objective=objective,
        title=title or f"A result of kind {kind}",
        kind=kind,
        **{"activated_at": objective.activated_at, **KIND_DEFAULTS.get(kind, {}), **fields},
    )
    if kind is KeyResultKind.MILESTONES:
        make_milestones(key_result, steps)
    return key_result


def make_milestones(key_result: KeyResult, steps: Sequence[tuple[str, int]]) -> list[Milestone]:
    """Steps of a key result, as (title, weight), in order."""
    return Milestone.objects.bulk_create(
        Milestone(key_result=key_result, title=title, weight=Decimal(weight), position=place)
        for place, (title, weight) in enumerate(steps, start=1)
    )


def make_initiative(
    key_result: KeyResult | None = None, *, title: str = "Ask ten customers", **fields: Any
) -> Initiative:
    """A planned piece of work below a key result."""
    key_result = key_result or make_key_result()
    return Initiative.objects.create(
        organisation_id=key_result.organisation_id, key_result=key_result, title=title, **fields
    )
