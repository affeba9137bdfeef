"""Taking messages in hand: no two workers get the same one, and a lost worker's come free by themselves."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import F

from notices.models import Delivery
from notices.models.delivery import MAX_ATTEMPTS
from notices.rules.kinds import Channel

log = structlog.get_logger(__name__)
BATCH = 20
LOST_AT_EVERY_ATTEMPT = "the worker was lost at every attempt"


def lease() -> timedelta:
    """How long a claim holds; after that the message is free for another worker."""
    return timedelta(seconds=settings.DELIVERY_LEASE_SECONDS)


@transaction.atomic
def claim_deliveries(*, channels: Collection[Channel], at: datetime, limit: int = BATCH) -> list[Delivery]:
    """Due messages of these channels, held for a lease, each counted as one more attempt; empty when there are none.

    A message whose worker was lost MAX_ATTEMPTS times is given up here. PostgreSQL skips rows that another worker is
    claiming; SQLite has one writer at a time (IMMEDIATE) and needs no lock.
    """
    due = Delivery.objects.due(at).filter(channel__in=channels)
    rows = due.select_for_update(skip_locked=True).values_list("pk", "attempts")[:limit]
    worn_out: list[UUID] = []
    fresh: list[UUID] = []
    for pk, attempts in rows:
        (worn_out if attempts >= MAX_ATTEMPTS else fresh).append(pk)
    if worn_out:
        Delivery.objects.filter(pk__in=worn_out).update(died_at=at, last_error=LOST_AT_EVERY_ATTEMPT)
        log.error("deliveries_given_up", count=len(worn_out))
    Delivery.objects.filter(pk__in=fresh).update(claimed_until=at + lease(), attempts=F("attempts") + 1)
    claimed = Delivery.objects.filter(pk__in=fresh).select_related("user__organisation", "notice")
    return list(claimed.order_by("due_at", "pk"))
