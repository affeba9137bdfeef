"""Teams as the REST interface shows them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from common.pagination import Page, PageRequest, slice_page
from common.plain import plain_moment
from people.models import Membership, User
from people.permissions import visible_teams

FIELDS = (
    "id",
    "name",
    "purpose",
    "parent_id",
    "lead_id",
    "external_id",
    "archived_at",
    "created_at",
    "updated_at",
)

TeamRow = dict[str, Any]


def list_teams(
    user: User,
    page: PageRequest,
    *,
    search: str = "",
    parent: UUID | None = None,
    updated_since: datetime | None = None,
) -> Page[TeamRow]:
    """Every team of the caller's organisation, archived ones included. Two queries."""
    teams = visible_teams(user)
    if search:
        teams = teams.filter(name__icontains=search)
    if parent is not None:
        teams = teams.filter(parent_id=parent)
    if updated_since is not None:
        teams = teams.filter(updated_at__gte=updated_since)
    found = slice_page(teams.values(*FIELDS), page)
    return found.holding(_rows(found.rows))


def read_team(user: User, team_id: UUID) -> TeamRow | None:
    """One team; None when there is no such team in the caller's organisation. Two queries."""
    rows = _rows(visible_teams(user).filter(pk=team_id).values(*FIELDS))
    return rows[0] if rows else None


def _rows(values: Iterable[Mapping[str, Any]]) -> list[TeamRow]:
    teams = list(values)
    members: dict[UUID, list[UUID]] = {row["id"]: [] for row in teams}
    memberships = Membership.objects.filter(team_id__in=members)
    for team_id, user_id in memberships.order_by("user_id").values_list("team_id", "user_id"):
        members[team_id].append(user_id)
    return [
        {
            "id": row["id"],
            "name": row["name"],
            "purpose": row["purpose"] or None,
            "parent_id": row["parent_id"],
            "lead_id": row["lead_id"],
            "member_ids": members[row["id"]],
            "is_archived": row["archived_at"] is not None,
            "external_id": row["external_id"],
            "created_at": plain_moment(row["created_at"]),
            "updated_at": plain_moment(row["updated_at"]),
        }
        for row in teams
    ]
