"""Keeping what a person typed on My week until it is shared."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from checkins.models import CheckInDraft
from people.models import User


@transaction.atomic
def save_draft(*, by: User, at: datetime, rows: dict[str, Any]) -> CheckInDraft:
    """Keep the typed rows (key result id to field values as typed); empty rows drop the draft's content.

    The one character that PostgreSQL cannot store, NUL, is left out; the form says so when the row is shared.
    """
    kept = without_nul(rows)
    draft, _ = CheckInDraft.objects.update_or_create(user=by, defaults={"rows": kept, "saved_at": at})
    return draft


def without_nul(typed: Any) -> Any:
    """The same JSON value without NUL characters."""
    if isinstance(typed, str):
        return typed.replace("\x00", "")
    if isinstance(typed, dict):
        return {key: without_nul(value) for key, value in typed.items()}
    if isinstance(typed, list):
        return [without_nul(value) for value in typed]
    return typed


@transaction.atomic
def drop_from_draft(*, by: User, key_result_ids: list[str]) -> None:
    """Forget the rows that have been shared; the others stay."""
    draft = CheckInDraft.objects.select_for_update().filter(user=by).first()
    if draft is not None:
        draft.rows = {key: row for key, row in draft.rows.items() if key not in key_result_ids}
        draft.save(update_fields=["rows"])
