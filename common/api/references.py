"""Ids in addresses and bodies: what does not exist and what the caller may not know look the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet
from django.http import Http404

from common.api.parameters import NOT_FOUND_MESSAGE
from common.errors import FieldProblem, InvalidInput

M = TypeVar("M", bound=Model)


def at_address(rows: QuerySet[M, Any], key: UUID) -> M:
    """The row that the address names; Http404 when it is not among `rows`."""
    found: M | None = rows.filter(pk=key).first()
    if found is None:
        raise Http404
    return found


def referred(rows: QuerySet[M, Any], key: UUID | None, field: str) -> M | None:
    """The row that a body or filter names, None for null; InvalidInput `not_found` when `rows` lacks it."""
    if key is None:
        return None
    found: M | None = rows.filter(pk=key).first()
    if found is None:
        raise InvalidInput.of(field, "not_found", NOT_FOUND_MESSAGE)
    return found


def needed(rows: QuerySet[M, Any], key: UUID, field: str) -> M:
    """Like `referred`, for a reference that cannot be null."""
    found = referred(rows, key, field)
    if found is None:
        raise InvalidInput.of(field, "not_found", NOT_FOUND_MESSAGE)
    return found


def all_referred(rows: QuerySet[M, Any], keys: Sequence[UUID], field: str) -> list[M]:
    """The rows in the order named; InvalidInput naming each place that is not found."""
    found = rows.in_bulk(list(keys))
    problems = [
        FieldProblem(f"{field}.{place}", "not_found", NOT_FOUND_MESSAGE)
        for place, key in enumerate(keys)
        if key not in found
    ]
    if problems:
        raise InvalidInput(problems)
    return [found[key] for key in keys]


def require_known(rows: QuerySet[Any, Any], keys: Iterable[UUID], field: str) -> None:
    """InvalidInput `not_found` unless every key of a filter is among `rows`. One query, none without keys."""
    wanted = set(keys)
    if wanted and len(set(rows.filter(pk__in=wanted).values_list("pk", flat=True))) < len(wanted):
        raise InvalidInput.of(field, "not_found", NOT_FOUND_MESSAGE)
