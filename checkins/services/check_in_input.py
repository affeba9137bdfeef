"""What a check-in may say, checked against its key result."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from checkins.rules.kinds import CheckInSource
from common.errors import FieldProblem, InvalidInput, RuleConflict
from objectives.models import KeyResult
from objectives.rules.cycles import observed_on_refusal
from objectives.rules.kinds import CycleState, KeyResultKind, KeyResultState, ObjectiveState, ValueSource
from objectives.rules.lifecycle import why_no_check_in
from objectives.rules.measures import check_value
from objectives.rules.progress import Measure

DAY_REFUSALS = {
    "in_future": "this day has not come yet",
    "outside_cycle": "this day lies more than 31 days outside the cycle",
}


@dataclass(frozen=True, slots=True)
class CheckInInput:
    """The part of a check-in that rules judge. `milestones_done` None leaves the steps as they are."""

    value: Decimal | None
    confidence: int | None
    observed_on: date
    milestones_done: Collection[UUID] | None
    source: CheckInSource


def require_open(key_result: KeyResult) -> None:
    """Raise RuleConflict, naming the state, where no check-in is taken."""
    objective = key_result.objective
    refusal = why_no_check_in(
        ObjectiveState(objective.state), CycleState(objective.cycle.state), KeyResultState(key_result.state)
    )
    if refusal is not None:
        raise RuleConflict(f"This key result takes no check-ins: {refusal}.", code="takes_no_check_ins")


def check_input(
    key_result: KeyResult,
    said: CheckInInput,
    *,
    today: date,
    step_ids: Collection[UUID],
    changed: Collection[str] | None = None,
) -> None:
    """Raise InvalidInput with every problem of what was said.

    An edit names the fields that it has `changed`: what was said long ago may stay, whatever became of the key
    result's kind or the cycle's days since.
    """
    problems = [*_value_problems(key_result, said), *_milestone_problems(key_result, said, step_ids)]
    if said.confidence is None:
        if said.source == CheckInSource.MANUAL:
            problems.append(FieldProblem("confidence", "required", "say how likely it is, from 1 to 10"))
    elif not 1 <= said.confidence <= 10:
        problems.append(FieldProblem("confidence", "out_of_range", "confidence goes from 1 to 10"))
    cycle = key_result.objective.cycle
    refusal = observed_on_refusal(
        said.observed_on, today=today, starts_on=cycle.starts_on, ends_on=cycle.ends_on
    )
    if refusal is not None:
        problems.append(FieldProblem("observed_on", refusal, DAY_REFUSALS[refusal]))
    if changed is not None:
        problems = [problem for problem in problems if problem.field in changed]
    if problems:
        raise InvalidInput(problems)


def _value_problems(key_result: KeyResult, said: CheckInInput) -> list[FieldProblem]:
    kind = KeyResultKind(key_result.kind)
    if kind == KeyResultKind.MILESTONES:
        if said.value is not None:
            return [FieldProblem("value", "not_for_milestones", "send milestones_done instead of a value")]
        return []
    if said.value is None:
        if key_result.value_source == ValueSource.MANUAL:
            return [FieldProblem("value", "required", "a number, please")]
        return []
    found = check_value(Measure(kind=kind), said.value)
    return [FieldProblem(problem.field, problem.code, problem.message) for problem in found]


def _milestone_problems(
    key_result: KeyResult, said: CheckInInput, step_ids: Collection[UUID]
) -> list[FieldProblem]:
    if said.milestones_done is None:
        return []
    if key_result.kind != KeyResultKind.MILESTONES:
        return [FieldProblem("milestones_done", "no_milestones", "this key result has no milestones")]
    unknown = set(said.milestones_done) - set(step_ids)
    if unknown:
        return [FieldProblem("milestones_done", "not_found", "one of these milestones does not exist")]
    return []
