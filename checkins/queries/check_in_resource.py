"""Check-ins as the REST interface shows them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet, Window
from django.db.models.functions import RowNumber

from alignment.services.roll_up import Lifted
from checkins.models import CheckIn
from checkins.permissions import visible_check_ins
from common.pagination import Page, PageRequest, slice_page
from common.plain import plain_moment, plain_number
from objectives.models import KeyResult
from objectives.queries.plain_rows import named, plain_forecast
from people.models import User

FIELDS = (
    "id",
    "key_result_id",
    "value",
    "previous_value",
    "milestones_done",
    "confidence",
    "note",
    "win",
    "challenge",
    "next_step",
    "next_step_due_on",
    "observed_on",
    "recorded_at",
    "author_id",
    "author__name",
    "author_label",
    "recorded_by_id",
    "recorded_by__name",
    "source",
    "edited_at",
    "updated_at",
)
LATEST_FIRST = ("-observed_on", "-recorded_at", "-id")


def list_check_ins(
    user: User,
    page: PageRequest,
    *,
    key_result: UUID | None = None,
    objective: UUID | None = None,
    author: UUID | None = None,
    source: Collection[str] = (),
    observed_from: date | None = None,
    observed_to: date | None = None,
    updated_since: datetime | None = None,
) -> Page[dict[str, Any]]:
    """Check-ins that the caller may see, the latest day first. One query."""
    rows = visible_check_ins(user)
    if key_result is not None:
        rows = rows.filter(key_result_id=key_result)
    if objective is not None:
        rows = rows.filter(key_result__objective_id=objective)
    if author is not None:
        rows = rows.filter(author_id=author)
    if source:
        rows = rows.filter(source__in=source)
    if observed_from is not None:
        rows = rows.filter(observed_on__gte=observed_from)
    if observed_to is not None:
        rows = rows.filter(observed_on__lte=observed_to)
    if updated_since is not None:
        rows = rows.filter(updated_at__gte=updated_since)
    found = slice_page(rows.values(*FIELDS), page, LATEST_FIRST)
    return found.holding([check_in_row(row) for row in found.rows])


def read_check_in(user: User, check_in_id: UUID) -> dict[str, Any] | None:
    """One check-in; None when the caller may not know of it. One query."""
    row = visible_check_ins(user).filter(pk=check_in_id).values(*FIELDS).first()
    return None if row is None else check_in_row(row)


def latest_check_ins(key_result_ids: Collection[UUID], count: int) -> dict[UUID, list[dict[str, Any]]]:
    """The latest `count` check-ins of each key result, which the caller may see already. One query."""
    place = Window(RowNumber(), partition_by=F("key_result_id"), order_by=LATEST_FIRST)
    rows: QuerySet[CheckIn, Any] = (
        CheckIn.objects.filter(key_result_id__in=key_result_ids)
        .annotate(place=place)
        .filter(place__lte=count)
        .order_by("key_result_id", "place")
    )
    found: dict[UUID, list[dict[str, Any]]] = {key: [] for key in key_result_ids}
    for row in rows.values(*FIELDS):
        found[row["key_result_id"]].append(check_in_row(row))
    return found


def check_in_row(row: Mapping[str, Any]) -> dict[str, Any]:
    """A check-in from its columns."""
    return {
        "id": row["id"],
        "key_result_id": row["key_result_id"],
        "value": plain_number(row["value"]),
        "previous_value": plain_number(row["previous_value"]),
        "milestones_done": row["milestones_done"],
        "confidence": row["confidence"],
        "note": row["note"] or None,
        "win": row["win"] or None,
        "challenge": row["challenge"] or None,
        "next_step": row["next_step"] or None,
        "next_step_due_on": row["next_step_due_on"],
        "observed_on": row["observed_on"],
        "recorded_at": plain_moment(row["recorded_at"]),
        "author": named(row["author_id"], row["author__name"]),
        "author_label": row["author_label"] or None,
        "recorded_by": named(row["recorded_by_id"], row["recorded_by__name"]),
        "source": row["source"],
        "edited_at": plain_moment(row["edited_at"]),
        "updated_at": plain_moment(row["updated_at"]),
    }


def recorded_row(check_in: CheckIn, key_result: KeyResult, lifted: Collection[Lifted]) -> dict[str, Any]:
    """What a write answers: the check-in, where its key result stands now, and what moved above it."""
    columns = {name: getattr(check_in, name) for name in FIELDS if "__" not in name}
    columns["author__name"] = check_in.author.name if check_in.author else None
    columns["recorded_by__name"] = check_in.recorded_by.name if check_in.recorded_by else None
    return {
        **check_in_row(columns),
        "key_result": {
            "progress": plain_number(key_result.progress),
            "status": key_result.status,
            "forecast": plain_forecast(
                key_result.forecast_mean,
                key_result.forecast_low,
                key_result.forecast_high,
                key_result.forecast_chance,
                key_result.forecast_because,
            ),
        },
        "lifted": lifted_rows(lifted),
    }


def recorded_rows(check_in_ids: Collection[UUID]) -> dict[UUID, dict[str, Any]]:
    """What a write of many answers, by id: check-ins and where their key results stand. One query."""
    rows = CheckIn.objects.filter(pk__in=check_in_ids).select_related("author", "recorded_by", "key_result")
    found = {row.pk: recorded_row(row, row.key_result, ()) for row in rows} if check_in_ids else {}
    for row in found.values():
        del row["lifted"]
    return found


def lifted_rows(lifted: Collection[Lifted]) -> list[dict[str, Any]]:
    """What a write moved above."""
    return [
        {
            "type": one.type,
            "id": one.id,
            "title": one.title,
            "progress_before": plain_number(one.progress_before),
            "progress_after": plain_number(one.progress_after),
        }
        for one in lifted
    ]
