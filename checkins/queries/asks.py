"""Asks as pages and the REST interface show them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from checkins.models import Ask
from checkins.permissions import visible_asks
from checkins.rules.asks import working_days_between
from checkins.rules.kinds import WAITING
from common.days import day_in
from common.pagination import Page, PageRequest, slice_page
from common.plain import plain_moment
from objectives.queries.plain_rows import named
from people.models import User

FIELDS = (
    "id",
    "kind",
    "text",
    "options",
    "state",
    "objective_id",
    "objective__title",
    "key_result_id",
    "key_result__title",
    "key_result__deleted_at",
    "check_in_id",
    "asked_by_id",
    "asked_by__name",
    "asked_of_id",
    "asked_of__name",
    "asked_of__working_days",
    "organisation__time_zone",
    "answer_by_on",
    "answer",
    "chosen_option",
    "answered_by_id",
    "answered_by__name",
    "created_at",
    "seen_at",
    "ended_at",
    "updated_at",
)
NEWEST_FIRST = ("-created_at", "-id")
MINE = {"received": "asked_of", "made": "asked_by"}


def list_asks(
    user: User,
    page: PageRequest,
    *,
    today: date,
    state: Collection[str] = (),
    kind: str | None = None,
    asked_of: UUID | None = None,
    asked_by: UUID | None = None,
    objective: UUID | None = None,
    key_result: UUID | None = None,
    mine: str | None = None,
    updated_since: datetime | None = None,
) -> Page[dict[str, Any]]:
    """Asks that the caller may see, the newest first. `mine`: received or made. One query."""
    wanted: dict[str, Any] = {
        "state__in": state or None,
        "kind": kind,
        "asked_of_id": asked_of,
        "asked_by_id": asked_by,
        "objective_id": objective,
        "key_result_id": key_result,
        "updated_at__gte": updated_since,
    }
    rows = visible_asks(user).filter(**{name: value for name, value in wanted.items() if value is not None})
    if mine is not None:
        rows = rows.filter(**{MINE[mine]: user})
    found = slice_page(rows.values(*FIELDS), page, NEWEST_FIRST)
    return found.holding([ask_row(row, today=today) for row in found.rows])


def read_ask(user: User, ask_id: UUID, *, today: date) -> dict[str, Any] | None:
    """One ask; None when the caller may not know of it. One query."""
    row = visible_asks(user).filter(pk=ask_id).values(*FIELDS).first()
    return None if row is None else ask_row(row, today=today)


def waiting_asks(user: User) -> QuerySet[Ask]:
    """What waits for this person's answer."""
    return visible_asks(user).filter(asked_of=user, state__in=list(WAITING))


def ask_row(row: Mapping[str, Any], *, today: date) -> dict[str, Any]:
    """An ask from its columns. `age` counts the receiver's working days until today, or until it ended."""
    is_gone = row["key_result__deleted_at"] is not None
    return {
        "id": row["id"],
        "kind": row["kind"],
        "text": row["text"],
        "options": row["options"],
        "state": row["state"],
        "objective": {"id": row["objective_id"], "title": row["objective__title"]},
        "key_result": None
        if row["key_result_id"] is None or is_gone
        else {"id": row["key_result_id"], "title": row["key_result__title"]},
        "check_in_id": row["check_in_id"],
        "asked_by": named(row["asked_by_id"], row["asked_by__name"]),
        "asked_of": named(row["asked_of_id"], row["asked_of__name"]),
        "answer_by_on": row["answer_by_on"],
        "age": ask_age(row, today=today),
        "answer": row["answer"] or None,
        "chosen_option": row["chosen_option"],
        "answered_by": named(row["answered_by_id"], row["answered_by__name"]),
        "created_at": plain_moment(row["created_at"]),
        "seen_at": plain_moment(row["seen_at"]),
        "ended_at": plain_moment(row["ended_at"]),
        "updated_at": plain_moment(row["updated_at"]),
    }


def ask_age(row: Mapping[str, Any], *, today: date) -> int:
    """Working days of the receiver since it was asked, from the columns of `FIELDS`."""
    zone = row["organisation__time_zone"]
    until = today if row["ended_at"] is None else day_in(zone, row["ended_at"])
    return working_days_between(day_in(zone, row["created_at"]), until, row["asked_of__working_days"])
