"""Two people, one objective: what they say and what I say, field by field, and a choice for each part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.utils import formats

from alignment.services import StaleObjective
from common.templatetags.words import KIND_WORD
from dashboards.forms.objective_initial import typed_row
from dashboards.forms.objective_typed import TypedKeyResult, TypedObjective
from dashboards.queries.last_changes import LastChange, last_changes
from dashboards.queries.objective_choices import ObjectiveChoices
from objectives.queries.objective_for_edit import ObjectiveEditRow

OBJECTIVE = "objective"
OWN_FIELDS = {
    "title": "What should be different?",
    "why": "Why now?",
    "kind": "How far",
    "owner": "Owner",
    "contributors": "Working on it",
    "team": "Team",
    "cycle": "Cycle",
    "visibility": "Seen by",
    "keeps_us_running": "Keeps us running",
}
ROW_FIELDS = {
    "title": "What changes?",
    "kind": "Kind",
    "start_value": "From",
    "target_value": "To",
    "lower_bound": "At least",
    "upper_bound": "At most",
    "unit": "Unit",
    "done_by": "By",
    "steps": "Steps",
    "points": "Planned values",
    "owner": "Owner",
    "cadence_days": "Heard every",
    "weight": "Weight",
    "value_source": "Value from",
}
VOICE = ("title", "why", "keeps_us_running")


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that both say differently; people's own words are set in serif."""

    label: str
    theirs: str
    mine: str
    is_voice: bool


@dataclass(frozen=True, slots=True)
class ConflictUnit:
    """One part that somebody else changed. `unit` is "objective" or the key of a key result."""

    unit: str
    title: str
    by: str
    at: datetime | None
    differences: tuple[Difference, ...]
    is_gone: bool = False


def after_conflict(typed: TypedObjective, row: ObjectiveEditRow, error: StaleObjective) -> list[str]:
    """Bring the page up to date, so that saving again means it; returns the parts to show side by side.

    Every word typed stays. A key result that somebody deleted becomes a new one.
    """
    units = [OBJECTIVE] if error.is_objective else []
    typed.version = str(row.version)
    versions = {str(one.id): str(one.version) for one in row.key_results}
    for one in typed.key_results:
        pk = _uuid(one.id)
        if pk in error.gone_ids:
            one.id = one.version = one.was = ""
            one.steps = [replace(step, id="") for step in one.steps]
            units.append(one.key)
        elif pk in error.key_result_ids:
            one.version = versions.get(one.id, one.version)
            one.is_removed = False
            units.append(one.key)
    return units


def settle(typed: TypedObjective, row: ObjectiveEditRow, unit: str, *, takes_theirs: bool) -> None:
    """Put their version of one part into the form, or keep mine."""
    if not takes_theirs:
        return
    theirs = typed_row(row)
    if unit == OBJECTIVE:
        for name in (*OWN_FIELDS, "counts_when_private", "was", "version"):
            setattr(typed, name, getattr(theirs, name))
        return
    there = {one.key: one for one in theirs.key_results}
    typed.key_results = [
        one if one.key != unit else _taken(one, there.get(unit)) for one in typed.key_results
    ]


def conflict_units(
    typed: TypedObjective, row: ObjectiveEditRow, units: Sequence[str], choices: ObjectiveChoices
) -> list[ConflictUnit]:
    """The parts that still wait for a choice, with what differs and who changed them. One query."""
    if not units:
        return []
    theirs = typed_row(row)
    there = {one.key: one for one in theirs.key_results}
    said = last_changes(row.id)
    found = []
    for unit in units:
        if unit == OBJECTIVE:
            differences = _differences(OWN_FIELDS, theirs, typed, choices)
            found.append(_unit(unit, "The objective itself", said.get(row.id), differences))
            continue
        mine = next((one for one in typed.key_results if one.key == unit), None)
        if mine is None:
            continue
        other = there.get(unit)
        last = said.get(_uuid(unit)) if other is None or _uuid(unit) else None
        differences = _differences(ROW_FIELDS, other, mine, choices) if other is not None else ()
        found.append(_unit(unit, mine.title or "A key result", last, differences, is_gone=other is None))
    return found


def _unit(
    unit: str,
    title: str,
    last: LastChange | None,
    differences: tuple[Difference, ...],
    *,
    is_gone: bool = False,
) -> ConflictUnit:
    return ConflictUnit(
        unit, title, last.by if last else "Somebody", last.at if last else None, differences, is_gone
    )


def _taken(mine: TypedKeyResult, theirs: TypedKeyResult | None) -> TypedKeyResult:
    """Their key result with my work below it; one that they deleted goes."""
    return replace(mine, is_removed=True) if theirs is None else replace(theirs, work=mine.work)


def _differences(
    names: dict[str, str],
    theirs: TypedObjective | TypedKeyResult,
    mine: TypedObjective | TypedKeyResult,
    choices: ObjectiveChoices,
) -> tuple[Difference, ...]:
    pairs = ((name, _said(theirs, name, choices), _said(mine, name, choices)) for name in names)
    return tuple(
        Difference(names[name], one, other, name in VOICE) for name, one, other in pairs if one != other
    )


def _said(row: TypedObjective | TypedKeyResult, name: str, choices: ObjectiveChoices) -> str:
    value = getattr(row, name)
    if name == "contributors":
        return ", ".join(sorted(_person(one, choices) for one in value if one)) or "nobody"
    if name == "steps":
        return "; ".join(f"{one.title} ({one.weight}{_day(one.due_on)})" for one in value if not one.is_blank)
    if name == "points":
        return "; ".join(f"{_day(one.on).lstrip(', ')}: {one.value}" for one in value if not one.is_blank)
    if name == "owner":
        return _person(value, choices) if value else "nobody"
    if name == "team":
        return choices.teams[value].name if value in choices.teams else "no team"
    if name == "cycle":
        return choices.cycles[value].name if value in choices.cycles else ""
    if name == "kind":
        return KIND_WORD.get(value, value.capitalize())
    return (
        str(value).strip().replace("_", " ") if name in ("visibility", "value_source") else str(value).strip()
    )


def _person(text: str, choices: ObjectiveChoices) -> str:
    person = choices.find_person(text)
    return person.name if person else text


def _day(text: str) -> str:
    try:
        return f", {formats.date_format(date.fromisoformat(text), 'j M Y')}" if text else ""
    except ValueError:
        return f", {text}"


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
