"""Key results that wait for somebody's check-in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Exists, Min, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from notices.models import Notice
from notices.rules.kinds import NoticeKind
from objectives.models import KeyResult
from objectives.permissions import visible_key_results
from objectives.rules.kinds import CycleState, KeyResultState, ObjectiveState, ValueSource
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
    return Q(Q(owner_id__in=ids) | Q(owner__isnull=True, objective__owner_id__in=ids)) & _is_open()


def _is_open() -> Q:
    return Q(
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
    due = visible_key_results(user).filter(_is_open(), next_due_on__lte=today)
    return due.filter(owner=user), due.filter(owner__isnull=True, objective__owner=user)


def worth_asking(on: date) -> Q:
    """Of what is due: what a person says, and what feeds itself only once it has grown stale.

    A fed number needs nobody but for the confidence, and that may rest for two cadences.
    """
    return Q(value_source=ValueSource.MANUAL) | Q(due_until__lt=on)


def due_rows(user: User, *, today: date) -> tuple[DueRow, ...]:
    """What a reminder asks for, as plain rows; one statement."""
    rows = (
        due_for(user, today=today)
        .filter(worth_asking(today))
        .order_by("next_due_on", "pk")
        .values_list("pk", "title", "objective__title", "next_due_on")
    )
    return tuple(DueRow(pk, title, above, due_on or today) for pk, title, above, due_on in rows)


def due_from_by_person(
    organisation_id: UUID, *, until: date, not_told_since: date | None = None
) -> dict[UUID, date]:
    """Who is waited for by `until`, and the first day from which each is; two statements.

    People who were reminded on `not_told_since` or later are left out: nobody is reminded on two days running.
    """
    rows = (
        KeyResult.objects.filter(
            organisation_id=organisation_id,
            next_due_on__lte=until,
            state=KeyResultState.ACTIVE,
            objective__deleted_at__isnull=True,
            objective__state=ObjectiveState.ACTIVE,
            objective__cycle__state__in=(CycleState.ACTIVE, CycleState.CLOSING),
        )
        .annotate(speaker=Coalesce("owner_id", "objective__owner_id"))
        .filter(speaker__isnull=False)
        .order_by()
    )
    if not_told_since is not None:
        told = Notice.objects.filter(
            user_id=OuterRef("speaker"), kind=NoticeKind.CHECK_IN_DUE, on__gte=not_told_since
        )
        rows = rows.filter(~Exists(told))
    said = rows.filter(value_source=ValueSource.MANUAL).values("speaker").annotate(first=Min("next_due_on"))
    found: dict[UUID, date] = dict(said.values_list("speaker", "first"))
    fed = rows.exclude(value_source=ValueSource.MANUAL).filter(due_until__lt=until)
    for speaker, due_on, rests_until in fed.values_list("speaker", "next_due_on", "due_until"):
        asked_from = max(due_on, rests_until + timedelta(days=1))
        found[speaker] = min(found.get(speaker, asked_from), asked_from)
    return found
