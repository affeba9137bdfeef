"""Delete a key result, and bring it back for thirty days."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from objectives.models import KeyResult
from objectives.services.kept_for import require_still_kept
from objectives.services.locked_rows import locked_key_result, require_running
from objectives.services.save_and_tell import save_and_tell
from people.models import User


@transaction.atomic
def delete_key_result(
    *, key_result: KeyResult, by: User, at: datetime, expected_version: int | None = None
) -> KeyResult:
    """Take it off its objective; with its check-ins it can be restored for thirty days.

    Raises NotAllowed, RuleConflict (gone already; its objective or cycle has ended), StaleVersion.
    """
    row = locked_key_result(key_result, by=by, expected_version=expected_version)
    require_running(row.objective)
    row.deleted_at, row.deleted_by = at, by
    return _told(row, "key_result.deleted", by=by, at=at)


@transaction.atomic
def restore_key_result(*, key_result: KeyResult, by: User, at: datetime) -> KeyResult:
    """Put a deleted key result back where it was; one that is there already stays.

    Raises NotAllowed, RuleConflict (deleted more than thirty days ago; its objective or cycle has ended).
    """
    if KeyResult.objects.filter(pk=key_result.pk).exists():
        return locked_key_result(key_result, by=by)
    row = locked_key_result(key_result, by=by, is_deleted=True)
    require_running(row.objective)
    require_still_kept(row, row.deleted_at, at=at)
    row.deleted_at, row.deleted_by = None, None
    return _told(row, "key_result.restored", by=by, at=at)


def _told(row: KeyResult, verb: str, *, by: User, at: datetime) -> KeyResult:
    fields, payload = ("deleted_at", "deleted_by"), {"title": row.title}
    return save_and_tell(row, verb, by=by, at=at, fields=fields, payload=payload)
