"""Asking for work to be done after the present change is committed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from activity.models import OutboxJob
from common import doorbell


def enqueue(
    name: str,
    payload: dict[str, Any],
    *,
    at: datetime,
    due_at: datetime | None = None,
    unique_key: str | None = None,
) -> bool:
    """Queue the registered work `name` in the caller's transaction; it runs after commit, not before `due_at`.

    `payload` holds JSON values. With `unique_key` a second call does nothing (until the done row is forgotten, two
    weeks later). Returns whether a row was added. Never waits for the broker.
    """
    job = OutboxJob(name=name, payload=payload, created_at=at, due_at=due_at or at, unique_key=unique_key)
    if unique_key is None:
        job.save(force_insert=True)
        is_new = True
    else:
        OutboxJob.objects.bulk_create([job], ignore_conflicts=True)
        is_new = OutboxJob.objects.filter(pk=job.pk).exists()
    if is_new and job.due_at <= at:
        transaction.on_commit(doorbell.ring)
    return is_new
