"""Taking a comment away, and putting it back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from checkins.models import Comment
from checkins.permissions import can_delete_words
from checkins.services.tell_of_words import untell_comment
from checkins.services.write_comment import log_comment
from common.errors import NotAllowed, RuleConflict
from objectives.services.kept_for import require_still_kept
from people.models import User


@transaction.atomic
def delete_comment(*, comment: Comment, by: User, at: datetime) -> Comment:
    """It is read no more and nobody is told of it any more; it can be put back. Raises NotAllowed."""
    row = _locked(comment, by)
    if row.deleted_at is None:
        row.deleted_at = row.updated_at = at
        row.deleted_by = by
        row.save(update_fields=["deleted_at", "deleted_by", "updated_at"])
        untell_comment(row, at=at)
        log_comment("comment.deleted", row, by=by, at=at)
    return row


@transaction.atomic
def restore_comment(*, comment: Comment, by: User, at: datetime) -> Comment:
    """Put it back. Raises NotAllowed, RuleConflict (deleted too long ago)."""
    row = _locked(comment, by)
    if row.deleted_at is not None:
        require_still_kept(row, row.deleted_at, at=at)
        row.deleted_at = row.deleted_by = None
        row.updated_at = at
        row.save(update_fields=["deleted_at", "deleted_by", "updated_at"])
        log_comment("comment.restored", row, by=by, at=at)
    return row


def _locked(comment: Comment, by: User) -> Comment:
    row = Comment.everything.select_for_update().filter(pk=comment.pk).first()
    if row is None:
        raise RuleConflict("This comment was deleted long ago.", code="deleted_too_long_ago")
    if not can_delete_words(by, row):
        raise NotAllowed("A comment is taken away by whoever wrote it, or by an administrator.")
    return row
