"""What changed, as a page prints it: fields in words, values as people read them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from checkins.queries.what_changed import ChangedObjective, ChangedThing, WhatChanged
from checkins.rules.folded_changes import ChangeKind, FieldChange
from common.templatetags.numbers import number

FIELDS = {
    "cycle": "Cycle",
    "contributors": "Contributors",
    "ends_on": "Ends",
    "keeps_us_running": "Why it keeps us running",
    "kind": "Kind",
    "lower_bound": "Lower bound",
    "milestones": "Steps",
    "narrative": "Why now",
    "not_doing": "What we will not do",
    "owner": "Owner",
    "planned_values": "Plan",
    "rank": "Place",
    "score": "Score",
    "sponsor": "Sponsor",
    "start_value": "Start",
    "starts_on": "Begins",
    "state": "State",
    "target_value": "Target",
    "team": "Team",
    "title": "Wording",
    "unit": "Unit",
    "upper_bound": "Upper bound",
    "value": "Value",
    "visibility": "Who may read it",
    "weight": "Weight",
    "why": "Why it matters",
}
NUMBERS = frozenset(
    ("start_value", "target_value", "lower_bound", "upper_bound", "weight", "value", "score", "rank")
)
WITH_UNIT = frozenset(("start_value", "target_value", "lower_bound", "upper_bound", "value"))
LONG = frozenset(("title", "why", "narrative", "not_doing", "keeps_us_running"))
SAYS = {
    ("objective", ChangeKind.NEW): "New objective",
    ("objective", ChangeKind.GONE): "Deleted",
    ("key_result", ChangeKind.NEW): "New key result",
    ("key_result", ChangeKind.GONE): "Deleted",
    ("alignment_link", ChangeKind.NEW): "Now linked",
    ("alignment_link", ChangeKind.GONE): "No longer linked",
    ("priority", ChangeKind.NEW): "New priority",
}
NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Line:
    """One change in print. `is_redline`: long words, shown as one text with marks. `says`: instead of before and after."""

    name: str
    before: str
    after: str
    is_redline: bool
    says: str
    times: int
    at: datetime
    by: str
    why: str


@dataclass(frozen=True, slots=True)
class ThingLines:
    """`title` is "" for the objective itself; `route` is the page of the thing, "" where it has none."""

    title: str
    route: str
    id: UUID
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class ObjectiveLines:
    id: UUID
    title: str
    team: str
    is_gone: bool
    things: tuple[ThingLines, ...]


@dataclass(frozen=True, slots=True)
class PriorityLines:
    id: UUID | None
    title: str
    lines: tuple[Line, ...]
    objectives: tuple[ObjectiveLines, ...]


def printed(found: WhatChanged) -> tuple[PriorityLines, ...]:
    """The page's sections in their order."""
    return tuple(
        PriorityLines(
            one.id,
            one.title,
            tuple(_line(change, "priority", "") for change in one.changes),
            tuple(_objective(row) for row in one.objectives),
        )
        for one in found.priorities
    )


def _objective(row: ChangedObjective) -> ObjectiveLines:
    return ObjectiveLines(row.id, row.title, row.team, row.is_gone, tuple(_thing(one) for one in row.things))


def _thing(thing: ChangedThing) -> ThingLines:
    is_gone = any(change.kind == ChangeKind.GONE for change in thing.changes)
    return ThingLines(
        title="" if thing.type == "objective" else thing.title,
        route="key_result" if thing.type == "key_result" and not is_gone else "",
        id=thing.id,
        lines=tuple(_line(change, thing.type, thing.unit) for change in thing.changes),
    )


def _line(change: FieldChange, subject: str, unit: str) -> Line:
    return Line(
        name=FIELDS.get(change.field, ""),
        before=words(change.field, change.before, unit),
        after=words(change.field, change.after, unit),
        is_redline=change.field in LONG,
        says=SAYS.get((subject, change.kind), ""),
        times=change.times,
        at=change.at,
        by=change.by,
        why=change.why,
    )


def words(name: str, value: Any, unit: str = "") -> str:
    """A value of a field as people read it; "nothing" where there is none."""
    if value is None or value == "" or value == []:
        return "" if name in LONG else NOTHING
    if isinstance(value, bool):
        return "yes" if value else "no"
    if name in NUMBERS:
        try:
            return number(Decimal(str(value)), unit if name in WITH_UNIT else "")
        except InvalidOperation:
            return str(value)
    if isinstance(value, dict):
        return _of_dict(value)
    if isinstance(value, list):
        return ", ".join(words("", one) for one in value)
    return str(value).replace("_", " ") if name in ("state", "kind", "visibility") else _day(str(value))


def _of_dict(value: dict[str, Any]) -> str:
    if "on" in value:
        return f"{number(value.get('value'))} on {_day(str(value['on']))}"
    return str(value.get("name") or value.get("title") or "…")


def _day(text: str) -> str:
    try:
        day = date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        day = None
    return f"{day.day} {day:%b %Y}" if day else text
