"""Wakes a worker after new jobs were committed. Only a comfort: the sweep finds them within seconds anyway.

The bell is rung by a thread of its own, so that no request ever waits for a slow or silent broker.
"""

from __future__ import annotations

import os
import threading

import structlog
from celery import current_app
from django.conf import settings

log = structlog.get_logger(__name__)
PAUSE_AFTER_FAILURE_SECONDS = 5.0
MOST_WAITING = 4
"""Messages that may wait in the queue: each asks for all the work there is, so more of them say nothing new."""

_wanted = threading.Event()
_guard = threading.Lock()
_owner: int | None = None
_has_local_worker = threading.Event()


def local_worker_listens(is_listening: bool) -> None:
    """Told by the embedded worker: an in-memory broker reaches only this very process."""
    (_has_local_worker.set if is_listening else _has_local_worker.clear)()


def ring() -> None:
    """Ask for a sweep soon; returns at once and never raises. Many rings close together become one."""
    if not getattr(settings, "DOORBELL_RINGS", True):
        return
    if settings.CELERY_BROKER_URL.startswith("memory") and not _has_local_worker.is_set():
        return
    _start_once_per_process()
    _wanted.set()


def is_crowded() -> bool:
    """Whether enough messages wait already. A broker that does not answer is not crowded: sending will tell."""
    try:
        with current_app.connection_or_acquire() as connection:
            connection.ensure_connection(max_retries=1, interval_start=0, interval_max=0)
            queue = current_app.conf.task_default_queue
            waiting: int = connection.default_channel._size(queue)  # the one way that both brokers know
    except Exception:
        return False
    return waiting >= MOST_WAITING


def _start_once_per_process() -> None:
    global _owner
    if _owner == os.getpid():
        return
    with _guard:
        if _owner != os.getpid():
            _owner = os.getpid()
            threading.Thread(target=_deliver_rings, name="doorbell", daemon=True).start()


def _deliver_rings() -> None:
    pause = threading.Event()
    while True:
        _wanted.wait()
        _wanted.clear()
        try:
            if not is_crowded():
                current_app.send_task("activity.tasks.sweep", expires=60, ignore_result=True)
        except Exception as error:  # whatever the broker's driver raises: the sweep by beat still comes
            log.warning("doorbell_failed", error=str(error))
            pause.wait(PAUSE_AFTER_FAILURE_SECONDS)
