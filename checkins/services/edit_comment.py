"""Changing what a comment says; every earlier wording is kept."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from checkins.models import Comment, CommentVersion
from checkins.permissions import can_edit_words
from checkins.queries.mentions import read_mentions
from checkins.services.tell_of_words import tell_of_comment
from checkins.services.words_place import clean_text
from checkins.services.write_comment import NEEDED, log_comment
from common.errors import NotAllowed, StaleVersion
from people.models import User


@transaction.atomic
def edit_comment(
    *, comment: Comment, by: User, at: datetime, text: str, expected_updated_at: datetime | None = None
) -> Comment:
    """New words for a comment; people named for the first time are told. The same words leave no trace.

    Raises NotAllowed (not its author), InvalidInput (no words, too many names), StaleVersion (changed since
    `expected_updated_at`).
    """
    row = Comment.objects.select_for_update(of=("self",)).select_related("objective").get(pk=comment.pk)
    if not can_edit_words(by, row):
        raise NotAllowed("Only whoever wrote a comment changes it.")
    if expected_updated_at is not None and row.updated_at != expected_updated_at:
        raise StaleVersion("This comment was changed in the meantime.")
    mentions = read_mentions(clean_text(text, needed=NEEDED), row.objective)
    if mentions.text == row.text:
        return row
    before = set(row.mentions.values_list("pk", flat=True))
    CommentVersion.objects.create(comment=row, text=row.text, replaced_at=at, replaced_by=by)
    row.text = mentions.text
    row.edited_at = row.updated_at = at
    row.save(update_fields=["text", "edited_at", "updated_at"])
    row.mentions.set(mentions.people)
    log_comment("comment.edited", row, by=by, at=at)
    tell_of_comment(row, [one for one in mentions.people if one.pk not in before], by=by, at=at, is_new=False)
    return row
