"""The feed of changes: every row created, changed or deleted since a place, in commit order, for one reader."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Max, QuerySet

from activity.models import Event
from activity.rules.change_lines import SUBJECTS, Happened, lines_of
from common.errors import RuleConflict
from dashboards.queries.resources.change_cursor import START, Place
from dashboards.queries.resources.change_sight import Told, events_in_sight, lines_in_sight
from people.models import User

BATCH = 500


class PlaceIsGone(RuleConflict):
    """The place lies beyond the end: the installation was put back to an earlier day."""

    default_code = "cursor_gone"


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One row changed. `place` is where the feed goes on after it; `by` is None for what the product did itself."""

    place: Place
    at: datetime
    type: str
    id: UUID
    action: str
    by: User | None


@dataclass(frozen=True, slots=True)
class ChangePage:
    """A stretch of the feed. `next` is where to go on; with no rows it is the place that was asked from."""

    rows: tuple[ChangeRow, ...]
    next: Place
    has_more: bool


def change_page(viewer: User, after: Place = START, *, size: int) -> ChangePage:
    """Up to `size` lines after a place that the viewer may see. Nothing hidden moves any part of the answer.

    Ends with the latest event that has its place: call `number_events` first. Raises PlaceIsGone.
    """
    _require_place(viewer, after)
    found: list[ChangeRow] = []
    for batch in _batches(viewer, after):
        found += [row for row in _rows(viewer, batch) if row.place > after]
        if len(found) > size:
            break
    rows = tuple(found[:size])
    return ChangePage(rows, rows[-1].place if rows else after, len(found) > size)


def last_place(viewer: User) -> Place:
    """After the last line that the viewer may see: where to begin for what is yet to come."""
    edge: int | None = None
    while True:
        events = _events(viewer).order_by("-position")
        batch = list((events if edge is None else events.filter(position__lt=edge))[:BATCH])
        rows = _rows(viewer, batch)
        if rows:
            return max(row.place for row in rows)
        if len(batch) < BATCH:
            return START
        edge = batch[-1].position


def _events(viewer: User) -> QuerySet[Event]:
    events = Event.objects.filter(
        organisation_id=viewer.organisation_id, position__isnull=False, subject_type__in=SUBJECTS
    )
    return events_in_sight(viewer, events).select_related("by")


def _batches(viewer: User, after: Place) -> Iterator[list[Event]]:
    """Events from the one that the place lies in, in order, a bounded number at a time."""
    edge = after.position - 1
    while True:
        batch = list(_events(viewer).filter(position__gt=edge).order_by("position")[:BATCH])
        if batch:
            yield batch
        if len(batch) < BATCH:
            return
        edge = batch[-1].position or 0


def _rows(viewer: User, events: list[Event]) -> list[ChangeRow]:
    told: list[Told] = []
    number: dict[tuple[UUID, str, UUID], int] = {}
    for event in events:
        happened = Happened(event.verb, event.subject_id, event.objective_id, event.payload or {})
        for place, line in enumerate(lines_of(happened), start=1):
            told.append((event, line))
            number[event.pk, line.type, line.id] = place
    return [
        ChangeRow(
            place=Place(event.position or 0, number[event.pk, line.type, line.id]),
            at=event.at,
            type=line.type,
            id=line.id,
            action=line.action.value,
            by=event.by,
        )
        for event, line in lines_in_sight(viewer, told)
    ]


def _require_place(viewer: User, place: Place) -> None:
    if place == START:
        return
    events = Event.objects.filter(organisation_id=viewer.organisation_id)
    if place.position > (events.aggregate(last=Max("position"))["last"] or 0):
        raise PlaceIsGone(
            "This cursor is ahead of the feed: the installation was put back to an earlier day. Read the lists again, "
            "then go on from `cursor=latest`."
        )
