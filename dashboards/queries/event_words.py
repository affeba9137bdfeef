"""What happened to an objective, in plain words, from the event log."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from activity.models import Event
from common.templatetags.numbers import number

SHOWN_VERBS = (
    "objective.created", "objective.edited", "objective.activated", "objective.paused", "objective.closed",
    "objective.reopened", "objective.cancelled", "objective.deleted", "objective.restored",
    "key_result.created", "key_result.edited", "key_result.activated", "key_result.paused", "key_result.closed",
    "key_result.cancelled", "key_result.deleted", "key_result.restored", "key_result.skipped",
    "initiative.created", "initiative.edited", "initiative.deleted",
    "link.created", "link.edited", "link.deleted", "check_in.deleted", "check_in.restored",
)  # fmt: skip
"""Check-ins speak for themselves; a new order of rows is no news."""

FIELDS = {
    "title": "title",
    "why": "why it matters",
    "kind": "kind",
    "team": "team",
    "owner": "owner",
    "contributors": "contributors",
    "visibility": "who may read it",
    "cycle": "cycle",
    "keeps_us_running": "why it keeps us running",
    "counts_when_private": "whether it counts while private",
    "unit": "unit",
    "start_value": "start",
    "target_value": "target",
    "lower_bound": "lower bound",
    "upper_bound": "upper bound",
    "weight": "weight",
    "cadence_days": "days between check-ins",
    "value_source": "where its value comes from",
    "milestones": "steps",
    "planned_values": "planned values",
    "state": "state",
    "url": "link",
    "owner_label": "owner",
    "reason": "reason",
}
GLYPHS = {
    "created": "plus",
    "edited": "pen",
    "activated": "play",
    "paused": "pause",
    "closed": "check",
    "reopened": "undo",
    "cancelled": "x",
    "deleted": "x",
    "restored": "undo",
    "skipped": "clock",
}
NUMBERS = ("start_value", "target_value", "lower_bound", "upper_bound", "weight", "cadence_days")
LONGEST = 160


@dataclass(frozen=True, slots=True)
class Change:
    """One field before and after; both empty where only the name is told."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Told:
    """An event in words. `quote` is what a person wrote, such as the reason of a pause."""

    sentence: str
    glyph: str
    quote: str = ""
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Around:
    """Titles that a reader may know, by id; what is missing here is not told."""

    key_results: Mapping[str, str]
    initiatives: Mapping[str, str]
    parent_title: Callable[[str], str | None]


def told(event: Event, around: Around) -> Told | None:
    """The words of an event; None when it would say nothing, or something that the reader may not know."""
    subject, verb = event.verb.split(".", 1)
    payload: dict[str, Any] = event.payload or {}
    tell = {"objective": _objective, "key_result": _key_result, "initiative": _initiative, "link": _link}.get(
        subject, _check_in
    )
    sentence = tell(event, verb, payload, around)
    if sentence is None:
        return None
    changes = _changes(payload) if verb == "edited" else ()
    if verb == "edited" and not changes and not payload.get("milestones_removed"):
        return None
    return Told(sentence, "link" if subject == "link" else GLYPHS.get(verb, "pen"), _quote(payload), changes)


def _objective(event: Event, verb: str, payload: dict[str, Any], around: Around) -> str | None:
    if verb == "closed":
        score = _after(payload, "score")
        return f"Closed with a score of {number(score)}." if score is not None else "Closed without a score."
    if verb == "activated" and _before(payload, "state") == "paused":
        return "Taken up again."
    return {
        "created": "Written as a draft.",
        "edited": "Changed.",
        "activated": "Started.",
        "paused": "Paused.",
        "reopened": "Opened again.",
        "cancelled": "Cancelled.",
        "deleted": "Deleted.",
        "restored": "Brought back.",
    }.get(verb)


def _key_result(event: Event, verb: str, payload: dict[str, Any], around: Around) -> str | None:
    name = around.key_results.get(str(event.subject_id)) or payload.get("title")
    what = f"“{_short(name)}”" if name else "A key result"
    if verb == "skipped":
        until = _day(payload.get("until"))
        return f"{what} waits{f' until {until}' if until else ''}."
    words = {
        "created": "was added",
        "edited": "was changed",
        "activated": "was taken up again",
        "paused": "was paused",
        "closed": "was closed",
        "cancelled": "was cancelled",
        "deleted": "was deleted",
        "restored": "was brought back",
    }.get(verb)
    return f"{what} {words}." if words else None


def _initiative(event: Event, verb: str, payload: dict[str, Any], around: Around) -> str | None:
    name = around.initiatives.get(str(event.subject_id)) or payload.get("title")
    what = f"Initiative “{_short(name)}”" if name else "An initiative"
    state = _after(payload, "state")
    if verb == "edited" and state:
        return f"{what} is {str(state).replace('_', ' ')}."
    words = {"created": "was added", "edited": "was changed", "deleted": "was taken away"}.get(verb)
    return f"{what} {words}." if words else None


def _link(event: Event, verb: str, payload: dict[str, Any], around: Around) -> str | None:
    """Only links of which the reader may see the other end are told."""
    title = around.parent_title(str(payload.get("parent_id")))
    if title is None:
        return None
    kind = {"contributes": "contribute to", "supports": "support", "depends_on": "depend on"}.get(
        str(payload.get("kind")), "lead to"
    )
    words = {
        "created": f"Linked to {kind} “{_short(title)}”.",
        "edited": f"The link to “{_short(title)}” was changed.",
        "deleted": f"No longer linked to “{_short(title)}”.",
    }
    return words.get(verb)


def _check_in(event: Event, verb: str, payload: dict[str, Any], around: Around) -> str | None:
    name = around.key_results.get(str(payload.get("key_result_id")))
    where = f" on “{_short(name)}”" if name else ""
    return {
        "deleted": f"A check-in{where} was taken back.",
        "restored": f"A check-in{where} was put back.",
    }.get(verb)


def _changes(payload: dict[str, Any]) -> tuple[Change, ...]:
    changes = payload.get("changes")
    if not isinstance(changes, dict):
        return ()
    found = []
    for field, pair in changes.items():
        if field not in FIELDS or not isinstance(pair, list) or len(pair) != 2:
            continue
        before, after = (_words(field, value) for value in pair)
        found.append(Change(FIELDS[field], before, after))
    return tuple(found)


def _words(field: str, value: Any) -> str:
    if value in (None, "", []):
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if field in NUMBERS:
        try:
            return number(Decimal(str(value)))
        except InvalidOperation:
            return str(value)
    if isinstance(value, dict):
        on = _day(value.get("on"))
        return (
            f"{value.get('value')} on {on}" if on else _short(value.get("name") or value.get("title") or "…")
        )
    if isinstance(value, list):
        named = [_words("", one) for one in value]
        return _short(", ".join(named))
    return _short(str(value).replace("_", " ") if field in ("kind", "state", "value_source") else value)


def _quote(payload: dict[str, Any]) -> str:
    """What somebody wrote: a reason of the step itself, or the reason of a score."""
    said = payload.get("reason") or _after(payload, "state_reason") or _after(payload, "score_reason")
    return str(said) if said else ""


def _after(payload: dict[str, Any], field: str) -> Any:
    return _pair(payload, field)[1]


def _before(payload: dict[str, Any], field: str) -> Any:
    return _pair(payload, field)[0]


def _pair(payload: dict[str, Any], field: str) -> tuple[Any, Any]:
    pair = (payload.get("changes") or {}).get(field)
    return (pair[0], pair[1]) if isinstance(pair, list) and len(pair) == 2 else (None, None)


def _day(value: Any) -> str:
    try:
        day = date.fromisoformat(str(value)[:10])
    except ValueError:
        return ""
    return f"{day.day} {day:%b}"


def _short(value: Any) -> str:
    text = " ".join(str(value).split())
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
