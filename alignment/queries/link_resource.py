"""Alignment links as the REST interface shows them: both ends must be for the caller to see."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from alignment.models import AlignmentLink
from alignment.permissions import visible_links
from common.pagination import Page, PageRequest, slice_page
from common.plain import plain_moment, plain_number
from people.models import User

FIELDS = (
    "id",
    "child_id",
    "priority_id",
    "objective_id",
    "key_result_id",
    "kind",
    "weight",
    "state",
    "reason",
    "created_at",
    "updated_at",
)


def list_links(
    user: User,
    page: PageRequest,
    *,
    child: Collection[UUID] = (),
    priority: Collection[UUID] = (),
    objective: Collection[UUID] = (),
    key_result: Collection[UUID] = (),
    cycle: Collection[UUID] = (),
    kind: Collection[str] = (),
    state: Collection[str] = (),
    updated_since: datetime | None = None,
) -> Page[dict[str, Any]]:
    """Links that the caller may see; `cycle` is that of the child. One query, and one for the caller's teams."""
    columns = {
        "child_id": child,
        "priority_id": priority,
        "objective_id": objective,
        "key_result_id": key_result,
        "child__cycle_id": cycle,
        "kind": kind,
        "state": state,
    }
    rows = visible_links(user).filter(**{f"{name}__in": values for name, values in columns.items() if values})
    if updated_since is not None:
        rows = rows.filter(updated_at__gte=updated_since)
    found = slice_page(rows.values(*FIELDS), page)
    return found.holding([link_row(row) for row in found.rows])


def read_link(user: User, link_id: UUID) -> dict[str, Any] | None:
    """One link; None when the caller may not know of it."""
    row = visible_links(user).filter(pk=link_id).values(*FIELDS).first()
    return None if row is None else link_row(row)


def links_up(user: User, objective_ids: Collection[UUID]) -> dict[UUID, list[dict[str, Any]]]:
    """Where each objective leads, as far as the caller may see. One query."""
    found: dict[UUID, list[dict[str, Any]]] = {key: [] for key in objective_ids}
    links: QuerySet[AlignmentLink] = visible_links(user).filter(child_id__in=objective_ids)
    for row in links.order_by("created_at", "id").values(*FIELDS):
        found[row["child_id"]].append(link_row(row))
    return found


def link_row(row: Mapping[str, Any]) -> dict[str, Any]:
    """A link from its columns."""
    parent_type = next(name for name in ("priority", "objective", "key_result") if row[f"{name}_id"])
    return {
        "id": row["id"],
        "child_id": row["child_id"],
        "parent_type": parent_type,
        "parent_id": row[f"{parent_type}_id"],
        "kind": row["kind"],
        "weight": plain_number(row["weight"]),
        "state": row["state"],
        "reason": row["reason"] or None,
        "created_at": plain_moment(row["created_at"]),
        "updated_at": plain_moment(row["updated_at"]),
    }
