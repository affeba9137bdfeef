"""One id per request: taken from the caller or made here, in every log line and in the answer."""

from __future__ import annotations

import re
from collections.abc import Callable
from time import perf_counter

import structlog
from django.http import HttpRequest, HttpResponse

from common.ids import new_id

HEADER = "X-Request-Id"
ACCEPTABLE = re.compile(r"[A-Za-z0-9._\-]{1,128}")
QUIET_PATHS = ("/static/", "/healthz", "/readyz")
SECRET_PARTS = ("secret", "key", "token")
"""Parts of addresses that let somebody in, by their names in the routes: invitations, new passwords, links of mails."""
log = structlog.get_logger("request")


class RequestIdMiddleware:
    """Sets `request.request_id`, binds it to the log context, echoes it, and writes one line per request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get(HEADER, "")
        request_id = given if ACCEPTABLE.fullmatch(given) else str(new_id())
        request.request_id = request_id  # type: ignore[attr-defined]
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request_id)
        begun = perf_counter()
        response = self.get_response(request)
        response[HEADER] = request_id
        if not request.path.startswith(QUIET_PATHS):
            milliseconds = round((perf_counter() - begun) * 1000, 1)
            log.info(
                "request",
                method=request.method,
                path=path_without_secrets(request),
                status=response.status_code,
                ms=milliseconds,
            )
        return response


def path_without_secrets(request: HttpRequest) -> str:
    """The path as it may stand in a log that others read."""
    path = request.path
    match = request.resolver_match
    for name in SECRET_PARTS:
        secret = match.kwargs.get(name) if match is not None else None
        if secret:
            path = path.replace(str(secret), "…")
    return path
