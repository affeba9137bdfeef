"""Calling the REST interface in a test as somebody with a token."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpResponse
from django.test import Client

from common.ids import new_id
from people.models import ApiToken, User
from people.tokens import digest_of, make_secret

ALL_SCOPES = ("read", "check_in", "write", "admin")


@dataclass
class Caller:
    """Somebody who calls with a bearer token. Paths are relative to /api/v1/."""

    headers: dict[str, str] = field(default_factory=dict)
    client: Client = field(default_factory=Client)

    def get(self, path: str, query: dict[str, Any] | None = None, **headers: str) -> Any:
        return self.client.get(_address(path), query or {}, headers={**self.headers, **headers})

    def post(self, path: str, body: Any = None, **headers: str) -> Any:
        return self._send("POST", path, body, headers)

    def patch(self, path: str, body: Any = None, **headers: str) -> Any:
        return self._send("PATCH", path, body, headers)

    def delete(self, path: str, **headers: str) -> Any:
        return self._send("DELETE", path, None, headers)

    def _send(self, method: str, path: str, body: Any, headers: dict[str, str]) -> HttpResponse:
        content = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        headers = {"Content-Type": "application/json", **headers}
        content_type = headers.pop("Content-Type")
        return self.client.generic(
            method, _address(path), content, content_type=content_type, headers={**self.headers, **headers}
        )


def _address(path: str) -> str:
    return path if path.startswith(("/", "http")) else f"/api/v1/{path}"


def make_token(person: User, *, scopes: tuple[str, ...] = ALL_SCOPES, **fields: Any) -> tuple[ApiToken, str]:
    """A token and its secret."""
    secret = make_secret()
    token = ApiToken.objects.create(
        organisation_id=person.organisation_id,
        user=person,
        name="Test",
        digest=digest_of(secret),
        hint=secret[-4:],
        scopes=list(scopes),
        **fields,
    )
    return token, secret


def call_as(person: User, *, scopes: tuple[str, ...] = ALL_SCOPES, **fields: Any) -> Caller:
    """A caller with a fresh token of `person`."""
    _, secret = make_token(person, scopes=scopes, **fields)
    return Caller({"Authorization": f"Bearer {secret}"})


def call_as_nobody() -> Caller:
    return Caller()


def assert_problem(response: Any, status: int, code: str = "", *fields: str) -> dict[str, Any]:
    """The answer is a problem document of this status, code and with errors for exactly these fields."""
    assert response.status_code == status, response.content
    assert response["Content-Type"] == "application/problem+json"
    document: dict[str, Any] = response.json()
    assert set(document) == {"type", "title", "status", "detail", "code", "errors"}
    assert document["status"] == status
    assert document["type"].endswith(document["code"])
    assert document["title"]
    assert document["detail"]
    if code:
        assert document["code"] == code
    assert [error["field"] for error in document["errors"]] == list(fields)
    return document


def unknown_id() -> str:
    return str(new_id())
