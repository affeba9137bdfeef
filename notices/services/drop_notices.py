"""Taking back what there is nothing left to tell about."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from notices.models import Delivery, Notice
from notices.rules.kinds import NoticeKind


@transaction.atomic
def drop_notices(*, kind: NoticeKind, key: str, at: datetime) -> int:
    """Drop the notices of this kind and key, whoever they are for, and what would still send them.

    They leave the inbox; what was sent stays sent. Returns how many were dropped. A repeat does nothing.
    """
    ids = list(
        Notice.objects.filter(kind=kind, key=key, dropped_at__isnull=True).values_list("pk", flat=True)
    )
    Notice.objects.filter(pk__in=ids).update(dropped_at=at)
    Delivery.objects.open().filter(notice_id__in=ids).update(dropped_at=at)
    return len(ids)
