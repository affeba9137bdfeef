"""What the frame around every page needs to know, in three statements."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import (
    BooleanField,
    Count,
    Exists,
    ExpressionWrapper,
    OuterRef,
    Q,
    Subquery,
)
from django.db.models.functions import Coalesce

from checkins.queries.due import due_parts
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
    """`due_count`: key results of this person that wait for a check-in today."""

    organisation_name: str
    due_count: int
    cycles: tuple[CycleRow, ...]
    teams: tuple[TeamRow, ...]


def shell_rows(user: User, *, today: date) -> ShellRows:
    """The rows behind the rail and the top bar of a signed-in person."""
    teams = _teams_of(user)
    own, left_over = (
        Coalesce(Subquery(rows.order_by().values("organisation").annotate(due=Count("pk")).values("due")), 0)
        for rows in due_parts(user, today=today)
    )
    name, due_count = (
        Organisation.objects.filter(pk=user.organisation_id)
        .annotate(due=own + left_over)
        .values_list("name", "due")
        .get()
    )
    return ShellRows(name, due_count, cycle_rows(user.organisation_id), teams)


def cycle_rows(organisation_id: UUID) -> tuple[CycleRow, ...]:
    """Cycles, latest first; those without dates come last."""
    found = Cycle.objects.filter(organisation_id=organisation_id).order_by("-starts_on", "name", "id")
    rows = [CycleRow(*row) for row in found.values_list("id", "name", "starts_on", "ends_on", "state")]
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
