"""What was deleted and can still be brought back."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import QuerySet

from objectives.models import KeyResult, Objective
from objectives.permissions import sees_objective
from people.models import User

KEPT_FOR = timedelta(days=30)


def restorable_objectives(user: User, *, at: datetime) -> QuerySet[Objective]:
    """Objectives deleted in the last thirty days that the person may know exist, the latest first."""
    rows = Objective.everything.filter(sees_objective(user), deleted_at__gte=at - KEPT_FOR)
    return rows.select_related("cycle", "team", "owner").order_by("-deleted_at", "pk")


def restorable_key_results(user: User, *, at: datetime) -> QuerySet[KeyResult]:
    """Key results deleted in the last thirty days, each by itself (not with its objective), the latest first."""
    rows = KeyResult.everything.filter(
        sees_objective(user, "objective__"),
        objective__deleted_at__isnull=True,
        deleted_at__gte=at - KEPT_FOR,
    )
    return rows.select_related("objective").order_by("-deleted_at", "pk")
