"""Versions of a priority as the REST interface shows them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from alignment.models import PriorityRevision, StrategicPriority
from alignment.permissions import can_state_priorities
from alignment.rules.kinds import RevisionState
from common.pagination import Page, PageRequest, slice_page
from common.plain import plain_moment
from objectives.queries.plain_rows import named
from people.models import User

FIELDS = (
    "id", "number", "kind", "state", "title", "narrative", "not_doing", "owner_id", "owner__name", "sponsor_id",
    "sponsor__name", "starts_on", "ends_on", "rank", "reason", "is_minor", "answer_by_on", "published_at",
    "published_by_id", "published_by__name", "updated_at",
)  # fmt: skip


def list_revisions(user: User, page: PageRequest, priority: StrategicPriority) -> Page[dict[str, Any]]:
    """Newest first; the draft for leaders and administrators only. One query."""
    rows = PriorityRevision.objects.filter(priority=priority)
    if not can_state_priorities(user):
        rows = rows.filter(state=RevisionState.PUBLISHED)
    found = slice_page(rows.values(*FIELDS), page, ("-number", "-id"))
    return found.holding([revision_row(row) for row in found.rows])


def revision_row(row: Mapping[str, Any]) -> dict[str, Any]:
    """A version from its columns."""
    return {
        "id": row["id"],
        "number": row["number"],
        "kind": row["kind"],
        "state": row["state"],
        "title": row["title"],
        "narrative": row["narrative"] or None,
        "not_doing": row["not_doing"] or None,
        "owner": named(row["owner_id"], row["owner__name"]),
        "sponsor": named(row["sponsor_id"], row["sponsor__name"]),
        "starts_on": row["starts_on"],
        "ends_on": row["ends_on"],
        "rank": row["rank"],
        "reason": row["reason"] or None,
        "is_minor": row["is_minor"],
        "answer_by_on": row["answer_by_on"],
        "published_at": plain_moment(row["published_at"]) if row["published_at"] else None,
        "published_by": named(row["published_by_id"], row["published_by__name"]),
        "updated_at": plain_moment(row["updated_at"]),
    }
