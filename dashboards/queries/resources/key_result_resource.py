"""Key results as the REST interface shows them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from alignment.models import AlignmentLink
from common.pagination import Page, PageRequest, slice_page
from common.plain import plain_moment, plain_number
from dashboards.queries.resources.objective_resource import ROOT, SPOKEN_OF, ObjectiveFilter
from objectives.models import KeyResult, Milestone, PlannedValue
from objectives.permissions import visible_key_results
from objectives.queries.plain_rows import is_fresh_as, named, plain_forecast, plain_freshness
from objectives.rules.kinds import CycleState, KeyResultState, ValueSource
from people.models import User

FIELDS = (
    "id",
    "objective_id",
    "objective__state",
    "title",
    "kind",
    "unit",
    "start_value",
    "target_value",
    "lower_bound",
    "upper_bound",
    "current_value",
    "weight",
    "progress",
    "raw_progress",
    "expected",
    "has_data",
    "confidence",
    "status",
    "fresh_until",
    "due_until",
    "stale_until",
    "forecast_mean",
    "forecast_low",
    "forecast_high",
    "forecast_chance",
    "forecast_because",
    "cadence_days",
    "next_due_on",
    "owner_id",
    "owner__name",
    "owner_label",
    "state",
    "score",
    "last_check_in_at",
    "value_source",
    "external_id",
    "created_at",
    "updated_at",
)
NUMBERS = ("start_value", "target_value", "lower_bound", "upper_bound")
OPEN = (KeyResultState.ACTIVE, KeyResultState.PAUSED)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyResultFilter(ObjectiveFilter):
    """What a list of key results may be narrowed to; cycle, team and priority are those of the objective."""

    objective: Collection[UUID] = ()
    due: bool | None = None


def list_key_results(
    user: User, page: PageRequest, *, only: KeyResultFilter, today: date, base_url: str
) -> Page[dict[str, Any]]:
    """Key results of objectives that the caller may see. Three queries, and one for the caller's teams."""
    rows = _narrowed(visible_key_results(user), only, today)
    found = slice_page(rows.values(*FIELDS), page)
    return found.holding(key_result_rows(found.rows, today=today, base_url=base_url))


def read_key_result(user: User, key_result_id: UUID, *, today: date, base_url: str) -> dict[str, Any] | None:
    """One key result; None when the caller may not know of it. Three queries."""
    found = list(visible_key_results(user).filter(pk=key_result_id).values(*FIELDS))
    rows = key_result_rows(found, today=today, base_url=base_url)
    return rows[0] if rows else None


def key_results_by_objective(
    objective_ids: Collection[UUID], *, today: date, base_url: str
) -> dict[UUID, list[dict[str, Any]]]:
    """The key results of objectives that the caller may see already, in their own order. Three queries."""
    rows = KeyResult.objects.filter(objective_id__in=objective_ids).order_by("position", "id")
    found: dict[UUID, list[dict[str, Any]]] = {key: [] for key in objective_ids}
    for row in key_result_rows(list(rows.values(*FIELDS)), today=today, base_url=base_url):
        found[row["objective_id"]].append(row)
    return found


def due_condition(today: date) -> Q:
    """Key results that ask for a check-in on `today`."""
    return Q(
        next_due_on__lte=today,
        state=KeyResultState.ACTIVE,
        objective__state__in=SPOKEN_OF,
        objective__cycle__state__in=(CycleState.ACTIVE, CycleState.CLOSING),
    )


def key_result_rows(
    found: Sequence[Mapping[str, Any]], *, today: date, base_url: str
) -> list[dict[str, Any]]:
    """Key results from their columns, with milestones and planned values. Two queries."""
    ids = [row["id"] for row in found]
    steps = _steps_of(ids)
    plans = _plans_of(ids)
    return [_row(row, steps[row["id"]], plans[row["id"]], today, base_url) for row in found]


def _narrowed(rows: QuerySet[KeyResult], only: KeyResultFilter, today: date) -> QuerySet[KeyResult]:
    columns = {
        "objective_id": only.objective,
        "objective__cycle_id": only.cycle,
        "objective__team_id": only.team,
        "owner_id": only.owner,
        "state": only.state,
        "status": only.status,
        "kind": only.kind,
    }
    rows = rows.filter(**{f"{name}__in": values for name, values in columns.items() if values})
    if only.priority:
        links = AlignmentLink.objects.filter(child_id=OuterRef("objective_id"), priority_id__in=only.priority)
        rows = rows.filter(Exists(links))
    if only.freshness:
        is_open = Q(state__in=OPEN, objective__state__in=SPOKEN_OF)
        rows = rows.filter(is_fresh_as(list(only.freshness), today), is_open)
    if only.search:
        rows = rows.filter(title__icontains=only.search)
    if only.due is not None:
        due = due_condition(today)
        rows = rows.filter(due) if only.due else rows.filter(Q(next_due_on__isnull=True) | ~due)
    if only.updated_since is not None:
        since = only.updated_since
        rows = rows.filter(Q(updated_at__gte=since) | Q(last_check_in_at__gte=since))
    return rows


def _steps_of(ids: Sequence[UUID]) -> dict[UUID, list[dict[str, Any]]]:
    found: dict[UUID, list[dict[str, Any]]] = {key: [] for key in ids}
    rows = Milestone.objects.filter(key_result_id__in=ids).order_by("position", "id")
    for owner, key, title, weight, due_on, done_on in rows.values_list(
        "key_result_id", "id", "title", "weight", "due_on", "done_on"
    ):
        found[owner].append(
            {
                "id": key,
                "title": title,
                "weight": plain_number(weight),
                "due_on": due_on,
                "done": done_on is not None,
            }
        )
    return found


def _plans_of(ids: Sequence[UUID]) -> dict[UUID, list[dict[str, Any]]]:
    found: dict[UUID, list[dict[str, Any]]] = {key: [] for key in ids}
    rows = PlannedValue.objects.filter(key_result_id__in=ids).order_by("on", "id")
    for owner, on, value in rows.values_list("key_result_id", "on", "value"):
        found[owner].append({"on": on, "value": plain_number(value)})
    return found


def _row(
    row: Mapping[str, Any],
    steps: list[dict[str, Any]],
    plan: list[dict[str, Any]],
    today: date,
    base_url: str,
) -> dict[str, Any]:
    is_open = row["state"] in OPEN and row["objective__state"] in SPOKEN_OF
    return {
        "id": row["id"],
        "url": f"{base_url}{ROOT}key-results/{row['id']}/",
        "objective_id": row["objective_id"],
        "title": row["title"],
        "kind": row["kind"],
        "unit": row["unit"] or None,
        **{name: plain_number(row[name]) for name in NUMBERS},
        "milestones": steps,
        "planned_values": plan,
        "current_value": plain_number(row["current_value"]),
        "weight": plain_number(row["weight"]),
        "progress": plain_number(row["progress"]),
        "raw_progress": plain_number(row["raw_progress"]),
        "expected": plain_number(row["expected"]),
        "has_data": row["has_data"],
        "confidence": row["confidence"],
        "status": row["status"],
        "freshness": plain_freshness(row, today) if is_open else None,
        "forecast": plain_forecast(
            row["forecast_mean"],
            row["forecast_low"],
            row["forecast_high"],
            row["forecast_chance"],
            row["forecast_because"],
        ),
        "cadence_days": row["cadence_days"],
        "next_due_on": row["next_due_on"],
        "owner": named(row["owner_id"], row["owner__name"]),
        "owner_label": row["owner_label"] or None,
        "state": row["state"],
        "score": plain_number(row["score"]),
        "last_check_in_at": plain_moment(row["last_check_in_at"]),
        "value_source": row["value_source"],
        "source": _source(row["value_source"]),
        "external_id": row["external_id"],
        "created_at": plain_moment(row["created_at"]),
        "updated_at": plain_moment(row["updated_at"]),
    }


def _source(value_source: str) -> dict[str, Any] | None:
    """Where an automatic value comes from; None for values that people report."""
    if value_source == ValueSource.MANUAL:
        return None
    return {
        "kind": value_source,
        "name": value_source.replace("_", " "),
        "last_success_at": None,
        "last_error": None,
    }
