"""What people were told in the periods that still matter, and the days whose message has gone out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q

from notices.models import Delivery, Notice
from notices.rules.kinds import NoticeKind
from notices.rules.plan import LONGEST_PERIOD
from people.models import Organisation

FEW = 2_000
"""Up to so many people are asked for by id; beyond, naming them costs more than reading the organisation's."""


def told_before(
    organisation: Organisation, kind: NoticeKind, *, at: datetime, ids: Sequence[UUID]
) -> dict[UUID, dict[str, date]]:
    """Keys of one kind and the days they were told on, by person; older ones than LONGEST_PERIOD left out."""
    rows = Notice.objects.filter(_these(organisation, ids), kind=kind, on__gte=(at - LONGEST_PERIOD).date())
    found: dict[UUID, dict[str, date]] = {}
    for user_id, key, on in rows.order_by().values_list("user_id", "key", "on"):
        found.setdefault(user_id, {})[key] = on
    return found


def closed_days(organisation: Organisation, *, at: datetime, ids: Sequence[UUID]) -> set[tuple[UUID, str]]:
    """(person, day) of the messages around this moment that take nothing more: gone, dropped, or being sent."""
    days = [(at.date() + timedelta(days=offset)).isoformat() for offset in (-1, 0, 1)]
    rows = Delivery.objects.filter(_these(organisation, ids), key__in=days).order_by()
    in_hand = rows.filter(claimed_until__gt=at)
    return {*rows.closed().values_list("user_id", "key"), *in_hand.values_list("user_id", "key")}


def _these(organisation: Organisation, ids: Sequence[UUID]) -> Q:
    return Q(user_id__in=ids) if len(ids) <= FEW else Q(user__organisation=organisation)
