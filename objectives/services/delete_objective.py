"""Delete an objective, and bring it back for thirty days."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F

from objectives.models import KeyResult, Objective
from objectives.services.changes import json_value
from objectives.services.kept_for import require_still_kept
from objectives.services.locked_rows import locked_objective, require_open_cycle
from objectives.services.save_and_tell import save_and_tell
from people.models import User


@transaction.atomic
def delete_objective(
    *, objective: Objective, by: User, at: datetime, expected_version: int | None = None
) -> Objective:
    """Take it and its key results away; links and check-ins wait with it for thirty days.

    Raises NotAllowed, RuleConflict (gone already, or its cycle is closed), StaleVersion.
    """
    row = locked_objective(objective, by=by, expected_version=expected_version)
    require_open_cycle(row.cycle)
    parts = KeyResult.objects.filter(objective=row)
    with_it = list(parts.order_by("position", "pk").values_list("pk", flat=True))
    parts.update(deleted_at=at, deleted_by=by, version=F("version") + 1, updated_at=at)
    row.deleted_at, row.deleted_by = at, by
    return _told(row, "objective.deleted", with_it, by=by, at=at, seen_by=_seen_by(row))


@transaction.atomic
def restore_objective(*, objective: Objective, by: User, at: datetime) -> Objective:
    """Put it back with the key results that went with it; one that is there already stays as it is.

    Raises NotAllowed, RuleConflict (deleted more than thirty days ago, or its cycle is closed).
    """
    if Objective.objects.filter(pk=objective.pk).exists():
        return locked_objective(objective, by=by)
    row = locked_objective(objective, by=by, is_deleted=True)
    require_open_cycle(row.cycle)
    require_still_kept(row, row.deleted_at, at=at)
    parts = KeyResult.everything.filter(objective=row, deleted_at=row.deleted_at)
    with_it = list(parts.order_by("position", "pk").values_list("pk", flat=True))
    KeyResult.everything.filter(pk__in=with_it).update(
        deleted_at=None, deleted_by=None, version=F("version") + 1, updated_at=at
    )
    row.deleted_at, row.deleted_by = None, None
    return _told(row, "objective.restored", with_it, by=by, at=at)


def _seen_by(row: Objective) -> dict[str, Any]:
    """Who could see it: the log knows whom to tell that it is gone when nothing else of it is kept."""
    return {
        "visibility": str(row.visibility),
        "owner": json_value(row.owner_id),
        "team": json_value(row.team_id),
        "contributors": [str(person.pk) for person in row.contributors.all()],
    }


def _told(
    row: Objective, verb: str, with_it: list[UUID], *, by: User, at: datetime, **facts: Any
) -> Objective:
    payload = {"title": row.title, "key_result_ids": [str(pk) for pk in with_it], **facts}
    fields = ("deleted_at", "deleted_by")
    return save_and_tell(row, verb, by=by, at=at, fields=fields, payload=payload)
