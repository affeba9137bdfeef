"""What the frame around every page needs to know, in two statements."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet
from django.db.models.expressions import CombinedExpression

from checkins.queries.due import due_parts
from common.counting import CountOf
from dashboards.queries.unseen import MOST as MOST_UNSEEN
from dashboards.queries.unseen import unseen_notices
from objectives.rules.kinds import CycleState
from people.models import Membership, Organisation, Team, User
from people.permissions import remember_teams

MOST_CYCLES = 60
MOST_TEAMS = 8
OPEN_STATES = (CycleState.ACTIVE, CycleState.CLOSING)


@dataclass(frozen=True)
class CycleRow:
    """A cycle as the switcher knows it; both days are None in undated history."""

    id: UUID
    name: str
    starts_on: date | None
    ends_on: date | None
    state: str

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES


@dataclass(frozen=True)
class TeamRow:
    id: UUID
    name: str


@dataclass(frozen=True)
class ShellRows:
    """`due_count`: key results of this person that wait for a check-in today; `unseen_count`: notices not read.

    `parents` names every cycle of the organisation with the one that it lies in; `cycles` leaves the oldest out.
    """

    organisation_name: str
    due_count: int
    cycles: tuple[CycleRow, ...]
    teams: tuple[TeamRow, ...]
    parents: Mapping[UUID, UUID | None]
    unseen_count: int = 0


def shell_rows(user: User, *, today: date, at: datetime) -> ShellRows:
    """The rows behind the rail and the top bar of a signed-in person."""
    teams = _teams_of(user)
    own, left_over = (CountOf(rows.order_by().values("pk")) for rows in due_parts(user, today=today))
    unseen = CountOf(unseen_notices(user, at=at).order_by().values("pk")[:MOST_UNSEEN])
    found = list(_cycles_of(user.organisation_id, own + left_over, unseen))
    due_count, unseen_count = found[0][-2:]
    parents = {cycle_id: parent_id for cycle_id, *_, parent_id, _, _ in found if cycle_id}
    offered = _offered([CycleRow(*row[:5]) for row in found if row[0]])
    return ShellRows(user.organisation.name, due_count, offered, teams, parents, unseen_count)


def cycle_rows(organisation_id: UUID) -> tuple[CycleRow, ...]:
    """Cycles, latest first; those without dates come last, and old ones beyond sixty are left out."""
    return _offered([CycleRow(*row[:5]) for row in _cycles_of(organisation_id) if row[0]])


def _cycles_of(organisation_id: UUID, *counts: CountOf | CombinedExpression) -> QuerySet[Any, Any]:
    """Every cycle with the one that it lies in, and the counts beside each; an empty row when there is no cycle."""
    fields = ("id", "name", "starts_on", "ends_on", "state", "parent_id")
    rows = Organisation.objects.filter(pk=organisation_id)
    rows = rows.order_by("-cycles__starts_on", "cycles__name", "cycles__id")
    return rows.values_list(*[f"cycles__{name}" for name in fields], *counts)


def _offered(rows: list[CycleRow]) -> tuple[CycleRow, ...]:
    rows.sort(key=lambda row: row.starts_on or date.min, reverse=True)
    kept = rows[:MOST_CYCLES]
    return tuple(kept + [row for row in rows[MOST_CYCLES:] if row.is_open])


def _teams_of(user: User) -> tuple[TeamRow, ...]:
    """Teams that the person belongs to, leads or follows; tells the permissions which are theirs on the way."""
    follows = Exists(User.followed_teams.through.objects.filter(user=user, team=OuterRef("pk")))
    is_own = Exists(Membership.objects.filter(user=user, team=OuterRef("pk"))) | Q(lead=user)
    found = Team.objects.annotate(is_own=ExpressionWrapper(is_own, BooleanField())).filter(
        Q(is_own=True) | follows, organisation_id=user.organisation_id
    )
    rows = list(found.order_by("name", "id").values_list("id", "name", "is_own", "archived_at"))
    remember_teams(user, [pk for pk, _, own, _ in rows if own])
    return tuple(TeamRow(pk, name) for pk, name, _, archived_at in rows if archived_at is None)[:MOST_TEAMS]


def choose_cycle(cycles: tuple[CycleRow, ...], *, wanted: str | None, today: date) -> CycleRow | None:
    """The wanted cycle; else the shortest open one around today; else the latest open one; else the first."""
    for row in cycles:
        if wanted and str(row.id) == wanted:
            return row
    around = [
        row
        for row in cycles
        if row.is_open and row.starts_on and row.ends_on and row.starts_on <= today <= row.ends_on
    ]
    if around:
        return min(around, key=lambda row: (row.ends_on or today) - (row.starts_on or today))
    return next((row for row in cycles if row.is_open), cycles[0] if cycles else None)


def only_organisation_name() -> str:
    """The name to show before anybody signed in: known only when there is a single organisation."""
    names = list(Organisation.objects.values_list("name", flat=True)[:2])
    return names[0] if len(names) == 1 else ""
