"""gunicorn's settings: `gunicorn -c python:okr_platform.gunicorn_conf okr_platform.wsgi`."""

from __future__ import annotations

import os
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "okr_platform.settings.production")

from django.conf import settings

bind = f"{settings.WEB_HOST}:{settings.WEB_PORT}"
workers = settings.WEB_WORKERS
threads = settings.WEB_THREADS
worker_class = "gthread"
wsgi_app = "okr_platform.wsgi:application"
proc_name = "okr_platform"
keepalive = 5
timeout = 60
graceful_timeout = 5  # all of it: requests under way, then the embedded worker's last tasks
control_socket_disable = True
accesslog = None  # common.request_id writes one line per request, with its id
logconfig_dict = {
    **settings.LOGGING,
    "loggers": {
        **settings.LOGGING["loggers"],
        "gunicorn.error": {"level": "WARNING", "handlers": [], "propagate": True},
        "gunicorn.access": {"level": "WARNING", "handlers": [], "propagate": False},
    },
}

_embedded: list[Any] = []


def post_worker_init(worker: Any) -> None:
    """With an in-memory broker the background worker lives in this process; the first one says where we are."""
    if settings.IS_EMBEDDED:
        from okr_platform import embedded
        from okr_platform.celery import app

        _embedded.append(embedded.start(app, concurrency=settings.EMBEDDED_WORKER_THREADS))
    if (
        worker.age == 1 and "OKR_STARTED_AT" in os.environ
    ):  # started by `make run`, and not a later replacement
        from okr_platform.prepare import announce

        announce()


def worker_exit(server: Any, worker: Any) -> None:
    """Let the embedded worker finish what it holds."""
    while _embedded:
        _embedded.pop().stop()
