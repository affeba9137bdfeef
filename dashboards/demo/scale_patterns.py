"""A few hundred ways in which a key result can go; a big organisation repeats them.

Judging 192,000 check-ins one by one takes minutes. Where a key result stands depends only on what it is and what was
said, so each pattern is judged once and its numbers are given to every key result that follows it.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from checkins.models import CheckIn
from checkins.rules.kinds import CheckInSource
from dashboards.demo.scale_shape import Shape
from dashboards.demo.standings import settle_key_result
from objectives.models import KeyResult, Milestone, Objective
from objectives.rules.kinds import KeyResultKind as Kind
from objectives.rules.kinds import ObjectiveKind, ObjectiveState

STEPS = 4
PER_KIND_OF_OBJECTIVE = 300
KINDS = (
    (Kind.PERCENT_DONE, 50),
    (Kind.INCREASE, 20),
    (Kind.DECREASE, 10),
    (Kind.AT_MOST, 6),
    (Kind.MILESTONES, 6),
    (Kind.YES_NO, 5),
    (Kind.BASELINE, 3),
)
MEASURES: dict[Kind, dict[str, Any]] = {
    Kind.INCREASE: {"start_value": Decimal(20), "target_value": Decimal(100), "unit": "%"},
    Kind.DECREASE: {"start_value": Decimal(60), "target_value": Decimal(20), "unit": "min"},
    Kind.AT_MOST: {"upper_bound": Decimal(5), "unit": "%"},
}


@dataclass(frozen=True, slots=True)
class Pattern:
    """A judged example: the key result, its steps and its check-ins, oldest first. None of them is written."""

    key_result: KeyResult
    steps: list[Milestone]
    check_ins: list[CheckIn]


def patterns_of(
    shape: Shape, *, weeks: int, today: date, dice: random.Random
) -> dict[ObjectiveKind, list[Pattern]]:
    """The patterns for committed and for aspirational objectives, which are judged differently."""
    return {
        kind: [_pattern(shape, kind, weeks, today, dice) for _ in range(PER_KIND_OF_OBJECTIVE)]
        for kind in ObjectiveKind
    }


def _pattern(shape: Shape, of: ObjectiveKind, weeks: int, today: date, dice: random.Random) -> Pattern:
    kind = dice.choices([kind for kind, _ in KINDS], [share for _, share in KINDS])[0]
    objective = Objective(
        organisation=shape.organisation,
        cycle=shape.cycle,
        kind=of,
        state=ObjectiveState.ACTIVE,
        activated_at=shape.began_at,
    )
    row = KeyResult(
        organisation=shape.organisation,
        objective=objective,
        kind=kind,
        activated_at=shape.began_at,
        **MEASURES.get(kind, {}),
    )
    count = STEPS if kind == Kind.MILESTONES else 0
    steps = [
        Milestone(key_result=row, title=f"Step {number + 1}", position=number) for number in range(count)
    ]
    check_ins = _check_ins(row, steps, weeks, today, dice)
    settle_key_result(row, check_ins, today=today, steps=steps)
    return Pattern(row, steps, check_ins)


def _check_ins(
    row: KeyResult, steps: list[Milestone], weeks: int, today: date, dice: random.Random
) -> list[CheckIn]:
    """One a week; the last one is at most a week old. Pace and mood differ from pattern to pattern."""
    pace, mood, last = dice.uniform(0.2, 1.1), dice.randint(4, 8), dice.randint(0, 7)
    zone = ZoneInfo(row.organisation.time_zone)
    check_ins = []
    for week in range(weeks):
        on = today - timedelta(days=last + 7 * (weeks - 1 - week))
        at = datetime.combine(on, time(0, dice.randint(0, 59)), zone)
        check_in = CheckIn(
            key_result=row,
            source=CheckInSource.MANUAL,
            confidence=min(10, max(1, mood + dice.randint(-1, 1))),
            note="A sentence about what happened this week." if week % 4 == 3 else "",
            observed_on=on,
            recorded_at=at,
        )
        share = pace * (week + 1) / weeks + dice.uniform(-0.03, 0.03)
        _say(check_in, row, steps, max(0.0, share))
        check_ins.append(check_in)
    _mark_done(steps, check_ins)
    return check_ins


def _say(check_in: CheckIn, row: KeyResult, steps: list[Milestone], share: float) -> None:
    """The value that stands for a share of the way, in the key result's own terms."""
    exact = Decimal(str(round(share, 3)))
    if row.kind == Kind.MILESTONES:
        check_in.milestones_done = [str(step.pk) for step in steps[: min(STEPS, int(share * STEPS))]]
    elif row.kind == Kind.YES_NO:
        check_in.value = Decimal(1 if share >= 1 else 0)
    elif Kind(row.kind).is_metric:
        start, target = MEASURES[Kind(row.kind)]["start_value"], MEASURES[Kind(row.kind)]["target_value"]
        check_in.value = start + (target - start) * exact
    elif row.kind == Kind.AT_MOST:
        check_in.value = Decimal(8) - exact * 6
    else:
        check_in.value = exact * 100


def _mark_done(steps: list[Milestone], check_ins: list[CheckIn]) -> None:
    """A step is done since the first of the last unbroken run of check-ins that say so."""
    for step in steps:
        since: date | None = None
        for check_in in check_ins:
            if str(step.pk) not in (check_in.milestones_done or ()):
                since = None
            elif since is None:
                since = check_in.observed_on
        step.done_on = since
