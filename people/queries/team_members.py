"""Who is in a team."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from people.models import Team
from people.queries.absences import back_on
from people.queries.people_list import PersonState, state_of


@dataclass(frozen=True, slots=True)
class MemberRow:
    """One member of a team. `back_on`: the day on which somebody who is away is here again."""

    id: UUID
    name: str
    initial: str
    email: str | None
    state: PersonState
    is_lead: bool
    back_on: date | None


def team_members(team: Team, *, today: date) -> tuple[MemberRow, ...]:
    """The members in alphabetical order. Two queries."""
    people = list(team.members.order_by("name", "id"))
    away = back_on([person.pk for person in people], today=today)
    return tuple(
        MemberRow(
            id=person.pk,
            name=person.name,
            initial=person.initial,
            email=person.email,
            state=state_of(person),
            is_lead=person.pk == team.lead_id,
            back_on=away.get(person.pk),
        )
        for person in people
    )
