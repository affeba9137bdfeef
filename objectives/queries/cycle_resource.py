"""Cycles as the REST interface shows them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from common.pagination import Page, PageRequest, slice_page
from common.plain import plain_moment, plain_number
from common.ratio import to_ratio
from objectives.permissions import visible_cycles
from objectives.rules.cycles import elapsed_share
from people.models import User

FIELDS = (
    "id",
    "name",
    "starts_on",
    "ends_on",
    "state",
    "parent_id",
    "external_id",
    "created_at",
    "updated_at",
)


def list_cycles(
    user: User,
    page: PageRequest,
    *,
    today: date,
    state: Sequence[str] = (),
    search: str = "",
    parent: UUID | None = None,
    updated_since: datetime | None = None,
) -> Page[dict[str, Any]]:
    """Every cycle of the caller's organisation. One query."""
    cycles = visible_cycles(user)
    if state:
        cycles = cycles.filter(state__in=state)
    if search:
        cycles = cycles.filter(name__icontains=search)
    if parent is not None:
        cycles = cycles.filter(parent_id=parent)
    if updated_since is not None:
        cycles = cycles.filter(updated_at__gte=updated_since)
    found = slice_page(cycles.values(*FIELDS), page)
    return found.holding([cycle_row(row, today) for row in found.rows])


def read_cycle(user: User, cycle_id: UUID, *, today: date) -> dict[str, Any] | None:
    """One cycle; None when there is none in the caller's organisation. One query."""
    row = visible_cycles(user).filter(pk=cycle_id).values(*FIELDS).first()
    return None if row is None else cycle_row(row, today)


def cycle_row(row: Mapping[str, Any], today: date) -> dict[str, Any]:
    """A cycle from its columns; `elapsed` is the share of its days that have passed, None without dates."""
    elapsed = elapsed_share(row["starts_on"], row["ends_on"], today)
    return {
        "id": row["id"],
        "name": row["name"],
        "starts_on": row["starts_on"],
        "ends_on": row["ends_on"],
        "state": row["state"],
        "parent_id": row["parent_id"],
        "elapsed": plain_number(None if elapsed is None else to_ratio(elapsed)),
        "external_id": row["external_id"],
        "created_at": plain_moment(row["created_at"]),
        "updated_at": plain_moment(row["updated_at"]),
    }
