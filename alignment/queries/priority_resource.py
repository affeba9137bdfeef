"""Strategic priorities as the REST interface shows them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import FilteredRelation, Q, QuerySet

from alignment.models import StrategicPriority
from alignment.permissions import can_state_priorities, visible_priorities
from alignment.rules.kinds import RevisionState
from common.pagination import Page, PageRequest, slice_page
from common.plain import plain_moment
from objectives.queries.plain_rows import named
from people.models import User

FIELDS = (
    "id",
    "title",
    "narrative",
    "not_doing",
    "owner_id",
    "owner__name",
    "sponsor_id",
    "sponsor__name",
    "starts_on",
    "ends_on",
    "rank",
    "state",
    "revision",
    "external_id",
    "created_at",
    "updated_at",
    "next__title",
    "next__narrative",
    "next__not_doing",
    "next__reason",
    "next__version",
    "next__updated_at",
)


def list_priorities(
    user: User,
    page: PageRequest,
    *,
    state: Collection[str] = (),
    owner: Collection[UUID] = (),
    search: str = "",
    updated_since: datetime | None = None,
) -> Page[dict[str, Any]]:
    """Priorities that the caller may see. One query."""
    rows = _with_draft(visible_priorities(user))
    if state:
        rows = rows.filter(state__in=state)
    if owner:
        rows = rows.filter(owner_id__in=owner)
    if search:
        rows = rows.filter(Q(title__icontains=search) | Q(narrative__icontains=search))
    if updated_since is not None:
        rows = rows.filter(updated_at__gte=updated_since)
    found = slice_page(rows.values(*FIELDS), page)
    sees_drafts = can_state_priorities(user)
    return found.holding([priority_row(row, sees_drafts=sees_drafts) for row in found.rows])


def read_priority(user: User, priority_id: UUID) -> dict[str, Any] | None:
    """One priority; None when the caller may not know of it. One query."""
    row = _with_draft(visible_priorities(user)).filter(pk=priority_id).values(*FIELDS).first()
    return None if row is None else priority_row(row, sees_drafts=can_state_priorities(user))


def _with_draft(rows: QuerySet[StrategicPriority]) -> QuerySet[StrategicPriority]:
    """Each with its draft, which there is at most one of, as `next`."""
    return rows.annotate(
        next=FilteredRelation("revisions", condition=Q(revisions__state=RevisionState.DRAFT))
    )


def priority_row(row: Mapping[str, Any], *, sees_drafts: bool) -> dict[str, Any]:
    """A priority from its columns; `draft` is None for those who may not see drafts."""
    return {
        "id": row["id"],
        "title": row["title"],
        "narrative": row["narrative"] or None,
        "not_doing": row["not_doing"] or None,
        "owner": named(row["owner_id"], row["owner__name"]),
        "sponsor": named(row["sponsor_id"], row["sponsor__name"]),
        "starts_on": row["starts_on"],
        "ends_on": row["ends_on"],
        "rank": row["rank"],
        "state": row["state"],
        "revision": row["revision"],
        "draft": _draft(row) if sees_drafts and row["next__title"] is not None else None,
        "external_id": row["external_id"],
        "created_at": plain_moment(row["created_at"]),
        "updated_at": plain_moment(row["updated_at"]),
    }


def _draft(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "title": row["next__title"],
        "narrative": row["next__narrative"] or None,
        "not_doing": row["next__not_doing"] or None,
        "reason": row["next__reason"] or None,
        "version": row["next__version"],
        "updated_at": plain_moment(row["next__updated_at"]),
    }
