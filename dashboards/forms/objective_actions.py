"""What the small buttons of the page do without a script: add, take out, put back, move, paste."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import QueryDict

from dashboards.forms.objective_typed import (
    TypedKeyResult,
    TypedLink,
    TypedObjective,
    TypedPoint,
    TypedStep,
    TypedWork,
)
from dashboards.forms.pasted_list import pasted_lines

ACTIONS = ("add", "remove", "undo", "up", "down", "drop", "paste", "show")
LISTS: dict[str, tuple[str, Callable[[], Any]]] = {
    "step": ("steps", TypedStep),
    "point": ("points", TypedPoint),
    "work": ("work", TypedWork),
}


def act(typed: TypedObjective, posted: QueryDict) -> str | None:
    """Do what the pressed button says. None when it was none of these; else the key of the row it was about, or "".

    A value is a word or two: `add=key_result`, `add=step k1`, `drop=point k1 0`, `up=k1`, `remove=k1`.
    """
    for action in ACTIONS:
        if action in posted:
            words = posted.get(action, "").split()
            return _act(typed, action, words) or ""
    return None


def _act(typed: TypedObjective, action: str, words: list[str]) -> str:
    if action == "paste":
        return _paste(typed)
    if action == "show":
        return words[0] if words else ""
    if words[:1] == ["link"]:
        return _links(typed, action, words)
    if action == "add" and words == ["key_result"]:
        return add_key_result(typed).key
    key = (words[1:2] if action == "drop" else words[-1:]) or [""]
    row = next((one for one in typed.key_results if one.key == key[0]), None)
    if row is None:
        return ""
    if action in ("add", "drop"):
        _list(row, action, words)
    elif action in ("remove", "undo"):
        row.is_removed = action == "remove"
    else:
        _move(typed.key_results, row, -1 if action == "up" else 1)
    return row.key


def add_key_result(typed: TypedObjective, **fields: str) -> TypedKeyResult:
    """One more row at the end, looked after by the objective's owner."""
    row = TypedKeyResult(typed.new_key(), **{"owner": typed.owner, **fields})  # type: ignore[arg-type]
    typed.key_results.append(row)
    return row


def _links(typed: TypedObjective, action: str, words: list[str]) -> str:
    if action == "add":
        typed.links.append(TypedLink())
    elif action == "drop" and len(words) > 1 and words[1].isdigit() and int(words[1]) < len(typed.links):
        typed.links[int(words[1])].parent = ""
    return ""


def _list(row: TypedKeyResult, action: str, words: list[str]) -> None:
    name, make = LISTS.get(words[0], ("", TypedStep))
    if not name:
        return
    rows: list[Any] = getattr(row, name)
    if action == "add":
        rows.append(make())
    elif words[-1].isdigit() and int(words[-1]) < len(rows):
        place = int(words[-1])
        if name == "work" and rows[place].id:
            rows[place].title = rows[place].url = ""
        else:
            del rows[place]


def _move(rows: list[TypedKeyResult], row: TypedKeyResult, step: int) -> None:
    """Past the next row that is still on the page."""
    place = rows.index(row) + step
    while 0 <= place < len(rows) and rows[place].is_removed:
        place += step
    if 0 <= place < len(rows):
        rows.remove(row)
        rows.insert(place, row)


def _paste(typed: TypedObjective) -> str:
    lines, typed.pasted = pasted_lines(typed.pasted)
    typed.key_results = [row for row in typed.key_results if not row.is_blank]
    first = ""
    for line in lines:
        row = add_key_result(
            typed,
            title=line.title,
            kind=line.kind,
            start_value=line.start_value,
            target_value=line.target_value,
            unit=line.unit,
        )
        first = first or row.key
    return first
