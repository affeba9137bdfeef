"""Every refusal of the interface is an RFC 9457 problem document."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse

from common.errors import FieldProblem
from common.plain import to_json

PROBLEM_TYPE = "application/problem+json"
PROBLEM_PAGE = "/api/v1/docs/#problem-"

TITLES: Mapping[int, str] = {
    400: "The request cannot be read",
    401: "Sign in first",
    403: "Not allowed",
    404: "Not found",
    405: "This address does not take that method",
    406: "This address answers in JSON only",
    409: "The present state does not allow this",
    412: "Somebody else changed it in between",
    413: "The body is too large",
    415: "The body must be JSON",
    422: "Some fields cannot be taken as they are",
    429: "Too many requests",
    500: "Something went wrong on our side",
    503: "Busy for a moment",
}

CODES: Mapping[int, str] = {
    400: "unreadable",
    401: "not_signed_in",
    403: "not_allowed",
    404: "not_found",
    405: "method_not_allowed",
    406: "not_acceptable",
    409: "conflict",
    412: "stale",
    413: "too_large",
    415: "unsupported_media_type",
    422: "invalid",
    429: "too_many_requests",
    500: "server_error",
    503: "busy",
}


class Problem(Exception):
    """Raised by the interface itself: a refusal with its status, code and headers."""

    def __init__(
        self,
        status: int,
        detail: str,
        *,
        code: str = "",
        errors: Iterable[FieldProblem] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.code = code or CODES[status]
        self.errors = tuple(errors)
        self.headers = dict(headers or {})


def problem_document(
    status: int, detail: str, *, code: str = "", errors: Iterable[FieldProblem] = ()
) -> dict[str, Any]:
    """`{type, title, status, detail, code, errors}`; `type` leads to the words about `code` in the docs."""
    code = code or CODES.get(status, "error")
    return {
        "type": f"{PROBLEM_PAGE}{code}",
        "title": TITLES.get(status) or HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "code": code,
        "errors": [{"field": error.field, "code": error.code, "message": error.message} for error in errors],
    }


def problem_response(
    status: int,
    detail: str,
    *,
    code: str = "",
    errors: Iterable[FieldProblem] = (),
    headers: Mapping[str, str] | None = None,
) -> HttpResponse:
    """A problem document as an answer."""
    document = problem_document(status, detail, code=code, errors=errors)
    response = HttpResponse(to_json(document), status=status, content_type=PROBLEM_TYPE)
    for name, value in (headers or {}).items():
        response[name] = value
    return response
