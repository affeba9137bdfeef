"""What a new organisation has so far: priorities, teams and the running cycle."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from alignment.models import StrategicPriority
from alignment.rules.kinds import PriorityState
from objectives.permissions import visible_cycles
from objectives.rules.kinds import CycleState
from people.models import User
from people.permissions import visible_people, visible_teams

MOST_PRIORITIES = 5


@dataclass(frozen=True, slots=True)
class StartPriority:
    """A priority that is written already. `owner_name` is empty while nobody looks after it."""

    id: UUID
    title: str
    owner_name: str


@dataclass(frozen=True, slots=True)
class StartCycle:
    """The running cycle."""

    id: UUID
    name: str
    starts_on: date | None
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class Start:
    """The three steps so far. `left` is how many more priorities there should be at most."""

    priorities: tuple[StartPriority, ...]
    left: int
    teams: tuple[str, ...]
    people_count: int
    cycle: StartCycle | None

    @property
    def step(self) -> int:
        """The step that is next: 1, 2 or 3."""
        if not self.priorities:
            return 1
        return 2 if not self.teams else 3


def start_so_far(viewer: User) -> Start:
    """Four queries."""
    rows = StrategicPriority.objects.filter(organisation_id=viewer.organisation_id)
    priorities = tuple(
        StartPriority(row.pk, row.title, row.owner.name if row.owner else "")
        for row in rows.exclude(state=PriorityState.RETIRED).select_related("owner").order_by("rank", "id")
    )
    teams = visible_teams(viewer).filter(archived_at__isnull=True).order_by("name")
    cycle = visible_cycles(viewer).filter(state=CycleState.ACTIVE).order_by("-starts_on", "id").first()
    return Start(
        priorities=priorities,
        left=max(0, MOST_PRIORITIES - len(priorities)),
        teams=tuple(teams.values_list("name", flat=True)),
        people_count=visible_people(viewer).filter(is_active=True).count(),
        cycle=StartCycle(cycle.pk, cycle.name, cycle.starts_on, cycle.ends_on) if cycle else None,
    )
