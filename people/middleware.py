"""Signs in the owner of a bearer token, before anything else asks who is there."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import OperationalError
from django.db.models import Q
from django.http import HttpRequest, HttpResponse

from common import clock
from common.api.problems import problem_response
from common.api.refusals import refuse
from people.models import ApiToken
from people.tokens import find_token

log = logging.getLogger("okr.api")

API_PREFIX = "/api/"
NOTED_EVERY = timedelta(minutes=1)
CHALLENGE = {"WWW-Authenticate": 'Bearer realm="OKR Platform"'}
BAD_TOKEN = {"WWW-Authenticate": 'Bearer realm="OKR Platform", error="invalid_token"'}


class BearerTokenMiddleware:
    """Below /api/: sets `request.user` and `request.auth_token`, or answers 401. Pages take none."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.auth_token = None  # type: ignore[attr-defined]
        if not request.path_info.startswith(API_PREFIX):
            return self.get_response(request)
        try:
            response = self._refusal(request) or self.get_response(request)
        except OperationalError as error:
            return refuse(error, request)
        is_page = response.get("Content-Type", "").startswith("text/html")
        if response.status_code >= 400 and is_page:
            return problem_response(response.status_code, "The request could not be answered.")
        return response

    def _refusal(self, request: HttpRequest) -> HttpResponse | None:
        """Sign in the owner of the token; 401 for a token that is none, None to go on."""
        header = request.headers.get("Authorization", "")
        if not header:
            return None
        scheme, _, secret = header.partition(" ")
        if scheme.lower() != "bearer" or not secret.strip():
            return problem_response(401, "Send `Authorization: Bearer okr_…`.", headers=CHALLENGE)
        at = clock.now()
        token = find_token(secret.strip())
        if token is None or not is_valid(token, at):
            detail = "The token is unknown, has expired or was revoked."
            return problem_response(401, detail, code="bad_token", headers=BAD_TOKEN)
        request.user = token.user
        request.auth_token = token  # type: ignore[attr-defined]
        note_use(token, at)
        return None


def is_valid(token: ApiToken, at: datetime) -> bool:
    """Neither revoked nor expired, and its owner still belongs to the organisation it was made for."""
    owner = token.user
    is_over = token.expires_at is not None and token.expires_at <= at
    is_owners = owner.is_active and owner.organisation_id == token.organisation_id
    return token.revoked_at is None and not is_over and is_owners


def note_use(token: ApiToken, at: datetime) -> None:
    """Keep the moment of last use, at most once a minute; a busy database is no reason to refuse a read."""
    if token.last_used_at is not None and at - token.last_used_at < NOTED_EVERY:
        return
    not_noted = Q(last_used_at__isnull=True) | Q(last_used_at__lte=at - NOTED_EVERY)
    try:
        ApiToken.objects.filter(not_noted, pk=token.pk).update(last_used_at=at)
    except OperationalError:
        log.warning("the use of a token could not be noted; the database is busy")
