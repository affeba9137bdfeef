"""Is it alive, and can it do its work? For process managers and load balancers; no sign-in, nothing secret."""

from __future__ import annotations

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from activity.queries.worker_heartbeat import seconds_since_heartbeat
from common import clock

OK = "ok"


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """200 as long as the process answers."""
    return JsonResponse({"status": OK})


@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """200 when the database answers and a worker has reported lately, else 503; each is named."""
    checks = {"database": _database(), "worker": "unknown"}
    if checks["database"] == OK:
        checks["worker"] = _worker()
    is_ready = all(state == OK for state in checks.values())
    return JsonResponse(
        {"status": OK if is_ready else "unready", "checks": checks}, status=200 if is_ready else 503
    )


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return "unreachable"
    return OK


def _worker() -> str:
    try:
        seconds = seconds_since_heartbeat(at=clock.now())
    except DatabaseError:
        return "tables missing"
    if seconds is None:
        return "never seen"
    limit: int = settings.HEARTBEAT_LIMIT_SECONDS
    return OK if seconds <= limit else f"silent for {int(seconds)} s"
