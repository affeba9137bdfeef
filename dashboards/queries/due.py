"""Which key results wait for a person."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from objectives.models import KeyResult
from objectives.rules.kinds import CycleState, KeyResultState, ObjectiveState
from people.models import User


def looked_after_by(user: User) -> QuerySet[KeyResult]:
    """Open key results that the person owns, and those without an owner of objectives that the person owns."""
    return KeyResult.objects.filter(
        Q(owner=user) | Q(owner__isnull=True, objective__owner=user),
        organisation_id=user.organisation_id,
        state=KeyResultState.ACTIVE,
        objective__deleted_at__isnull=True,
        objective__state=ObjectiveState.ACTIVE,
        objective__cycle__state__in=(CycleState.ACTIVE, CycleState.CLOSING),
    )


def due_for(user: User, *, today: date) -> QuerySet[KeyResult]:
    """Those of them whose day has come."""
    return looked_after_by(user).filter(next_due_on__lte=today)
