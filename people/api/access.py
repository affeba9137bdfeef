"""Who calls: a bearer token with its scopes, or a person's browser with CSRF protection."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, SessionAuthentication
from rest_framework.request import Request

from common.api.problems import Problem
from people.models import ApiToken, User
from people.roles import Scope


class BearerToken(BaseAuthentication):
    """The owner of the token that `BearerTokenMiddleware` found."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        token: ApiToken | None = getattr(request._request, "auth_token", None)
        return None if token is None else (token.user, token)

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="OKR Platform"'


class BrowserSession(SessionAuthentication):
    """The person signed in with this browser; writes need the CSRF token of a page."""


def token_of(request: HttpRequest | Request) -> ApiToken | None:
    """The token of this request; None from a browser."""
    token: ApiToken | None = getattr(request, "auth_token", None)
    return token


def require_scope(request: Request, *any_of: Scope) -> None:
    """Raises Problem 403 unless the token has one of the scopes. A browser has all powers of its person."""
    token = token_of(request)
    if token is not None and not set(token.scopes) & {scope.value for scope in any_of}:
        needed = " or ".join(scope.value for scope in any_of)
        raise Problem(403, f"The token lacks the scope {needed}.", code="scope_missing")


class BearerTokenScheme(OpenApiAuthenticationExtension):
    """How the schema names a bearer token."""

    target_class = BearerToken
    name = "bearerToken"

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        return {"type": "http", "scheme": "bearer", "bearerFormat": "okr_<secret>"}


class BrowserSessionScheme(OpenApiAuthenticationExtension):
    """How the schema names a signed-in browser."""

    target_class = BrowserSession
    name = "browserSession"

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        return {"type": "apiKey", "in": "cookie", "name": settings.SESSION_COOKIE_NAME}
