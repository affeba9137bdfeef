"""Teams of the organisation as a tree in reading order."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count

from people.models import Team, User
from people.permissions import visible_teams


@dataclass(frozen=True, slots=True)
class TeamRow:
    """One team. `depth` is 0 at the top; `members` counts people; `part_of` is the name of the team around it."""

    id: UUID
    name: str
    purpose: str
    depth: int
    part_of: str
    lead_id: UUID | None
    lead_name: str
    lead_initial: str
    members: int
    is_archived: bool


def team_list(viewer: User, *, archived: bool = False) -> tuple[TeamRow, ...]:
    """The teams, each below the one it lies in, in alphabetical order. One query.

    Archived teams are listed flat, and only with `archived`.
    """
    teams = list(
        visible_teams(viewer)
        .filter(archived_at__isnull=not archived)
        .select_related("lead", "parent")
        .annotate(member_count=Count("memberships"))
        .order_by("name", "id")
    )
    if archived:
        return tuple(_row(team, 0) for team in teams)
    inside: dict[UUID | None, list[Team]] = defaultdict(list)
    known = {row.pk for row in teams}
    for row in teams:
        inside[row.parent_id if row.parent_id in known else None].append(row)
    rows: list[TeamRow] = []
    waiting = [(team, 0) for team in reversed(inside[None])]
    while waiting:
        team, depth = waiting.pop()
        rows.append(_row(team, depth))
        waiting.extend((below, depth + 1) for below in reversed(inside[team.pk]))
    return tuple(rows)


def _row(team: Team, depth: int) -> TeamRow:
    return TeamRow(
        id=team.pk,
        name=team.name,
        purpose=team.purpose,
        depth=depth,
        part_of=team.parent.name if team.parent else "",
        lead_id=team.lead_id,
        lead_name=team.lead.name if team.lead else "",
        lead_initial=team.lead.initial if team.lead else "",
        members=team.member_count,  # type: ignore[attr-defined]
        is_archived=team.archived_at is not None,
    )
