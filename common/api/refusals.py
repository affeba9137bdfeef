"""Turns every exception of a view into the right problem document."""

from __future__ import annotations

import logging
import math
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.core.signals import got_request_exception
from django.db import IntegrityError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from rest_framework import exceptions

from common.api.problems import Problem, problem_response
from common.errors import FieldProblem, InvalidInput, NotAllowed, ProductError, RuleConflict, StaleVersion

log = logging.getLogger("okr.api")

NOT_FOUND = "There is nothing at this address, or it is not for you to see."
UNREADABLE = "The body is not valid JSON."

_PRODUCT_STATUS: tuple[tuple[type[ProductError], int], ...] = (
    (NotAllowed, 403),
    (RuleConflict, 409),
    (StaleVersion, 412),
)


def refuse(error: Exception, request: HttpRequest) -> HttpResponse:
    """The answer to an exception. What nobody foresaw is logged and answered with 500, without details."""
    answer = _product_refusal(error) or _framework_refusal(error) or _outside_refusal(error)
    if answer is not None:
        return answer
    log.exception("unforeseen error at %s %s", request.method, request.path, exc_info=error)
    got_request_exception.send(sender=None, request=request)
    return problem_response(500, "The error has been written down. Nothing was changed.")


def _product_refusal(error: Exception) -> HttpResponse | None:
    if isinstance(error, Problem):
        return problem_response(
            error.status, error.detail, code=error.code, errors=error.errors, headers=error.headers
        )
    if isinstance(error, InvalidInput):
        return problem_response(422, error.message, errors=error.problems)
    for kind, status in _PRODUCT_STATUS:
        if isinstance(error, kind):
            return problem_response(status, error.message, code=error.code)
    return None


def _framework_refusal(error: Exception) -> HttpResponse | None:
    if isinstance(error, exceptions.ValidationError):
        problems = list(field_problems(error.detail))
        return problem_response(422, "; ".join(_sentence(one) for one in problems), errors=problems)
    if isinstance(error, Http404 | exceptions.NotFound):
        return problem_response(404, NOT_FOUND)
    if isinstance(error, PermissionDenied):
        return problem_response(403, "You may not do this.")
    if not isinstance(error, exceptions.APIException):
        return None
    headers = {}
    if getattr(error, "auth_header", None):
        headers["WWW-Authenticate"] = error.auth_header  # type: ignore[attr-defined]
    if getattr(error, "wait", None):
        headers["Retry-After"] = str(math.ceil(error.wait))  # type: ignore[attr-defined]
    detail = UNREADABLE if isinstance(error, exceptions.ParseError) else str(error.detail)
    return problem_response(error.status_code, detail, headers=headers)


def _outside_refusal(error: Exception) -> HttpResponse | None:
    if isinstance(error, RequestDataTooBig):
        return problem_response(413, "The body is larger than this installation takes.")
    if isinstance(error, SuspiciousOperation | UnreadablePostError):
        return problem_response(400, "The request cannot be read.")
    if isinstance(error, OperationalError):
        log.warning("database busy: %s", error)
        return problem_response(503, "The database is busy. Try again.", headers={"Retry-After": "1"})
    if isinstance(error, IntegrityError):
        log.warning("refused by the database: %s", error)
        return problem_response(409, "This clashes with something that exists already.")
    return None


def _sentence(problem: FieldProblem) -> str:
    return f"{problem.field}: {problem.message}" if problem.field else problem.message


def field_problems(detail: Any, path: str = "") -> Iterator[FieldProblem]:
    """The nested errors of a serializer as flat rows; `field` is a path such as `milestones.0.title`."""
    if isinstance(detail, dict):
        for name, inner in detail.items():
            is_whole = name == "non_field_errors"
            step = path if is_whole else (f"{path}.{name}" if path else str(name))
            yield from field_problems(inner, step)
    elif isinstance(detail, list):
        for place, inner in enumerate(detail):
            is_nested = isinstance(inner, dict | list)
            yield from field_problems(inner, f"{path}.{place}" if is_nested else path)
    else:
        yield FieldProblem(path, getattr(detail, "code", "") or "invalid", str(detail))
