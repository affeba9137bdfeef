"""What changed, as a page prints it: fields in words, values as people read them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from checkins.queries.changed_words import FIELDS, LONG, SAYS, words
from checkins.queries.what_changed import ChangedObjective, ChangedThing, WhatChanged
from checkins.rules.folded_changes import ChangeKind, FieldChange


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
