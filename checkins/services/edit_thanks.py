"""Changing the words of thanks, taking them back, and putting them back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from checkins.models import Thanks
from checkins.permissions import can_delete_words, can_edit_words
from checkins.services.give_thanks import NEEDED, log_thanks
from checkins.services.tell_of_words import untell_thanks
from checkins.services.words_place import clean_text
from common.errors import NotAllowed, RuleConflict, StaleVersion
from objectives.services.kept_for import require_still_kept
from people.models import User


@transaction.atomic
def edit_thanks(
    *,
    thanks: Thanks,
    by: User,
    at: datetime,
    text: str | None = None,
    is_private: bool | None = None,
    expected_updated_at: datetime | None = None,
) -> Thanks:
    """New words, or for the receivers alone; what is left out stays. The receivers stay those who were thanked.

    Raises NotAllowed (not its author), InvalidInput (no words), StaleVersion (changed since `expected_updated_at`).
    """
    row = _locked(thanks)
    if not can_edit_words(by, row):
        raise NotAllowed("Only whoever gave thanks changes them.")
    if expected_updated_at is not None and row.updated_at != expected_updated_at:
        raise StaleVersion("These thanks were changed in the meantime.")
    words = row.text if text is None else clean_text(text, needed=NEEDED)
    private = row.is_private if is_private is None else is_private
    if (words, private) != (row.text, row.is_private):
        row.text, row.is_private = words, private
        row.edited_at = row.updated_at = at
        row.save(update_fields=["text", "is_private", "edited_at", "updated_at"])
        log_thanks("thanks.edited", row, by=by, at=at)
    return row


@transaction.atomic
def delete_thanks(*, thanks: Thanks, by: User, at: datetime) -> Thanks:
    """Nobody reads them any more; they can be put back. Raises NotAllowed."""
    row = _deletable(thanks, by)
    if row.deleted_at is None:
        row.deleted_at = row.updated_at = at
        row.deleted_by = by
        row.save(update_fields=["deleted_at", "deleted_by", "updated_at"])
        untell_thanks(row, at=at)
        log_thanks("thanks.deleted", row, by=by, at=at)
    return row


@transaction.atomic
def restore_thanks(*, thanks: Thanks, by: User, at: datetime) -> Thanks:
    """Put them back. Raises NotAllowed, RuleConflict (deleted too long ago)."""
    row = _deletable(thanks, by)
    if row.deleted_at is not None:
        require_still_kept(row, row.deleted_at, at=at)
        row.deleted_at = row.deleted_by = None
        row.updated_at = at
        row.save(update_fields=["deleted_at", "deleted_by", "updated_at"])
        log_thanks("thanks.restored", row, by=by, at=at)
    return row


def _deletable(thanks: Thanks, by: User) -> Thanks:
    row = _locked(thanks)
    if not can_delete_words(by, row):
        raise NotAllowed("Thanks are taken back by whoever gave them, or by an administrator.")
    return row


def _locked(thanks: Thanks) -> Thanks:
    row = Thanks.everything.select_for_update().filter(pk=thanks.pk).first()
    if row is None:
        raise RuleConflict("These thanks were deleted long ago.", code="deleted_too_long_ago")
    return row
