"""Celery inside the one web process: a worker (pool of threads) and beat, both as daemon threads.

For the default way to run, where the broker is memory. Nothing of value lives in that broker: whatever is lost with
the process lies in the outbox table and is swept up after the next start.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import Any

import structlog
from celery import Celery, shared_task
from celery.beat import Service
from celery.worker import WorkController, state
from django.db import DatabaseError, connection

from activity.queries.worker_heartbeat import WORKER
from activity.services.note_heartbeat import note_heartbeat
from common import clock, doorbell

log = structlog.get_logger(__name__)
STOP_SECONDS = 4.0


@shared_task(name="okr_platform.embedded.wake")
def wake() -> None:
    """Does nothing; its arrival ends the worker's wait for messages."""


@dataclass(frozen=True, slots=True)
class EmbeddedWorker:
    """A running worker with its beat; `stop()` ends both."""

    worker: Any
    beat: Service
    worker_thread: threading.Thread

    def stop(self, seconds: float = STOP_SECONDS) -> bool:
        """Stop beat, let running tasks finish, wait for at most `seconds`. Returns whether the worker ended in time.

        Beat holds nothing and may be asleep for seconds, so nobody waits for it.
        """
        doorbell.local_worker_listens(False)
        self.beat.stop()
        state.should_stop = 0
        # Without it the worker looks up only when its wait of two seconds is over.
        self.worker.app.send_task(wake.name, expires=60)
        self.worker_thread.join(seconds)
        has_ended = not self.worker_thread.is_alive()
        log.info("embedded_worker_stopped", has_ended=has_ended)
        return has_ended


def start(app: Celery, *, concurrency: int) -> EmbeddedWorker:
    """Start worker and beat threads and ask for one tick; the heartbeat is there as soon as the worker is ready."""
    app.loader.import_default_modules()
    app.finalize()
    state.should_stop = None
    worker = app.WorkController(
        app=app,
        hostname="embedded@localhost",
        pool="threads",
        concurrency=concurrency,
        without_heartbeat=True,
        without_mingle=True,
        without_gossip=True,
        ready_callback=show_heartbeat,
    )
    beat = Service(app, scheduler_cls=app.conf.beat_scheduler)
    worker_thread = threading.Thread(target=_run_worker, args=(worker,), name="embedded-worker", daemon=True)
    worker_thread.start()
    threading.Thread(target=beat.start, name="embedded-beat", daemon=True).start()
    doorbell.local_worker_listens(True)
    app.send_task("activity.tasks.tick", expires=60)
    log.info("embedded_worker_started", threads=concurrency)
    return EmbeddedWorker(worker, beat, worker_thread)


def show_heartbeat(_consumer: Any = None) -> None:
    """The worker takes work from now on and says so itself, in its own thread.

    The first tick would say it too, but may have to wait for other work, or fail on a busy database and come again
    only half a minute later.
    """
    try:
        note_heartbeat(name=WORKER, at=clock.now())
    except DatabaseError:
        log.warning("first_heartbeat_failed", exc_info=True)
    finally:
        connection.close()


def _run_worker(worker: WorkController) -> None:
    try:
        worker.start()
    except Exception:
        log.exception("embedded_worker_failed")
