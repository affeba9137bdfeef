"""What check-ins did to the values of key results since a moment."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Q

from checkins.models import CheckIn
from checkins.permissions import visible_check_ins
from checkins.rules.folded_changes import FieldChange, value_change
from common.known_ids import known_id
from common.plain_rows import id_text, plain_rows
from objectives.models import KeyResult
from people.models import User


@dataclass(slots=True)
class Said:
    """The check-ins of one key result since then, folded as they come."""

    before: object
    after: object
    times: int
    at: datetime
    by: str
    why: str


def said_since(viewer: User, since: datetime) -> dict[UUID, set[UUID]]:
    """By objective its key results whose value somebody or something told anew since then. One query."""
    rows = visible_check_ins(viewer).filter(
        Q(value__isnull=False) | Q(milestones_done__isnull=False),
        organisation_id=viewer.organisation_id,
        known_at__gt=since,
    )
    found: dict[UUID, set[UUID]] = {}
    pairs = (
        rows.order_by().values_list(id_text("key_result__objective_id"), id_text("key_result_id")).distinct()
    )
    for objective, key_result in plain_rows(pairs):
        found.setdefault(known_id(objective), set()).add(known_id(key_result))
    return found


def values_of(rows: Iterable[KeyResult], since: datetime) -> dict[UUID, FieldChange]:
    """By key result how its value changed since then; those that stand where they stood are left out. One query.

    From what stood before the first check-in to what stands now, so that late and corrected ones tell no other story.
    """
    results = {row.pk: row for row in rows}
    said: dict[UUID, Said] = {}
    for one in _check_ins(results, since):
        key, value, previous, done, at, author, label, note = one
        after: object = len(done or ()) if done is not None else value
        known = said.get(key)
        if known is None:
            said[key] = Said(
                None if done is not None else previous, after, 1, at, author or label or "", note
            )
        else:
            known.after, known.at, known.by, known.why = after, at, author or label or "", note
            known.times += 1
    found = {}
    for key, one_said in said.items():
        row = results[key]
        after = one_said.after if row.current_value is None else row.current_value
        if _json(one_said.before) != _json(after):
            found[key] = value_change(
                _json(one_said.before),
                _json(after),
                times=one_said.times,
                at=one_said.at,
                by=one_said.by,
                why=one_said.why,
            )
    return found


def _check_ins(results: dict[UUID, KeyResult], since: datetime) -> Iterable[tuple[Any, ...]]:
    rows = CheckIn.objects.filter(
        Q(value__isnull=False) | Q(milestones_done__isnull=False),
        key_result__in=list(results),
        known_at__gt=since,
    )
    return rows.order_by("known_at", "id").values_list(
        "key_result_id",
        "value",
        "previous_value",
        "milestones_done",
        "known_at",
        "author__name",
        "author_label",
        "note",
    )


def _json(value: object) -> object:
    """A decimal as plain text, without zeros at its end."""
    if not isinstance(value, Decimal):
        return value
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
