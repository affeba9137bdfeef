"""What the frame around every page needs to know, in three statements."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q

from checkins.queries.due import due_parts
from common.counting import CountOf
from dashboards.queries.unseen import MOST as MOST_UNSEEN
from dashboards.queries.unseen import unseen_notices
from objectives.models import Cycle
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
    due_count, unseen_count = (
        Organisation.objects.filter(pk=user.organisation_id).values_list(own + left_over, unseen).get()
    )
    rows = _all_cycles(user.organisation_id)
    parents = {row.id: parent for row, parent in rows}
    offered = _offered([row for row, _ in rows])
    return ShellRows(user.organisation.name, due_count, offered, teams, parents, unseen_count)


def cycle_rows(organisation_id: UUID) -> tuple[CycleRow, ...]:
    """Cycles, latest first; those without dates come last, and old ones beyond sixty are left out."""
    return _offered([row for row, _ in _all_cycles(organisation_id)])


def _all_cycles(organisation_id: UUID) -> list[tuple[CycleRow, UUID | None]]:
    """Every cycle with the one that it lies in."""
    found = Cycle.objects.filter(organisation_id=organisation_id).order_by("-starts_on", "name", "id")
    rows = found.values_list("id", "name", "starts_on", "ends_on", "state", "parent_id")
    return [(CycleRow(pk, name, start, end, state), parent) for pk, name, start, end, state, parent in rows]


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
