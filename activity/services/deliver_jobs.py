"""Doing what is due: claim rows, run each, mark it done. Safe to kill at any point and to run many times at once."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from django.db import transaction

from activity.models import OutboxJob
from activity.models.outbox_job import MAX_ATTEMPTS, pause_before_retry
from common.jobs import Job, find_job

log = structlog.get_logger(__name__)
LEASE = timedelta(seconds=60)
BATCH = 20
KEPT_ERROR_CHARACTERS = 4_000


class ClaimLost(Exception):
    """Another worker took the row over because this one was too slow."""


def deliver_jobs(*, now: Callable[[], datetime], limit: int = 500) -> int:
    """Run jobs that are due, a small batch at a time, until none is left or `limit` were tried. Returns how many.

    `now` is the clock: long work must see time pass, or its claims would never run out.
    """
    tried = 0
    while tried < limit and OutboxJob.objects.due(now()).exists():
        claimed = claim_jobs(at=now(), limit=min(BATCH, limit - tried))
        if not claimed:
            break
        for job in claimed:
            run_claimed(job, now=now)
        tried += len(claimed)
    return tried


@transaction.atomic
def claim_jobs(*, at: datetime, limit: int = BATCH) -> list[OutboxJob]:
    """Take due rows for LEASE; no two workers get the same one.

    PostgreSQL skips rows that another worker is claiming; SQLite has one writer at a time and ignores the lock.
    """
    rows = list(OutboxJob.objects.due(at).select_for_update(skip_locked=True)[:limit])
    for row in rows:
        row.claimed_until = at + LEASE
        row.attempts += 1
    OutboxJob.objects.bulk_update(rows, ["claimed_until", "attempts"])
    return rows


def run_claimed(row: OutboxJob, *, now: Callable[[], datetime]) -> None:
    """Run one claimed job. An error is written to the row, which is tried again later, or is dead in the end."""
    job = find_job(row.name)
    try:
        if job is None:
            raise LookupError(f"no work is registered under the name {row.name!r}")
        if row.attempts > MAX_ATTEMPTS:
            raise RuntimeError("the worker was lost at every attempt")
        if job.is_external:
            _run_outside(job, row, now)
        else:
            _run_inside(job, row, now)
    except ClaimLost:
        log.info("job_claim_lost", job=row.name, job_id=str(row.pk))
    except Exception:
        _note_failure(row, traceback.format_exc(), at=now())


@transaction.atomic
def _run_inside(job: Job, row: OutboxJob, now: Callable[[], datetime]) -> None:
    """The "done" mark comes first and locks the row; it and the effect are committed together or not at all."""
    _mark_done(row, at=now())
    job.run(row.payload, at=now())


def _run_outside(job: Job, row: OutboxJob, now: Callable[[], datetime]) -> None:
    """The effect cannot be undone, so it comes first and the mark follows: at least once."""
    job.run(row.payload, at=now())
    _mark_done(row, at=now())


def _mark_done(row: OutboxJob, *, at: datetime) -> None:
    mine = OutboxJob.objects.open().filter(pk=row.pk, claimed_until=row.claimed_until)
    if not mine.update(done_at=at, last_error=""):
        raise ClaimLost


def _note_failure(row: OutboxJob, error: str, *, at: datetime) -> None:
    is_dead = row.attempts >= MAX_ATTEMPTS
    OutboxJob.objects.open().filter(pk=row.pk, claimed_until=row.claimed_until).update(
        claimed_until=None,
        due_at=at + pause_before_retry(row.attempts),
        died_at=at if is_dead else None,
        last_error=error[-KEPT_ERROR_CHARACTERS:],
    )
    level = log.error if is_dead else log.warning
    level("job_failed", job=row.name, job_id=str(row.pk), attempts=row.attempts, is_dead=is_dead, error=error)


def forget_done(*, before: datetime) -> int:
    """Remove jobs that were done before a moment. Dead ones stay, and so do those whose key still guards."""
    deleted, _ = OutboxJob.objects.filter(done_at__lt=before).delete()
    return deleted


def retry_dead(*, job_id: UUID, at: datetime) -> bool:
    """Give a dead job another life. Returns whether there was one."""
    revived = OutboxJob.objects.dead().filter(pk=job_id)
    return bool(revived.update(died_at=None, attempts=0, due_at=at, claimed_until=None))
