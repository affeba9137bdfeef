"""The Celery application. `celery -A okr_platform worker` and `… beat` start from here."""

from __future__ import annotations

import os
from typing import Any

from celery import Celery, signals
from django.db import close_old_connections

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "okr_platform.settings.production")

app = Celery("okr_platform")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf["CELERY_DB_REUSE_MAX"] = 500  # read under this very key; else every task opens a new connection
app.autodiscover_tasks()


@signals.worker_ready.connect
def tick_at_once(**_: Any) -> None:
    """A worker that has just started shows its heartbeat without waiting for the first turn of beat."""
    app.send_task("activity.tasks.tick", expires=60)


@signals.task_prerun.connect
def renew_lost_connections(**_: Any) -> None:
    """A connection that PostgreSQL has cut off is opened anew; without this a worker would keep the dead one for long."""
    close_old_connections()
