"""Everything that is wrong with a drafted key result, found at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from uuid import UUID

from common.errors import FieldProblem
from common.words import TITLE_LIMIT, clean_words
from objectives.models import KeyResult
from objectives.rules.kinds import KeyResultKind, ValueSource
from objectives.rules.measures import Problem, check_measure, check_number, check_weight
from objectives.rules.progress import Measure, Step
from objectives.services.drafts import KeyResultDraft, MilestoneDraft
from objectives.services.placing import check_person, clean_external_id, not_found
from people.models import User

NUMBERS = ("start_value", "target_value", "lower_bound", "upper_bound")
WEIGHT_LIMIT = Decimal(1_000_000)
STEP_LIMIT = 200
PLAN_LIMIT = 400


def numbers_of(kind: KeyResultKind) -> frozenset[str]:
    """The number fields that a kind uses; it takes no others."""
    if kind.is_metric:
        return frozenset({"start_value", "target_value"})
    used = {
        KeyResultKind.AT_LEAST: {"lower_bound"},
        KeyResultKind.AT_MOST: {"upper_bound"},
        KeyResultKind.BETWEEN: {"lower_bound", "upper_bound"},
    }
    return frozenset(used.get(kind, ()))


def checked_draft(
    draft: KeyResultDraft,
    *,
    organisation_id: UUID,
    objective_owner: User | None,
    before: KeyResult | None = None,
) -> tuple[KeyResultDraft, list[FieldProblem]]:
    """The draft made ready to be saved (trimmed, owner resolved), and what keeps it from being saved.

    `before` is the key result that an edit changes: what it has already may stay.
    """
    problems: list[FieldProblem] = []
    title = clean_words(
        draft.title, field="title", problems=problems, limit=TITLE_LIMIT, needed="say what will be different"
    )
    unit = clean_words(draft.unit, field="unit", problems=problems, limit=100)
    if before is not None and draft.owner == before.owner:
        owner = before.owner
    else:
        owner = draft.owner if isinstance(draft.owner, User) or draft.owner is None else objective_owner
    staying = frozenset(
        one.pk for one in (objective_owner, before.owner if before else None) if one is not None
    )
    check_person(owner, field="owner", organisation_id=organisation_id, problems=problems, before=staying)
    external_id = clean_external_id(
        draft.external_id,
        model=KeyResult,
        organisation_id=organisation_id,
        problems=problems,
        own_id=before.pk if before else None,
    )
    draft = replace(draft, title=title, unit=unit, owner=owner, external_id=external_id)
    draft, measure_problems = _checked_measure(draft, before)
    return draft, problems + measure_problems


def as_field_problems(problems: Iterable[Problem]) -> list[FieldProblem]:
    """What a rule found, in the form that services raise."""
    return [FieldProblem(one.field, one.code, one.message) for one in problems]


def check_weight_fits(weight: Decimal, *, field: str = "weight") -> list[FieldProblem]:
    """A weight as the rules want it, and below a million, which is what can be stored."""
    problems = as_field_problems(check_weight(weight, field=field))
    if not problems and weight >= WEIGHT_LIMIT:
        problems = [FieldProblem(field, "too_large", "a weight must be below 1,000,000")]
    return problems


def _checked_measure(
    draft: KeyResultDraft, before: KeyResult | None
) -> tuple[KeyResultDraft, list[FieldProblem]]:
    try:
        draft = replace(draft, kind=KeyResultKind(draft.kind))
    except ValueError:
        return draft, [FieldProblem("kind", "unknown", "there is no such kind of key result")]
    problems: list[FieldProblem] = []
    try:
        draft = replace(draft, value_source=ValueSource(draft.value_source))
    except ValueError:
        problems.append(FieldProblem("value_source", "unknown", "there is no such source of values"))
    problems += check_weight_fits(draft.weight)
    problems += _check_unused(draft)
    draft, part_problems = _checked_parts(draft, before)
    problems += part_problems
    measure = Measure(
        kind=draft.kind,
        start_value=draft.start_value,
        target_value=draft.target_value,
        lower_bound=draft.lower_bound,
        upper_bound=draft.upper_bound,
        steps=tuple(Step(weight=step.weight, done=False) for step in draft.milestones),
        cadence_days=draft.cadence_days,
    )
    known = {(problem.field, problem.code) for problem in problems}
    return draft, problems + [
        one for one in as_field_problems(check_measure(measure)) if (one.field, one.code) not in known
    ]


def _check_unused(draft: KeyResultDraft) -> list[FieldProblem]:
    """A number or a step for which the kind has no use is refused rather than dropped unseen."""
    words = draft.kind.replace("_", " ")
    unused = [
        field
        for field in NUMBERS
        if getattr(draft, field) is not None and field not in numbers_of(draft.kind)
    ]
    if draft.milestones and draft.kind is not KeyResultKind.MILESTONES:
        unused.append("milestones")
    return [
        FieldProblem(field, "not_for_kind", f"“{words}” has no {field.replace('_', ' ')}") for field in unused
    ]


def _checked_parts(
    draft: KeyResultDraft, before: KeyResult | None
) -> tuple[KeyResultDraft, list[FieldProblem]]:
    problems: list[FieldProblem] = []
    known = set(before.milestones.values_list("pk", flat=True)) if before is not None else set()
    steps: list[MilestoneDraft] = []
    for place, step in enumerate(draft.milestones):
        field = f"milestones.{place}"
        title = clean_words(
            step.title, field=f"{field}.title", problems=problems, limit=TITLE_LIMIT, needed="name this step"
        )
        problems += check_weight_fits(step.weight, field=f"{field}.weight")
        if step.id is not None and step.id not in known:
            problems.append(not_found(f"{field}.id", "milestone"))
        known.discard(step.id)
        steps.append(replace(step, title=title))
    if len(steps) > STEP_LIMIT:
        problems.append(FieldProblem("milestones", "too_many", f"at most {STEP_LIMIT} milestones"))
    if len(draft.planned_values) > PLAN_LIMIT:
        problems.append(FieldProblem("planned_values", "too_many", f"at most {PLAN_LIMIT} planned values"))
    days = [on for on, _ in draft.planned_values]
    for place, (on, value) in enumerate(draft.planned_values):
        field = f"planned_values.{place}"
        problems += as_field_problems(check_number(value, field=f"{field}.value"))
        if on in days[:place]:
            problems.append(FieldProblem(f"{field}.on", "repeated", "this day is planned twice"))
    plan = tuple(sorted(draft.planned_values))
    return replace(draft, milestones=tuple(steps), planned_values=plan), problems
