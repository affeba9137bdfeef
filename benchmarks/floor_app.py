"""The product with two more addresses that answer from one SQL statement each, behind the same token check.

gunicorn serves this instead of the product's own WSGI application while benchmarks run; nothing else does.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "okr_platform.settings.production")

from django.core.wsgi import get_wsgi_application

product = get_wsgi_application()

from django.db import connection  # noqa: E402 - apps are loaded by the line above

from benchmarks import floor_sql  # noqa: E402
from benchmarks.floor_app_paths import LIST_PATH, STRATEGY_PATH  # noqa: E402
from common import clock  # noqa: E402
from objectives.models import Cycle  # noqa: E402
from people.middleware import is_valid  # noqa: E402
from people.models import User  # noqa: E402
from people.tokens import find_token  # noqa: E402

MOMENT = 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'
_cycles: dict[Any, Any] = {}


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Two addresses of our own, everything else is the product."""
    path = environ["PATH_INFO"]
    if path not in (LIST_PATH, STRATEGY_PATH):
        return product(environ, start_response)
    secret = environ.get("HTTP_AUTHORIZATION", "").removeprefix("Bearer ")
    token = find_token(secret)
    if token is None or not is_valid(token, clock.now()):
        start_response("401 Unauthorized", [("Content-Length", "0")])
        return [b""]
    is_list = path == LIST_PATH
    body = _fetch(floor_sql.OBJECTIVE_LIST if is_list else floor_sql.STRATEGY, token.user, environ)
    headers = [("Content-Type", "application/json"), ("Content-Length", str(len(body)))]
    start_response("200 OK", headers)
    return [body]


def _fetch(statement: str, user: User, environ: dict[str, Any]) -> bytes:
    values = {
        "user": user.pk,
        "organisation": user.organisation_id,
        "is_administrator": user.is_administrator,
        "is_leader": user.is_leader,
        "today": clock.day_in(user.organisation.time_zone, clock.now()),
        "base": f"http://{environ['HTTP_HOST']}",
        "path": "/api/v1/objectives/?page_size=100",
        "moment": MOMENT,
        "cycle": _cycle_of(user.organisation_id),
    }
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        text: str = cursor.fetchone()[0]
    return text.encode()


def _cycle_of(organisation_id: Any) -> Any:
    """The one cycle of a benchmark organisation; looked up once."""
    if organisation_id not in _cycles:
        _cycles[organisation_id] = Cycle.objects.get(organisation_id=organisation_id).pk
    return _cycles[organisation_id]
