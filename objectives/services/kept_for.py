"""How long deleted rows can be brought back."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Model

from common.errors import RuleConflict
from objectives.queries.restorable import KEPT_FOR


def require_still_kept(row: Model, deleted_at: datetime | None, *, at: datetime) -> None:
    """Raise RuleConflict when `row` was deleted longer ago than deleted rows are kept."""
    if deleted_at is not None and at - deleted_at > KEPT_FOR:
        raise RuleConflict(
            f"“{row}” was deleted more than {KEPT_FOR.days} days ago and cannot be restored.",
            code="deleted_too_long_ago",
        )
