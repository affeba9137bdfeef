"""People of the organisation, searched and filtered, a page at a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from django.db.models import Q, QuerySet

from people.models import Membership, User
from people.permissions import people_matching, visible_people
from people.queries.absences import back_on
from people.roles import Role

PAGE_SIZE = 50
PersonState = Literal["active", "placeholder", "deactivated"]


@dataclass(frozen=True, slots=True)
class PeopleFilter:
    """What to show. Empty fields do not filter; `state` empty means everybody who is not deactivated."""

    words: str = ""
    team_id: UUID | None = None
    role: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One person in the list. `teams` are names in alphabetical order; `back_on` ends an absence."""

    id: UUID
    name: str
    initial: str
    email: str | None
    role: Role
    state: PersonState
    teams: tuple[str, ...]
    last_seen_at: datetime | None
    back_on: date | None = None

    @property
    def more_teams(self) -> int:
        """How many teams are left when the first two are named."""
        return max(0, len(self.teams) - 2)


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """A page of the list. `number` and `pages` start at 1; `total` counts everybody that matches."""

    rows: tuple[PersonRow, ...]
    number: int
    pages: int
    total: int
    everybody: int

    @property
    def has_more(self) -> bool:
        return self.number < self.pages


def people_list(
    viewer: User, wanted: PeopleFilter, *, today: date, page: int = 1, size: int = PAGE_SIZE
) -> PeoplePage:
    """One page; a number beyond the last shows the last. Five queries whatever the size."""
    everybody = visible_people(viewer).filter(is_active=True).count()
    matching = _matching(viewer, wanted)
    total = matching.count()
    pages = max(1, -(-total // size))
    number = min(max(1, page), pages)
    people = list(matching.order_by("name", "id")[(number - 1) * size : number * size])
    teams = _teams_of({person.pk for person in people})
    away = back_on([person.pk for person in people], today=today)
    rows = tuple(_row(person, teams.get(person.pk, ()), away.get(person.pk)) for person in people)
    return PeoplePage(rows, number, pages, total, everybody)


def _matching(viewer: User, wanted: PeopleFilter) -> QuerySet[User]:
    people = people_matching(viewer, wanted.words) if wanted.words else visible_people(viewer)
    if wanted.team_id is not None:
        people = people.filter(
            Q(pk__in=Membership.objects.filter(team_id=wanted.team_id).values("user_id"))
            | Q(led_teams=wanted.team_id)
        ).distinct()
    if wanted.role:
        people = people.filter(role=wanted.role)
    if wanted.state == "deactivated":
        return people.filter(is_active=False)
    people = people.filter(is_active=True)
    if wanted.state == "placeholder":
        return people.filter(email__isnull=True)
    if wanted.state == "active":
        return people.filter(email__isnull=False)
    return people


def _teams_of(people_ids: set[UUID]) -> dict[UUID, tuple[str, ...]]:
    """Names of the teams that each person is in."""
    teams: dict[UUID, tuple[str, ...]] = {}
    memberships = Membership.objects.filter(user_id__in=people_ids, team__archived_at__isnull=True)
    for user_id, name in memberships.order_by("team__name").values_list("user_id", "team__name"):
        teams[user_id] = (*teams.get(user_id, ()), name)
    return teams


def _row(person: User, teams: tuple[str, ...], back: date | None) -> PersonRow:
    return PersonRow(
        id=person.pk,
        name=person.name,
        initial=person.initial,
        email=person.email,
        role=Role(person.role),
        state=state_of(person),
        teams=teams,
        last_seen_at=person.last_seen_at,
        back_on=back,
    )


def state_of(person: User) -> PersonState:
    """Whether the person signs in, is only a name, or has left."""
    if not person.is_active:
        return "deactivated"
    return "placeholder" if person.is_placeholder else "active"
