"""What beat and the doorbell call. Each task only looks for rows that are due, so calling one twice is harmless."""

from __future__ import annotations

from datetime import datetime, timedelta

import structlog
from celery import shared_task

from activity.queries.worker_heartbeat import WORKER
from activity.services.deliver_jobs import deliver_jobs, forget_done
from activity.services.enqueue import enqueue
from activity.services.note_heartbeat import note_heartbeat
from activity.services.number_events import number_all_events
from common import clock
from common.jobs import every_minute, every_night, minutely_work, nightly_jobs, sweeping_work

log = structlog.get_logger(__name__)
DONE_JOBS_STAY = timedelta(days=14)


@shared_task(name="activity.tasks.sweep")
def sweep() -> int:
    """Run what the outbox holds and is due, then every app's own sweeping; one failing leaves the others be."""
    tried = deliver_jobs(now=clock.now)
    for name, work in sweeping_work().items():
        try:
            work(now=clock.now)
        except Exception:
            log.exception("sweeping_failed", work=name)
    return tried


@shared_task(name="activity.tasks.tick")
def tick() -> None:
    """The heartbeat, the nightly work of a new day, and every app's minute work; one failing leaves the others be."""
    at = clock.now()
    note_heartbeat(name=WORKER, at=at)
    day = at.date().isoformat()
    for name in nightly_jobs():
        enqueue(name, {"on": day}, at=at, unique_key=f"nightly:{name}:{day}")
    for name, work in minutely_work().items():
        try:
            work(at)
        except Exception:
            log.exception("minute_work_failed", work=name)


@every_night("activity.forget_done_jobs")
def forget_done_jobs(payload: dict[str, str], *, at: datetime) -> None:
    """Keep the outbox small."""
    forget_done(before=at - DONE_JOBS_STAY)


@every_minute("activity.place_events")
def place_events(*, at: datetime) -> None:
    """Events have their place in the feed of changes soon, even when nobody reads it."""
    number_all_events()
