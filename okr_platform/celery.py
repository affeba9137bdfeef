"""The Celery application. `celery -A okr_platform worker` and `… beat` start from here."""

from __future__ import annotations

import os
from typing import Any

from celery import Celery, signals

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "okr_platform.settings.production")

app = Celery("okr_platform")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf["CELERY_DB_REUSE_MAX"] = 500  # read under this very key; else every task opens a new connection
app.autodiscover_tasks()


@signals.worker_ready.connect
def tick_at_once(**_: Any) -> None:
    """A worker that has just started shows its heartbeat without waiting for the first turn of beat."""
    app.send_task("activity.tasks.tick", expires=60)
