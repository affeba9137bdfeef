"""Taking back what there is nothing left to tell about."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from notices.models import Delivery, Notice
from notices.rules.kinds import NoticeKind
from people.models import User


@transaction.atomic
def drop_notices(*, kind: NoticeKind, key: str, at: datetime, user: User | None = None) -> int:
    """Drop the notices of this kind and key, of `user` alone or of everybody, and what would still send them.

    They leave the inbox; what was sent stays sent. Returns how many were dropped. A repeat does nothing.
    """
    rows = Notice.objects.filter(kind=kind, key=key, dropped_at__isnull=True)
    if user is not None:
        rows = rows.filter(user=user)
    ids = list(rows.values_list("pk", flat=True))
    if ids:
        Notice.objects.filter(pk__in=ids).update(dropped_at=at)
        Delivery.objects.open().filter(notice_id__in=ids).update(dropped_at=at)
    return len(ids)
