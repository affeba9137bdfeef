"""Key results of a big organisation with a check-in a week: plain values in lots, ready to be inserted."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from checkins.models import CheckIn
from common.ids import new_id
from dashboards.demo.bulk_insert import insert_rows
from dashboards.demo.scale_patterns import Pattern
from dashboards.demo.scale_shape import Shape
from objectives.models import KeyResult, Milestone, Objective
from objectives.rules.kinds import ObjectiveKind

LOT = 2000
OWN_OF_KEY_RESULT = ("id", "objective", "title", "weight", "owner", "position", "created_at", "updated_at")
SHARED_BY_KEY_RESULTS = tuple(
    one.name for one in KeyResult._meta.concrete_fields if one.name not in OWN_OF_KEY_RESULT
)
OWN_OF_CHECK_IN = ("id", "key_result", "author", "milestones_done", "organisation", "known_at", "updated_at")
SHARED_BY_CHECK_INS = tuple(
    one.name for one in CheckIn._meta.concrete_fields if one.name not in OWN_OF_CHECK_IN
)
MILESTONE = ("id", "key_result", "title", "weight", "position", "done_on")
Values = tuple[Any, ...]


@dataclass(slots=True)
class Lot:
    """Values of some key results and of everything below them."""

    key_results: list[Values] = field(default_factory=list)
    milestones: list[Values] = field(default_factory=list)
    check_ins: list[Values] = field(default_factory=list)

    def write(self) -> None:
        insert_rows(KeyResult, (*OWN_OF_KEY_RESULT, *SHARED_BY_KEY_RESULTS), self.key_results)
        insert_rows(Milestone, MILESTONE, self.milestones)
        insert_rows(CheckIn, (*OWN_OF_CHECK_IN, *SHARED_BY_CHECK_INS), self.check_ins)


def lots_of(
    shape: Shape, patterns: dict[ObjectiveKind, list[Pattern]], *, key_results: int, dice: random.Random
) -> Iterator[Lot]:
    """`key_results` key results, spread evenly over the objectives, each after one of the patterns."""
    shared = {id(one): _shared(one) for found in patterns.values() for one in found}
    lot = Lot()
    for number in range(key_results):
        place, at = divmod(number, len(shape.objectives))
        objective = shape.objectives[at]
        pattern = dice.choice(patterns[ObjectiveKind(objective.kind)])
        _add(lot, objective, place, pattern, shared[id(pattern)], dice)
        if len(lot.key_results) == LOT:
            yield lot
            lot = Lot()
    if lot.key_results:
        yield lot


def _shared(pattern: Pattern) -> tuple[Values, list[Values]]:
    """The values that every follower of a pattern has."""
    return _values(pattern.key_result, SHARED_BY_KEY_RESULTS), [
        _values(one, SHARED_BY_CHECK_INS) for one in pattern.check_ins
    ]


def _values(row: Any, names: Sequence[str]) -> Values:
    return tuple(getattr(row, row._meta.get_field(name).attname) for name in names)


def _add(
    lot: Lot,
    objective: Objective,
    place: int,
    pattern: Pattern,
    shared: tuple[Values, list[Values]],
    dice: random.Random,
) -> None:
    key_result_id, owner = new_id(), objective.owner_id
    title = f"Sign {place + 1} that it worked, measured every week"
    at = objective.activated_at
    own = (key_result_id, objective.pk, title, dice.randint(1, 4), owner, place, at, at)
    lot.key_results.append(own + shared[0])
    steps = {str(step.pk): new_id() for step in pattern.steps}
    for step in pattern.steps:
        step_id = steps[str(step.pk)]
        lot.milestones.append((step_id, key_result_id, step.title, step.weight, step.position, step.done_on))
    organisation = objective.organisation_id
    for check_in, values in zip(pattern.check_ins, shared[1], strict=True):
        done = check_in.milestones_done
        mine = None if done is None else [str(steps[one]) for one in done]
        at = check_in.recorded_at
        lot.check_ins.append((new_id(), key_result_id, owner, mine, organisation, at, at, *values))
