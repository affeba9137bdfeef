"""Answers in JSON: bytes once, an ETag from the bytes that this caller gets."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.renderers import BaseRenderer

from common.api.problems import Problem
from common.plain import to_json

JSON_TYPE = "application/json"


class JsonRenderer(BaseRenderer):
    """Stands for "JSON" in content negotiation and in the schema; views render with `json_response`."""

    media_type = JSON_TYPE
    format = "json"
    charset = None

    def render(
        self,
        data: Any,
        accepted_media_type: str | None = None,
        renderer_context: Mapping[str, Any] | None = None,
    ) -> bytes:
        return to_json(data)


class JsonOnly(BaseContentNegotiation):
    """Takes every Accept header that JSON satisfies; 406 for the others."""

    def select_parser(self, request: Any, parsers: Iterable[Any]) -> Any:
        content_type = (request.content_type or JSON_TYPE).split(";")[0].strip().lower()
        return next((one for one in parsers if one.media_type == content_type), None)

    def select_renderer(
        self, request: Any, renderers: Iterable[Any], format_suffix: str | None = None
    ) -> tuple[Any, str]:
        wanted = request.META.get("HTTP_ACCEPT", "*/*") or "*/*"
        for choice in wanted.split(","):
            media_type, *details = (part.strip().lower() for part in choice.split(";"))
            refused = any(part.replace(" ", "") in ("q=0", "q=0.0", "q=0.00", "q=0.000") for part in details)
            if media_type in ("*/*", "application/*", JSON_TYPE, "application/problem+json") and not refused:
                return next(iter(renderers)), JSON_TYPE
        raise Problem(406, "Ask for application/json.")


def etag_of(content: bytes) -> str:
    """A strong entity tag of an answer; what this caller may not see cannot change it."""
    return f'"{hashlib.sha256(content).hexdigest()[:32]}"'


def json_response(
    content: Any, *, status: int = 200, headers: Mapping[str, str] | None = None
) -> HttpResponse:
    """An answer that carries no entity tag: lists, feeds, results of steps."""
    response = HttpResponse(to_json(content), status=status, content_type=JSON_TYPE)
    for name, value in (headers or {}).items():
        response[name] = value
    return response


def resource_response(
    request: HttpRequest, content: Any, *, status: int = 200, headers: Mapping[str, str] | None = None
) -> HttpResponse:
    """One resource with its ETag; 304 without a body where the caller has it already."""
    body = to_json(content)
    tag = etag_of(body)
    if request.method in ("GET", "HEAD") and names_tag(request.headers.get("If-None-Match", ""), tag):
        response = HttpResponse(status=304)
    else:
        response = HttpResponse(body, status=status, content_type=JSON_TYPE)
    response["ETag"] = tag
    for name, value in (headers or {}).items():
        response[name] = value
    return response


def names_tag(header: str, tag: str) -> bool:
    """Whether a list of entity tags names `tag` (weak comparison, RFC 9110 §8.8.3) or any."""
    named = [one.strip() for one in header.split(",")]
    return "*" in named or any(one.removeprefix("W/") == tag for one in named)
