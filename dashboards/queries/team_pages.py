"""Teams as everybody reads them: who they are and how their objectives stand. In order of names, never ranked."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db.models import Count

from dashboards.queries.gaps import COUNTED_STATES, counted_above
from objectives.models import Objective
from objectives.rules.roll_up import plain_mean
from people.models import Team, User
from people.permissions import visible_teams


@dataclass(frozen=True, slots=True)
class TeamRow:
    """One line of the list. `depth` 0 at the top; ratios 0..1 are plain means over its own objectives."""

    id: UUID
    name: str
    purpose: str
    depth: int
    lead_id: UUID | None
    lead: str
    people_count: int
    objective_count: int
    status_counts: dict[str, int]
    progress: Decimal | None
    expected: Decimal | None


@dataclass(frozen=True, slots=True)
class TeamNumbers:
    """How a team's objectives in a cycle stand; sub-teams are apart."""

    objective_count: int
    status_counts: dict[str, int]
    progress: Decimal | None
    expected: Decimal | None


NO_NUMBERS = TeamNumbers(0, {}, None, None)


def team_rows(user: User, cycle_id: UUID | None) -> tuple[TeamRow, ...]:
    """All teams that are not archived, each below its parent, in order of names; two statements."""
    teams = list(
        visible_teams(user)
        .filter(archived_at__isnull=True)
        .select_related("lead")
        .annotate(people_count=Count("members"))
        .order_by("name", "pk")
    )
    numbers = team_numbers(user, cycle_id)
    return tuple(_row(team, depth, numbers.get(team.pk, NO_NUMBERS)) for team, depth in nested(teams))


def team_numbers(user: User, cycle_id: UUID | None, team_id: UUID | None = None) -> dict[UUID, TeamNumbers]:
    """By team (or of one), over what the whole organisation may see or its owner lets count; one statement."""
    if cycle_id is None:
        return {}
    of_team = {"team_id": team_id} if team_id else {"team_id__isnull": False}
    rows = (
        Objective.objects.filter(
            counted_above(),
            organisation_id=user.organisation_id,
            cycle_id=cycle_id,
            state__in=COUNTED_STATES,
            **of_team,
        )
        .order_by()
        .values_list("team_id", "status", "progress", "expected")
    )
    grouped: dict[UUID, list[tuple[str, Decimal | None, Decimal | None]]] = defaultdict(list)
    for key, status, progress, expected in rows:
        grouped[key].append((status, progress, expected))
    return {key: _numbers(found) for key, found in grouped.items()}


def _numbers(rows: Sequence[tuple[str, Decimal | None, Decimal | None]]) -> TeamNumbers:
    judged = [row for row in rows if row[1] is not None]
    return TeamNumbers(
        objective_count=len(rows),
        status_counts=dict(Counter(row[0] for row in rows)),
        progress=plain_mean(row[1] for row in judged),
        expected=plain_mean(row[2] for row in judged),
    )


def nested(teams: Iterable[Team]) -> list[tuple[Team, int]]:
    """Teams with their depth, children after their parent; one whose parent is not among them stands at the top."""
    rows = list(teams)
    known = {team.pk for team in rows}
    below: dict[UUID | None, list[Team]] = defaultdict(list)
    for team in rows:
        below[team.parent_id if team.parent_id in known else None].append(team)
    found: list[tuple[Team, int]] = []
    waiting = [(team, 0) for team in reversed(below[None])]
    while waiting:
        team, depth = waiting.pop()
        found.append((team, depth))
        waiting += [(child, depth + 1) for child in reversed(below[team.pk])]
    return found


def _row(team: Team, depth: int, numbers: TeamNumbers) -> TeamRow:
    return TeamRow(
        id=team.pk,
        name=team.name,
        purpose=team.purpose,
        depth=depth,
        lead_id=team.lead_id,
        lead=team.lead.name if team.lead else "",
        people_count=team.people_count,  # type: ignore[attr-defined]
        objective_count=numbers.objective_count,
        status_counts=numbers.status_counts,
        progress=numbers.progress,
        expected=numbers.expected,
    )
