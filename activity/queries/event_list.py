"""The audit log: everything that happened in an organisation, newest first."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format

from activity.models import Event
from activity.rules.change_lines import IMPORT_REMOVED, IMPORT_WROTE
from people.models import User

PAGE_SIZE = 50
LONGEST_WORDS = 120
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?([+-]\d\d:\d\d|Z)$")
ROW_BY_ROW = (IMPORT_WROTE, IMPORT_REMOVED)
"""An import is one line of the log; these say the same row by row, for the feed of changes."""
TOLD_FACTS = ("joined", "left", "scopes", "role", "reason")


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One field that changed, in words; an empty value is a dash."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class EventRow:
    """One line of the log. `by_name` is empty for what the system did."""

    id: UUID
    at: datetime
    by_name: str
    on_behalf_of_name: str
    verb: str
    words: str
    about: str
    changes: tuple[ChangeRow, ...]
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EventPage:
    """A page of the log. `next_before` is the id to go on from, None on the last page."""

    rows: tuple[EventRow, ...]
    next_before: UUID | None


def event_list(
    viewer: User, *, subject_type: str = "", before: UUID | None = None, size: int = PAGE_SIZE
) -> EventPage:
    """Events of the viewer's organisation older than the event `before`. At most three queries whatever the size.

    For administrators only; the caller has to see to it.
    """
    events = Event.objects.filter(organisation_id=viewer.organisation_id).exclude(verb__in=ROW_BY_ROW)
    if subject_type:
        events = events.filter(subject_type=subject_type)
    edge = Event.objects.filter(pk=before, organisation_id=viewer.organisation_id).first() if before else None
    if edge is not None:
        events = events.filter(Q(at__lt=edge.at) | Q(at=edge.at, pk__lt=edge.pk))
    found = list(events.select_related("by", "on_behalf_of").order_by("-at", "-id")[: size + 1])
    names = _names_of({event.subject_id for event in found[:size]})
    rows = tuple(_row(event, names.get(event.subject_id, "")) for event in found[:size])
    return EventPage(rows, rows[-1].id if len(found) > size else None)


def _names_of(subject_ids: set[UUID]) -> dict[UUID, str]:
    """What each thing was called when it was made, for events that do not say it themselves."""
    made = Event.objects.filter(subject_id__in=subject_ids, verb__endswith=".created")
    return {key: _name_in(payload or {}) for key, payload in made.values_list("subject_id", "payload")}


def _name_in(payload: dict[str, Any]) -> str:
    return _short(payload.get("name") or payload.get("title") or payload.get("email") or "")


def _row(event: Event, known_as: str) -> EventRow:
    payload: dict[str, Any] = event.payload or {}
    changes = payload.get("changes") if isinstance(payload.get("changes"), dict) else {}
    return EventRow(
        id=event.pk,
        at=event.at,
        by_name=event.by.name if event.by else "",
        on_behalf_of_name=event.on_behalf_of.name if event.on_behalf_of else "",
        verb=event.verb,
        words=words_of(event.verb),
        about=_name_in(payload) or known_as,
        changes=tuple(_changes(changes or {})),
        facts=tuple(f"{key}: {_short(payload[key])}" for key in TOLD_FACTS if payload.get(key)),
    )


def words_of(verb: str) -> str:
    """`key_result.edited` as a person reads it: "Key result edited"."""
    return verb.replace(".", " ").replace("_", " ").capitalize()


def _changes(changes: dict[str, Any]) -> list[ChangeRow]:
    rows = []
    for field, pair in changes.items():
        before, after = pair if isinstance(pair, list) and len(pair) == 2 else (None, pair)
        rows.append(ChangeRow(field.replace("_", " "), _short(before) or "–", _short(after) or "–"))
    return rows


def _moment(text: str) -> str:
    """A moment in the reader's time zone, "25 Nov 2026, 03:29"; any other text as it is."""
    if not MOMENT.match(text):
        return text
    return date_format(timezone.localtime(datetime.fromisoformat(text)), "j M Y, H:i")


def _short(value: Any) -> str:
    """At most 120 characters of a plain value."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = ", ".join(str(item) for item in value) if isinstance(value, list) else _moment(str(value))
    return text if len(text) <= LONGEST_WORDS else text[: LONGEST_WORDS - 1] + "…"
