"""People as the REST interface shows them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from common.pagination import Page, PageRequest, slice_page
from common.plain import plain_moment
from people.models import Membership, User
from people.permissions import visible_people

FIELDS = (
    "id",
    "name",
    "email",
    "role",
    "time_zone",
    "organisation__time_zone",
    "is_active",
    "external_id",
    "created_at",
    "updated_at",
)

PersonRow = dict[str, Any]


def list_people(
    user: User,
    page: PageRequest,
    *,
    search: str = "",
    role: str = "",
    team: UUID | None = None,
    is_active: bool | None = None,
    updated_since: datetime | None = None,
) -> Page[PersonRow]:
    """Everybody of the caller's organisation, placeholders included. Two queries."""
    people = visible_people(user)
    if search:
        people = people.filter(Q(name__icontains=search) | Q(email__icontains=search))
    if role:
        people = people.filter(role=role)
    if team is not None:
        people = people.filter(memberships__team_id=team)
    if is_active is not None:
        people = people.filter(is_active=is_active)
    if updated_since is not None:
        people = people.filter(updated_at__gte=updated_since)
    found = slice_page(people.values(*FIELDS), page)
    return found.holding(_rows(found.rows))


def read_person(user: User, person_id: UUID) -> PersonRow | None:
    """One person; None when there is no such person in the caller's organisation. Two queries."""
    people: QuerySet[User, Any] = visible_people(user).filter(pk=person_id).values(*FIELDS)
    rows = _rows(people)
    return rows[0] if rows else None


def teams_by_person(person_ids: Iterable[UUID]) -> Mapping[UUID, list[dict[str, Any]]]:
    """`{id, name}` of the teams that each person is a member of. One query."""
    found: dict[UUID, list[dict[str, Any]]] = {key: [] for key in person_ids}
    members = Membership.objects.filter(user_id__in=found, team__archived_at__isnull=True)
    for user_id, team_id, name in members.order_by("team__name", "team_id").values_list(
        "user_id", "team_id", "team__name"
    ):
        found[user_id].append({"id": team_id, "name": name})
    return found


def _rows(values: Iterable[Mapping[str, Any]]) -> list[PersonRow]:
    people = list(values)
    teams = teams_by_person([row["id"] for row in people])
    return [
        {
            "id": row["id"],
            "name": row["name"],
            "email": row["email"],
            "role": row["role"],
            "time_zone": row["time_zone"] or row["organisation__time_zone"],
            "teams": teams[row["id"]],
            "is_active": row["is_active"],
            "external_id": row["external_id"],
            "created_at": plain_moment(row["created_at"]),
            "updated_at": plain_moment(row["updated_at"]),
        }
        for row in people
    ]
