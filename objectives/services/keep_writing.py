"""Keeping what a person types about an objective until it is saved or discarded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from objectives.models import Objective, WritingDraft
from people.models import User

MOST_DRAFTS = 20
"""A person's latest pages of writing are kept, so many of them."""


@transaction.atomic
def keep_writing(
    *,
    draft_id: UUID,
    by: User,
    at: datetime,
    fields: Mapping[str, Sequence[str]],
    objective: Objective | None = None,
) -> WritingDraft | None:
    """Keep the fields of a page as typed, in place of what this page kept before.

    `draft_id` is the page's own. Somebody else's is left alone: None. The one character that PostgreSQL cannot
    store, NUL, is left out.
    """
    if WritingDraft.objects.filter(pk=draft_id).exclude(user=by).exists():
        return None
    kept = {name: [text.replace("\x00", "") for text in texts] for name, texts in fields.items()}
    draft, is_new = WritingDraft.objects.update_or_create(
        pk=draft_id, defaults={"user": by, "objective": objective, "fields": kept, "saved_at": at}
    )
    if is_new:
        latest = WritingDraft.objects.filter(user=by).values_list("pk", flat=True)[:MOST_DRAFTS]
        WritingDraft.objects.filter(user=by).exclude(pk__in=list(latest)).delete()
    return draft


def drop_writing(*, draft_id: UUID, by: User) -> bool:
    """Forget a page that was saved or is not wanted. Returns whether there was one of this person."""
    return WritingDraft.objects.filter(pk=draft_id, user=by).delete()[0] > 0
