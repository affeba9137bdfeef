"""What makes a measure, a value or a plan acceptable when somebody saves it (docs: RULES §1)."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from objectives.rules.kinds import KeyResultKind
from objectives.rules.progress import Measure

MAX_DIGITS = 18
MAX_DECIMALS = 6
MAX_CADENCE_DAYS = 366


@dataclass(frozen=True, slots=True)
class Problem:
    """One refusal: the field it belongs to, a stable code for programs, and words for people."""

    field: str
    code: str
    message: str


def check_measure(measure: Measure) -> list[Problem]:
    """Everything that keeps `measure` from being saved; an empty list means that it may be.

    Only fields that the kind uses are looked at.
    """
    kind = measure.kind
    problems = _check_cadence(measure.cadence_days)
    if kind.is_metric:
        problems += _check_metric(measure)
    elif kind.is_guardrail:
        problems += _check_guardrail(measure)
    elif kind == KeyResultKind.MILESTONES:
        problems += _check_steps(measure)
    return problems


def check_value(measure: Measure, value: Decimal, *, field: str = "value") -> list[Problem]:
    """Everything that keeps `value` from being reported for `measure`.

    yes_no takes 0 or 1; percent_done takes 0 and more (above 100 is kept as overshoot); every other kind
    takes any number of at most 18 digits, 6 of them decimals.
    """
    problems = check_number(value, field=field)
    if problems:
        return problems
    if measure.kind == KeyResultKind.YES_NO and value not in (0, 1):
        return [Problem(field, "not_yes_or_no", "this takes 0 (not yet) or 1 (done)")]
    if measure.kind == KeyResultKind.PERCENT_DONE and value < 0:
        return [Problem(field, "negative", "per cent done cannot be below 0")]
    return []


def check_weight(weight: Decimal, *, field: str = "weight") -> list[Problem]:
    """A weight is a number of 0 or more; 0 means "tracked, not counted"."""
    problems = check_number(weight, field=field)
    if not problems and weight < 0:
        problems = [Problem(field, "negative", "a weight cannot be below 0")]
    return problems


def check_number(value: Decimal, *, field: str) -> list[Problem]:
    """Refuse what is not finite, or longer than 18 digits, or finer than 6 decimals (12 before the point)."""
    if not value.is_finite():
        return [Problem(field, "not_finite", "this is not a number we can store")]
    _, digits, exponent = value.as_tuple()
    assert isinstance(exponent, int)
    text = "".join(map(str, digits)).lstrip("0")
    stripped = text.rstrip("0")
    if not stripped:
        return []
    exponent += len(text) - len(stripped)
    if exponent < -MAX_DECIMALS:
        return [Problem(field, "too_many_decimals", f"at most {MAX_DECIMALS} decimals")]
    if len(stripped) + exponent > MAX_DIGITS - MAX_DECIMALS:
        message = f"at most {MAX_DIGITS} digits, {MAX_DECIMALS} of them decimals"
        return [Problem(field, "too_many_digits", message)]
    return []


def _check_metric(measure: Measure) -> list[Problem]:
    problems = _check_needed({"start_value": measure.start_value, "target_value": measure.target_value})
    if problems or measure.start_value is None or measure.target_value is None:
        return problems
    if measure.start_value == measure.target_value:
        return [Problem("target_value", "equal_to_start", "start and target are equal")]
    if (measure.target_value > measure.start_value) != (measure.kind == KeyResultKind.INCREASE):
        return [Problem("target_value", "wrong_direction", "target lies in the wrong direction")]
    return []


def _check_guardrail(measure: Measure) -> list[Problem]:
    needed: dict[str, Decimal | None] = {}
    if measure.kind != KeyResultKind.AT_MOST:
        needed["lower_bound"] = measure.lower_bound
    if measure.kind != KeyResultKind.AT_LEAST:
        needed["upper_bound"] = measure.upper_bound
    problems = _check_needed(needed)
    if problems or measure.kind != KeyResultKind.BETWEEN:
        return problems
    assert measure.lower_bound is not None
    assert measure.upper_bound is not None
    if measure.lower_bound >= measure.upper_bound:
        return [Problem("upper_bound", "not_above_lower", "upper bound must lie above the lower bound")]
    return []


def _check_steps(measure: Measure) -> list[Problem]:
    if not measure.steps:
        return [Problem("milestones", "required", "name at least one milestone")]
    weights: Sequence[Decimal] = [step.weight for step in measure.steps]
    problems = [problem for weight in weights for problem in check_weight(weight, field="milestones")]
    if not problems and all(weight == 0 for weight in weights):
        problems = [Problem("milestones", "no_weight", "at least one milestone needs a weight above 0")]
    return problems


def _check_cadence(days: int) -> list[Problem]:
    if 1 <= days <= MAX_CADENCE_DAYS:
        return []
    return [Problem("cadence_days", "out_of_range", f"between 1 and {MAX_CADENCE_DAYS} days")]


_MISSING = {
    "start_value": "start is missing",
    "target_value": "target is missing",
    "lower_bound": "lower bound is missing",
    "upper_bound": "upper bound is missing",
}


def _check_needed(values: dict[str, Decimal | None]) -> list[Problem]:
    problems: list[Problem] = []
    for field, value in values.items():
        if value is None:
            problems.append(Problem(field, "required", _MISSING[field]))
        else:
            problems += check_number(value, field=field)
    return problems
