"""Objectives as the REST interface shows them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from alignment.models import AlignmentLink, Reconfirmation
from alignment.permissions import visible_priorities
from common.json_rows import JsonRows, json_rows_reader
from common.pagination import Page, PageRequest, slice_page
from common.plain import plain_moment, plain_number
from objectives.models import Objective
from objectives.permissions import visible_objectives
from objectives.queries.plain_rows import is_fresh_as, named, plain_counts, plain_freshness
from objectives.rules.kinds import ObjectiveState
from objectives.rules.score import suggested_score
from people.models import User

ROOT = "/api/v1/"
SPOKEN_OF = (ObjectiveState.ACTIVE, ObjectiveState.PAUSED)
"""Freshness is a question only while check-ins are taken."""

FIELDS = (
    "id",
    "title",
    "why",
    "kind",
    "state",
    "visibility",
    "cycle_id",
    "cycle__name",
    "team_id",
    "team__name",
    "owner_id",
    "owner__name",
    "owner_label",
    "progress",
    "expected",
    "status",
    "status_counts",
    "fresh_until",
    "due_until",
    "stale_until",
    "confidence_mean",
    "score",
    "suggested_score",
    "key_result_count",
    "counts_when_private",
    "keeps_us_running",
    "external_id",
    "created_at",
    "updated_at",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectiveFilter:
    """What a list of objectives may be narrowed to; empty means everything."""

    cycle: Collection[UUID] = ()
    team: Collection[UUID] = ()
    owner: Collection[UUID] = ()
    priority: Collection[UUID] = ()
    state: Collection[str] = ()
    status: Collection[str] = ()
    freshness: Sequence[str] = ()
    kind: Collection[str] = ()
    reconfirmation: Collection[str] = ()
    search: str = ""
    updated_since: datetime | None = None


def list_objectives(
    user: User, page: PageRequest, *, only: ObjectiveFilter, today: date, base_url: str
) -> Page[dict[str, Any]]:
    """Objectives that the caller may see. One query, and one for the caller's teams."""
    rows = _with_lists(user, _narrowed(visible_objectives(user), only, today))
    found = slice_page(rows, page)
    read_rows = json_rows_reader()
    return found.holding([_row(row, today, base_url, read_rows) for row in found.rows])


def read_objective(user: User, objective_id: UUID, *, today: date, base_url: str) -> dict[str, Any] | None:
    """One objective; None when the caller may not know of it. One query."""
    row: Any = _with_lists(user, visible_objectives(user).filter(pk=objective_id)).first()
    return None if row is None else _row(row, today, base_url, json_rows_reader())


def _narrowed(rows: QuerySet[Objective], only: ObjectiveFilter, today: date) -> QuerySet[Objective]:
    columns = {
        "cycle_id": only.cycle,
        "team_id": only.team,
        "owner_id": only.owner,
        "state": only.state,
        "status": only.status,
        "kind": only.kind,
    }
    rows = rows.filter(**{f"{name}__in": values for name, values in columns.items() if values})
    if only.priority:
        links = AlignmentLink.objects.filter(child_id=OuterRef("pk"), priority_id__in=only.priority)
        rows = rows.filter(Exists(links))
    if only.reconfirmation:
        asked = Reconfirmation.objects.filter(objective=OuterRef("pk"), state__in=only.reconfirmation)
        rows = rows.filter(Exists(asked))
    if only.freshness:
        rows = rows.filter(is_fresh_as(list(only.freshness), today), state__in=SPOKEN_OF)
    if only.search:
        rows = rows.filter(Q(title__icontains=only.search) | Q(why__icontains=only.search))
    if only.updated_since is not None:
        rows = rows.filter(updated_at__gte=only.updated_since)
    return rows


def _with_lists(user: User, rows: QuerySet[Objective]) -> QuerySet[Objective]:
    """Columns and, as JSON, priorities that the caller may see (by rank) and contributors (by name)."""
    priorities = visible_priorities(user).filter(links_down__child=OuterRef("pk")).order_by("rank", "id")
    people = User.objects.filter(contributed_objectives=OuterRef("pk")).order_by("name", "id")
    return rows.annotate(
        priority_rows=JsonRows(priorities, id="id", title="title"),
        contributor_rows=JsonRows(people, id="id", name="name"),
    ).values(*FIELDS, "priority_rows", "contributor_rows")


def _suggested(row: Mapping[str, Any]) -> Decimal | None:
    """What was suggested at the close; before it, what would be suggested now."""
    return row["suggested_score"] if row["suggested_score"] is not None else suggested_score(row["progress"])


def _row(
    row: Mapping[str, Any], today: date, base_url: str, read_rows: Callable[[str], Any]
) -> dict[str, Any]:
    return {
        "id": row["id"],
        "url": f"{base_url}{ROOT}objectives/{row['id']}/",
        "title": row["title"],
        "why": row["why"] or None,
        "kind": row["kind"],
        "state": row["state"],
        "visibility": row["visibility"],
        "cycle": {"id": row["cycle_id"], "name": row["cycle__name"]},
        "team": named(row["team_id"], row["team__name"]),
        "owner": named(row["owner_id"], row["owner__name"]),
        "owner_label": row["owner_label"] or None,
        "contributors": read_rows(row["contributor_rows"]),
        "priorities": read_rows(row["priority_rows"]),
        "progress": plain_number(row["progress"]),
        "expected": plain_number(row["expected"]),
        "status": row["status"],
        "status_counts": plain_counts(row["status_counts"]),
        "freshness": plain_freshness(row, today) if row["state"] in SPOKEN_OF else None,
        "confidence_mean": plain_number(row["confidence_mean"]),
        "score": plain_number(row["score"]),
        "suggested_score": plain_number(_suggested(row)),
        "key_result_count": row["key_result_count"],
        "counts_when_private": row["counts_when_private"],
        "keeps_us_running": row["keeps_us_running"] or None,
        "external_id": row["external_id"],
        "created_at": plain_moment(row["created_at"]),
        "updated_at": plain_moment(row["updated_at"]),
    }
