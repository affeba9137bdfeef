"""What one event of the log means for somebody who mirrors the rows of the interface: one line a row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple
from uuid import UUID


class Action(StrEnum):
    """What happened to a row."""

    CREATE = "create"
    CHANGE = "change"
    DELETE = "delete"


class Line(NamedTuple):
    """`type` is the row's name in the interface; equal type and id mean one row."""

    type: str
    id: UUID
    action: Action


@dataclass(frozen=True, slots=True)
class Happened:
    """An event, as far as its lines follow from it."""

    verb: str
    subject_id: UUID
    objective_id: UUID | None
    payload: Mapping[str, Any]


TYPES: Mapping[str, str] = {
    "ask": "ask",
    "check_in": "check_in",
    "comment": "comment",
    "cycle": "cycle",
    "key_result": "key_result",
    "link": "alignment_link",
    "objective": "objective",
    "person": "person",
    "priority": "priority",
    "team": "team",
    "thanks": "thanks",
}
"""Subjects of the log that the interface has rows of."""

SUBJECTS = (*TYPES, "initiative", "import")
"""Subjects whose events can have lines; all others are left out."""

BEGAN = frozenset(("created", "given", "joined", "made", "recorded", "restored", "written"))
ENDED = frozenset(("deleted",))
SILENT = frozenset(
    (
        "person.signed_out_everywhere",
        "team.chat_changed",
        "key_result.nudged",
        "import.applied",
        "import.undone",
    )
)
"""Happenings that leave every row of the interface as it was."""

IMPORT_WROTE, IMPORT_REMOVED = "import.wrote", "import.removed"


def lines_of(event: Happened) -> tuple[Line, ...]:
    """The lines of an event, always the same ones in the same order, each row once.

    What makes a row stands before what changes because of it; what goes away stands first.
    """
    if event.verb in SILENT:
        return ()
    seen: dict[tuple[str, UUID], Line] = {}
    for line in _all_lines(event):
        seen.setdefault((line.type, line.id), line)
    return tuple(seen.values())


def _all_lines(event: Happened) -> Iterator[Line]:
    subject, happened = event.verb.split(".", 1)
    if subject == "import":
        yield from _of_import(event)
        return
    action = Action.CREATE if happened in BEGAN else Action.DELETE if happened in ENDED else Action.CHANGE
    if subject == "team" and happened == "restored":
        action = Action.CHANGE
    if subject in TYPES:
        if happened == "merged":
            yield from _rows("person", [event.payload.get("merged")], Action.DELETE)
        yield Line(TYPES[subject], event.subject_id, action)
    yield from _around(subject, action, event)


def _around(subject: str, action: Action, event: Happened) -> Iterator[Line]:
    """Other rows that read differently now."""
    payload = event.payload
    if subject == "objective":
        yield from _rows("key_result", payload.get("key_result_ids"), action)
    if subject in ("check_in", "initiative"):
        yield from _rows("key_result", [payload.get("key_result_id")], Action.CHANGE)
    if subject in ("check_in", "key_result", "link") and event.objective_id is not None:
        yield Line("objective", event.objective_id, Action.CHANGE)
    if subject == "link":
        yield from _rows(str(payload.get("parent_type")), [payload.get("parent_id")], Action.CHANGE)
    lifted = payload.get("lifted")
    if isinstance(lifted, Mapping):
        for name in ("objective", "priority"):
            yield from _rows(name, lifted.get(name), Action.CHANGE)


def _of_import(event: Happened) -> Iterator[Line]:
    if event.verb not in (IMPORT_WROTE, IMPORT_REMOVED):
        return
    subject = str(event.payload.get("type"))
    if subject not in TYPES:
        return
    if event.verb == IMPORT_REMOVED:
        yield from _rows(TYPES[subject], event.payload.get("ids"), Action.DELETE)
        return
    yield from _rows(TYPES[subject], event.payload.get("made"), Action.CREATE)
    yield from _rows(TYPES[subject], event.payload.get("changed"), Action.CHANGE)


def _rows(name: str, ids: Any, action: Action) -> Iterator[Line]:
    """Lines of the ids that are ids; anything else says nothing."""
    for key in ids if isinstance(ids, list) else ():
        try:
            yield Line(name, UUID(str(key)), action)
        except ValueError:
            continue
