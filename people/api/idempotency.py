"""A POST with an Idempotency-Key happens once: its answer is replayed for 24 hours."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from common.api.problems import Problem
from common.errors import FieldProblem
from people.models import IdempotencyRecord

KEPT_FOR = timedelta(hours=24)
GIVEN_UP_AFTER = timedelta(seconds=60)
LONGEST_KEY = 255
HEADER = "Idempotency-Key"
KEPT_HEADERS = ("ETag", "Location", "Content-Type")


class _Overtaken(Exception):
    """Another request took this key over while this one was still at work."""


def answer_once(
    request: HttpRequest,
    *,
    caller_id: UUID,
    at: datetime,
    answer: Callable[[], HttpResponse],
    refuse: Callable[[Exception], HttpResponse],
) -> HttpResponse:
    """Run `answer` once per key, together with keeping what it said, in one transaction.

    Answers below 500, refusals included, are replayed; after others the key is free again. Raises Problem 409
    `key_reused` for another body under the same key and `in_progress` while the first request is at work.
    """
    key = request.headers.get(HEADER, "")
    if not key:
        return answer()
    _check_key(key)
    record = _claim(caller=str(caller_id), key=key, fingerprint=_fingerprint(request), at=at)
    if record.status is not None:
        return _replay(record)
    try:
        with transaction.atomic():
            response = answer()
            _keep(record, response)
        return response
    except _Overtaken:
        raise _in_progress() from None
    except Exception as error:
        response = refuse(error)
        if response.status_code < 500:
            _keep(record, response)
        else:
            _mine(record).delete()
        return response


def _check_key(key: str) -> None:
    if len(key) > LONGEST_KEY or not key.isprintable() or not key.isascii():
        message = f"At most {LONGEST_KEY} printable ASCII characters."
        raise Problem(400, message, code="bad_key", errors=[FieldProblem(HEADER, "invalid", message)])


def _fingerprint(request: HttpRequest) -> str:
    digest = hashlib.sha256(f"{request.method} {request.get_full_path()}\n".encode())
    digest.update(request.body)
    return digest.hexdigest()


def _claim(*, caller: str, key: str, fingerprint: str, at: datetime) -> IdempotencyRecord:
    """A running record of our own, or the finished one to replay."""
    IdempotencyRecord.objects.filter(caller=caller, created_at__lt=at - KEPT_FOR).delete()
    try:
        with transaction.atomic():
            return IdempotencyRecord.objects.create(
                caller=caller, key=key, fingerprint=fingerprint, created_at=at
            )
    except IntegrityError:
        pass
    record = IdempotencyRecord.objects.filter(caller=caller, key=key).first()
    if record is None:
        raise _in_progress()
    if record.fingerprint != fingerprint:
        message = "This key was used with another request before."
        raise Problem(409, message, code="key_reused", errors=[FieldProblem(HEADER, "key_reused", message)])
    if record.status is None:
        return _take_over(record, at)
    return record


def _take_over(record: IdempotencyRecord, at: datetime) -> IdempotencyRecord:
    """A record left running by a process that died becomes ours; a younger one is still at work."""
    if at - record.created_at < GIVEN_UP_AFTER or not _mine(record).update(created_at=at):
        raise _in_progress()
    record.created_at = at
    return record


def _mine(record: IdempotencyRecord) -> QuerySet[IdempotencyRecord]:
    return IdempotencyRecord.objects.filter(pk=record.pk, status__isnull=True, created_at=record.created_at)


def _keep(record: IdempotencyRecord, response: HttpResponse) -> None:
    headers = {name: response[name] for name in KEPT_HEADERS if name in response}
    kept = _mine(record).update(status=response.status_code, body=response.content, headers=headers)
    if not kept:
        raise _Overtaken


def _replay(record: IdempotencyRecord) -> HttpResponse:
    response = HttpResponse(bytes(record.body), status=record.status)
    for name, value in record.headers.items():
        response[name] = value
    response["Idempotency-Replayed"] = "true"
    return response


def _in_progress() -> Problem:
    return Problem(
        409,
        "The first request with this key is still at work.",
        code="in_progress",
        errors=[FieldProblem(HEADER, "in_progress", "Still at work.")],
        headers={"Retry-After": "1"},
    )
