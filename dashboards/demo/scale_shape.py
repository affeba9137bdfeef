"""The bones of a big organisation: people, nested teams, priorities, a cycle, objectives on four levels, links."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from alignment.models import AlignmentLink, StrategicPriority
from alignment.rules.kinds import LinkKind
from common.ids import new_id
from objectives.models import Cycle, Objective
from objectives.rules.kinds import CycleState, ObjectiveKind, ObjectiveState
from people.models import Membership, Organisation, Team, User
from people.roles import Role

PRIORITY_COUNT = 12
PEOPLE_PER_TEAM = 10
BRANCHES = 6
LEVEL_SHARES = (0.05, 0.20, 0.30, 0.45)
UNLINKED = 0.05
STRAIGHT_TO_PRIORITY = 0.10
ALSO_SUPPORTS = 0.10


@dataclass(slots=True)
class Shape:
    """Unsaved rows, in the order in which they can be written."""

    organisation: Organisation
    cycle: Cycle
    began_at: datetime
    people: list[User] = field(default_factory=list)
    teams: list[Team] = field(default_factory=list)
    memberships: list[Membership] = field(default_factory=list)
    priorities: list[StrategicPriority] = field(default_factory=list)
    objectives: list[Objective] = field(default_factory=list)
    links: list[AlignmentLink] = field(default_factory=list)


def shape_of(
    *, name: str, people: int, objectives: int, weeks: int, today: date, dice: random.Random
) -> Shape:
    """An organisation whose running cycle began `weeks` weeks ago."""
    organisation = Organisation(name=name, time_zone="UTC", expected_on=today)
    starts_on = today - timedelta(days=7 * weeks + 1)
    length = max(91, 7 * weeks + 14)
    cycle = Cycle(
        organisation=organisation,
        name="Current quarter" if length == 91 else "Current cycle",
        starts_on=starts_on,
        ends_on=starts_on + timedelta(days=length - 1),
        state=CycleState.ACTIVE,
    )
    shape = Shape(organisation, cycle, datetime.combine(starts_on, time(9), UTC))
    _add_people(shape, people)
    _add_teams(shape, max(1, people // PEOPLE_PER_TEAM))
    _add_priorities(shape)
    _add_objectives(shape, objectives, dice)
    return shape


def address_end(organisation: Organisation) -> str:
    """The part of invented addresses behind the @; unlike that of any other organisation."""
    letters = "".join(
        sign if sign.isalnum() and sign.isascii() else "-" for sign in organisation.name.lower()
    )
    return f"{letters.strip('-') or 'organisation'}.example"


def _add_people(shape: Shape, count: int) -> None:
    """The first is the administrator, every fiftieth a leader, every fiftieth a viewer."""
    end = address_end(shape.organisation)
    for number in range(1, count + 1):
        role = Role.LEADER if number % 50 == 2 else Role.VIEWER if number % 50 == 0 else Role.MEMBER
        person = User(
            organisation=shape.organisation,
            name=f"Person {number}",
            email=f"person{number}@{end}",
            role=Role.ADMINISTRATOR if number == 1 else role,
        )
        person.password = "!"  # noqa: S105 - nobody signs in until one is set
        shape.people.append(person)


def _add_teams(shape: Shape, count: int) -> None:
    for number in range(count):
        members = shape.people[number::count]
        team = Team(
            organisation=shape.organisation,
            name=f"Team {number + 1}",
            parent=shape.teams[(number - 1) // BRANCHES] if number else None,
            lead=members[0],
        )
        shape.teams.append(team)
        shape.memberships += [Membership(team=team, user=person) for person in members]


def _add_priorities(shape: Shape) -> None:
    leaders = [person for person in shape.people if person.is_leader]
    for rank in range(1, PRIORITY_COUNT + 1):
        shape.priorities.append(
            StrategicPriority(
                organisation=shape.organisation,
                title=f"Priority {rank}",
                narrative="Why it matters now, in a sentence or two that people remember.",
                owner=leaders[rank % len(leaders)],
                rank=rank,
            )
        )


def _add_objectives(shape: Shape, count: int, dice: random.Random) -> None:
    counts = [max(1, round(count * share)) for share in LEVEL_SHARES[:-1]]
    counts.append(max(0, count - sum(counts)))
    above: list[Objective] = []
    for level, size in enumerate(counts, start=1):
        here = [_objective(shape, level, number, dice) for number in range(1, size + 1)]
        shape.objectives += here
        for objective in here:
            shape.links += _links(shape, objective, above, dice)
        above = here or above


def _objective(shape: Shape, level: int, number: int, dice: random.Random) -> Objective:
    team = shape.teams[dice.randrange(len(shape.teams))]
    return Objective(
        id=new_id(),
        organisation=shape.organisation,
        cycle=shape.cycle,
        title=f"Objective {level}.{number} makes a difference that people notice",
        why="Because somebody waits for it.",
        kind=dice.choice((ObjectiveKind.ASPIRATIONAL, ObjectiveKind.ASPIRATIONAL, ObjectiveKind.COMMITTED)),
        state=ObjectiveState.ACTIVE,
        team=team,
        owner=team.lead,
        position=number,
        activated_at=shape.began_at,
    )


def _links(
    shape: Shape, child: Objective, above: list[Objective], dice: random.Random
) -> list[AlignmentLink]:
    """One link that counts for most, straight to a priority from the top level, and now and then one that does not."""
    if above and dice.random() < UNLINKED:
        return []
    link = AlignmentLink(organisation=shape.organisation, child=child, kind=LinkKind.CONTRIBUTES)
    link.weight = dice.randint(1, 5)
    if not above or dice.random() < STRAIGHT_TO_PRIORITY:
        link.priority = dice.choice(shape.priorities)
    else:
        link.objective = dice.choice(above)
    links = [link]
    if above and dice.random() < ALSO_SUPPORTS:
        parent = dice.choice(above)
        if parent.pk != link.objective_id:
            kind = LinkKind.SUPPORTS
            links.append(
                AlignmentLink(organisation=shape.organisation, child=child, objective=parent, kind=kind)
            )
    return links
