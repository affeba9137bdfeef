"""Who is in a team."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from people.models import Team
from people.queries.people_list import PersonState, state_of


@dataclass(frozen=True, slots=True)
class MemberRow:
    """One member of a team."""

    id: UUID
    name: str
    initial: str
    email: str | None
    state: PersonState
    is_lead: bool


def team_members(team: Team) -> tuple[MemberRow, ...]:
    """The members in alphabetical order. One query."""
    return tuple(
        MemberRow(
            id=person.pk,
            name=person.name,
            initial=person.initial,
            email=person.email,
            state=state_of(person),
            is_lead=person.pk == team.lead_id,
        )
        for person in team.members.order_by("name", "id")
    )
