"""Check-ins as they read at a moment: later edits, deletions and returns undone."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Q

from activity.models import Event, RowVersion
from checkins.models import CheckIn, CheckInVersion
from checkins.services.past_rows import values_of
from common.past import as_literal
from common.twin_tables import copy_real_rows, insert_values
from common.write_rows import update_rows
from people.models import Organisation

DATES = ("observed_on", "next_step_due_on")
UNDONE = (
    "value",
    "milestones_done",
    "confidence",
    "note",
    "win",
    "challenge",
    "next_step",
    "next_step_due_on",
    "observed_on",
    "edited_at",
    "deleted_at",
    "deleted_by",
    "updated_at",
)
PURGED = "check_in"
"""Check-ins that were let go for good are kept as versions of this type (purge_deleted)."""


def fill_check_ins(organisation: Organisation, until: datetime) -> None:
    """Put the check-ins that were known then into their twin, as they were then."""
    copy_real_rows(
        CheckIn,
        where=f"organisation_id = {as_literal(organisation.pk)} AND known_at <= {as_literal(until)}",
    )
    gone = RowVersion.objects.filter(organisation=organisation, subject_type=PURGED, known_at__lte=until)
    insert_values(CheckIn, [values_of(CheckIn, row) for row in gone.values_list("row", flat=True)])
    _undo_later(organisation, until)


def _undo_later(organisation: Organisation, until: datetime) -> None:
    words = _words_before(organisation, until)
    presence = _presence_before(organisation, until)
    changed = Q(pk__in=words.keys() | presence.keys()) | Q(deleted_at__gt=until) | Q(updated_at__gt=until)
    rows = list(CheckIn.everything.filter(changed, organisation=organisation))
    before = _moments_before([row.pk for row in rows], until)
    for row in rows:
        for name, value in words.get(row.pk, {}).items():
            setattr(row, name, value)
        if row.pk in presence:
            row.deleted_at, row.deleted_by_id = presence[row.pk]
        elif row.deleted_at is not None and row.deleted_at > until:
            row.deleted_at = row.deleted_by_id = None
        edited_at, touched_at = before.get(row.pk, (None, None))
        row.edited_at = edited_at
        row.updated_at = touched_at or row.recorded_at
    update_rows(CheckIn, rows, UNDONE)


def _words_before(organisation: Organisation, until: datetime) -> dict[UUID, dict[str, Any]]:
    """By check-in, what later edits replaced; the earliest replacement of a word tells what it was."""
    later = CheckInVersion.objects.filter(check_in__organisation=organisation, replaced_at__gt=until)
    words: dict[UUID, dict[str, Any]] = {}
    for pk, fields in later.order_by("-replaced_at", "-pk").values_list("check_in_id", "fields"):
        words.setdefault(pk, {}).update({name: _read(name, value) for name, value in fields.items()})
    return words


def _read(name: str, value: Any) -> Any:
    if value is None:
        return None
    if name == "value":
        return Decimal(value)
    return date.fromisoformat(value) if name in DATES else value


def _presence_before(
    organisation: Organisation, until: datetime
) -> dict[UUID, tuple[datetime | None, UUID | None]]:
    """By check-in that was deleted or brought back later, since when and by whom it was deleted then."""
    verbs = ("check_in.deleted", "check_in.restored")
    events = Event.objects.filter(organisation=organisation, verb__in=verbs)
    next_verb: dict[UUID, str] = {}
    for pk, verb in events.filter(at__gt=until).order_by("-at", "-id").values_list("subject_id", "verb"):
        next_verb[pk] = verb
    back = [pk for pk, verb in next_verb.items() if verb == "check_in.restored"]
    deleted = dict[UUID, tuple[datetime | None, UUID | None]]()
    earlier = events.filter(at__lte=until, verb="check_in.deleted", subject_id__in=back).order_by("at", "id")
    for pk, at, by in earlier.values_list("subject_id", "at", "by_id"):
        deleted[pk] = (at, by)
    return {pk: deleted.get(pk, (None, None)) for pk in next_verb}


def _moments_before(ids: list[UUID], until: datetime) -> dict[UUID, tuple[datetime | None, datetime]]:
    """By check-in, when it was edited last and when anything happened to it last."""
    events = Event.objects.filter(subject_type="check_in", subject_id__in=ids, at__lte=until)
    found: dict[UUID, tuple[datetime | None, datetime]] = {}
    for pk, verb, at in events.order_by("at", "id").values_list("subject_id", "verb", "at"):
        edited_at = at if verb == "check_in.edited" else found.get(pk, (None, at))[0]
        found[pk] = (edited_at, at)
    return found
