"""What a person typed about an objective earlier and did not save."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from objectives.models import WritingDraft
from people.models import User

MOST_OFFERED = 3


@dataclass(frozen=True, slots=True)
class UnfinishedRow:
    """A page of writing that can be continued; `title` as typed so far."""

    id: UUID
    title: str
    saved_at: datetime


def unfinished_writing(
    user: User, objective_id: UUID | None, *, but: UUID | None = None
) -> tuple[UnfinishedRow, ...]:
    """The latest ones on this objective, or on new ones (`objective_id` None), without the page `but` itself."""
    rows = WritingDraft.objects.filter(user=user, objective=objective_id)
    if but is not None:
        rows = rows.exclude(pk=but)
    found = rows.values_list("pk", "fields", "saved_at")[:MOST_OFFERED]
    return tuple(UnfinishedRow(pk, (fields.get("title") or [""])[0], at) for pk, fields, at in found)


def written_fields(user: User, draft_id: UUID, objective_id: UUID | None) -> dict[str, list[str]] | None:
    """Every field of a page as typed; None when this person has no such page on this objective."""
    rows = WritingDraft.objects.filter(user=user, pk=draft_id, objective=objective_id)
    found: dict[str, list[str]] | None = rows.values_list("fields", flat=True).first()
    return found
