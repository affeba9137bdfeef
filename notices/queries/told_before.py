"""What people were told in the periods that still matter, and the days whose message has gone out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

from notices.models import Delivery, Notice
from notices.rules.kinds import NoticeKind
from notices.rules.plan import LONGEST_PERIOD
from people.models import Organisation

FEW = 2_000
"""Up to so many people are asked for by id."""


def told_before(
    organisation: Organisation, kind: NoticeKind, *, at: datetime, ids: Iterable[UUID]
) -> dict[UUID, dict[str, date]]:
    """Keys of one kind and the days they were told on, by person; older ones than LONGEST_PERIOD left out."""
    wanted = list(ids)
    rows = Notice.objects.filter(organisation=organisation, kind=kind, on__gte=(at - LONGEST_PERIOD).date())
    if len(wanted) <= FEW:
        rows = rows.filter(user_id__in=wanted)
    found: dict[UUID, dict[str, date]] = {}
    for user_id, key, on in rows.values_list("user_id", "key", "on"):
        found.setdefault(user_id, {})[key] = on
    return found


def closed_days(organisation: Organisation, *, at: datetime) -> set[tuple[UUID, str]]:
    """(person, day) of the messages around this moment that take nothing more: gone, dropped, or being sent."""
    days = [(at.date() + timedelta(days=offset)).isoformat() for offset in (-1, 0, 1)]
    rows = Delivery.objects.filter(organisation=organisation, key__in=days)
    in_hand = rows.filter(claimed_until__gt=at)
    return {*rows.closed().values_list("user_id", "key"), *in_hand.values_list("user_id", "key")}
