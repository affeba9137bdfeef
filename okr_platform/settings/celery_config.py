"""Background work: Celery's settings and the static beat schedule.

An app never edits this file: it registers work in its `tasks.py` with `common.jobs` (`register_job`,
`every_minute`, `every_night`); `activity.tasks.tick` and the sweep run it.
"""

from __future__ import annotations

from typing import Any

from okr_platform.settings.database import REDIS_URL
from okr_platform.settings.place import env

MEMORY_BROKER = "memory://localhost/"
CELERY_BROKER_URL = REDIS_URL or MEMORY_BROKER
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, Any] = (
    {"visibility_timeout": 300, "socket_connect_timeout": 1, "socket_timeout": 5, "global_keyprefix": "okr:"}
    if REDIS_URL
    else {"polling_interval": 0.05}
)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_SOFT_TIME_LIMIT = 240
CELERY_TIMEZONE = "UTC"
CELERY_ENABLE_UTC = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_REDIRECT_STDOUTS = False
CELERY_WORKER_SEND_TASK_EVENTS = False
CELERY_WORKER_ENABLE_REMOTE_CONTROL = False
CELERY_WORKER_PREFETCH_MULTIPLIER = 1 if REDIS_URL else 32
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 5.0

# Queued twice when two beats run: harmless, since each task only looks for rows that are due.
SWEEP_SECONDS = 3
TICK_SECONDS = 30
CELERY_BEAT_SCHEDULER = "okr_platform.beat:PatientScheduler"  # in memory: the schedule is static
CELERY_BEAT_ENABLE_REMOTE_CONTROL = False
CELERY_BEAT_MAX_LOOP_INTERVAL = 5
CELERY_BEAT_SCHEDULE: dict[str, dict[str, Any]] = {
    "sweep": {
        "task": "activity.tasks.sweep",
        "schedule": SWEEP_SECONDS,
        "options": {"expires": SWEEP_SECONDS * 2},
    },
    "tick": {
        "task": "activity.tasks.tick",
        "schedule": TICK_SECONDS,
        "options": {"expires": TICK_SECONDS * 2},
    },
}
HEARTBEAT_LIMIT_SECONDS = 180

DELIVERY_LEASE_SECONDS = env.number("OKR_LEASE_SECONDS", 60, at_least=5)
"""For so long a worker holds a message that it sends; then another one may take it over."""
