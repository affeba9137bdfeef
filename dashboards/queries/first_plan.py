"""The plan that a key result started with, read back from the log of its changes: drawn in pale pencil beside today's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any
from uuid import UUID

from django.db.models import Q

from common.svg.key_result_chart import PlanPoint
from dashboards.queries.key_result_chart import plan_points
from objectives.models import Cycle, KeyResult, Objective, PlannedValue
from objectives.rules.kinds import KeyResultKind

Changes = Mapping[str, list[Any]]
"""Field to [before, after], as an event keeps them."""


def re_aimings(objective: Objective) -> Q:
    """Which events can change a plan after the objective was started: of its key results, and of its cycle's dates.

    Before that a plan is only being written, and there is no first one to keep in sight.
    """
    ours = Q(verb="key_result.edited", objective_id=objective.pk)
    return Q(ours | Q(verb="cycle.edited", subject_id=objective.cycle_id), at__gt=objective.activated_at)


def first_plan(
    key_result: KeyResult,
    planned: Sequence[PlannedValue],
    changes: Mapping[UUID, Sequence[Changes]],
    *,
    whole_weight: Decimal | None = None,
) -> tuple[PlanPoint, ...]:
    """The line as it was planned at the start; empty where it is today's, or was counted in another unit or kind.

    Arguments as for `chart_of`; `changes` by key result and cycle, oldest first.
    """
    today = plan_points(key_result, planned, whole_weight)
    said = _first_values(changes.get(key_result.pk, ()))
    dates = _first_values(changes.get(key_result.objective.cycle_id, ()))
    was, kind = KeyResultKind(said.get("kind", key_result.kind)), KeyResultKind(key_result.kind)
    is_same = was is kind or (was.is_metric and kind.is_metric)
    if not is_same or said.get("unit", key_result.unit) != key_result.unit:
        return ()
    then = copy(key_result)
    then.objective = copy(key_result.objective)
    then.objective.cycle = cycle = copy(key_result.objective.cycle)
    for name in ("start_value", "target_value"):
        if name in said:
            setattr(then, name, None if said[name] is None else Decimal(said[name]))
    for name in ("starts_on", "ends_on"):
        if name in dates:
            setattr(cycle, name, None if dates[name] is None else date.fromisoformat(dates[name]))
    if "planned_values" in said:
        planned = [
            PlannedValue(on=date.fromisoformat(one["on"]), value=Decimal(one["value"]))
            for one in said["planned_values"]
        ]
    if "milestones" in said:
        whole_weight = sum((Decimal(step["weight"]) for step in said["milestones"]), Decimal(0))
    found = plan_points(then, planned, whole_weight)
    return () if found == today else _within(found, key_result.objective.cycle)


def _first_values(changes: Iterable[Changes]) -> dict[str, Any]:
    """What each field said before it was changed for the first time."""
    found: dict[str, Any] = {}
    for one in changes:
        for name, pair in one.items():
            found.setdefault(name, pair[0])
    return found


def _within(points: tuple[PlanPoint, ...], cycle: Cycle) -> tuple[PlanPoint, ...]:
    """The part of a line that lies in the days of the cycle, cut where it leaves them."""
    starts_on, ends_on = cycle.starts_on, cycle.ends_on
    if starts_on is None or ends_on is None:
        return ()
    found: list[PlanPoint] = []
    for left, right in pairwise(points):
        if right.on < starts_on or left.on > ends_on or left.on == right.on:
            continue
        found += [_cut(left, right, max(left.on, starts_on)), _cut(left, right, min(right.on, ends_on))]
    return tuple(dict.fromkeys(found))


def _cut(left: PlanPoint, right: PlanPoint, on: date) -> PlanPoint:
    share = Decimal((on - left.on).days) / (right.on - left.on).days
    return PlanPoint(on, Decimal(left.value) + share * (Decimal(right.value) - Decimal(left.value)))
