"""Key results that wait for somebody's check-in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from objectives.models import KeyResult
from objectives.permissions import visible_key_results
from objectives.rules.kinds import CycleState, KeyResultState, ObjectiveState
from people.models import User


@dataclass(frozen=True, slots=True)
class DueRow:
    """A key result that is due, with the objective it belongs to."""

    key_result_id: UUID
    title: str
    objective_title: str
    next_due_on: date


def expected_of(user_ids: Iterable[UUID]) -> Q:
    """Open key results looked after by these people; one without an owner falls to its objective's owner."""
    ids = list(user_ids)
    return Q(
        Q(owner_id__in=ids) | Q(owner__isnull=True, objective__owner_id__in=ids),
        state=KeyResultState.ACTIVE,
        objective__deleted_at__isnull=True,
        objective__state=ObjectiveState.ACTIVE,
        objective__cycle__state__in=(CycleState.ACTIVE, CycleState.CLOSING),
    )


def looked_after_by(user: User) -> QuerySet[KeyResult]:
    """Open key results that the person speaks for, and may see."""
    return visible_key_results(user).filter(expected_of([user.pk]))


def due_for(user: User, *, today: date) -> QuerySet[KeyResult]:
    """Those of them whose day has come."""
    return looked_after_by(user).filter(next_due_on__lte=today)


def due_parts(user: User, *, today: date) -> tuple[QuerySet[KeyResult], QuerySet[KeyResult]]:
    """`due_for` in two parts, own key results and ownerless ones of own objectives: each finds its rows by an index."""
    due = due_for(user, today=today)
    return due.filter(owner=user), due.filter(owner__isnull=True, objective__owner=user)


def due_rows(user: User, *, today: date) -> tuple[DueRow, ...]:
    """The same as plain rows; one statement."""
    rows = (
        due_for(user, today=today)
        .order_by("next_due_on", "pk")
        .values_list("pk", "title", "objective__title", "next_due_on")
    )
    return tuple(DueRow(pk, title, above, due_on or today) for pk, title, above, due_on in rows)


def people_with_due(organisation_id: UUID, *, today: date) -> set[UUID]:
    """Ids of the people of an organisation who have something due."""
    rows = KeyResult.objects.filter(
        organisation_id=organisation_id,
        next_due_on__lte=today,
        state=KeyResultState.ACTIVE,
        objective__deleted_at__isnull=True,
        objective__state=ObjectiveState.ACTIVE,
        objective__cycle__state__in=(CycleState.ACTIVE, CycleState.CLOSING),
    ).values_list("owner_id", "objective__owner_id")
    return {owner or objective_owner for owner, objective_owner in rows if owner or objective_owner}
