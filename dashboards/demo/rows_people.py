"""The organisation, its people, teams and cycles."""

from __future__ import annotations

from datetime import timedelta

from dashboards.demo.calendar import Calendar, id_of, moment
from dashboards.demo.organisation import DOMAIN, FOLLOWED, NAME, PEOPLE, TEAMS, TIME_ZONE
from dashboards.demo.rows import Rows
from objectives.models import Cycle
from objectives.rules.kinds import CycleState
from people.models import Membership, Organisation, Team, User

CYCLES = (
    ("year", CycleState.ACTIVE),
    ("before", CycleState.CLOSED),
    ("last", CycleState.CLOSED),
    ("now", CycleState.ACTIVE),
    ("next", CycleState.PLANNING),
)


def organisation_rows(calendar: Calendar) -> Rows:
    """The organisation alone; everything else is added to what this returns."""
    at = moment(calendar.cycles["year"].starts_on - timedelta(days=30), 9)
    organisation = Organisation(
        id=id_of(at, "organisation"),
        name=NAME,
        time_zone=TIME_ZONE,
        locale="en-gb",
        is_demo=True,
        created_at=at,
    )
    rows = Rows(calendar, organisation)
    rows.add(organisation)
    return rows


def add_people(rows: Rows) -> None:
    """People without a usable password; who may sign in gets one when the rows are written."""
    at = rows.organisation.created_at
    for spec in PEOPLE:
        person = User(
            id=id_of(at, "person", spec.name),
            organisation=rows.organisation,
            name=spec.name,
            email=f"{spec.email}@{DOMAIN}" if spec.email else None,
            role=spec.role,
            is_active=spec.is_active,
            deactivated_at=None if spec.is_active else moment(rows.calendar.days_ago(40), 17),
            created_at=at,
            feed_seen_at=moment(rows.calendar.days_ago(2), 17),
        )
        person.set_unusable_password()
        rows.people[spec.name] = rows.add(person)


def add_teams(rows: Rows) -> None:
    """Teams with their members, and who follows which."""
    at = rows.organisation.created_at
    for spec in TEAMS:
        rows.teams[spec.name] = rows.add(
            Team(
                id=id_of(at, "team", spec.name),
                organisation=rows.organisation,
                name=spec.name,
                purpose=spec.purpose,
                parent=rows.teams[spec.parent] if spec.parent else None,
                lead=rows.people[spec.lead],
                created_at=at,
            )
        )
    for spec in TEAMS:
        for name in spec.members:
            membership_id = id_of(at, "member", spec.name, name)
            team, person = rows.teams[spec.name], rows.people[name]
            rows.add(Membership(id=membership_id, team=team, user=person, created_at=at))
    for names, followed in FOLLOWED:
        for name in names:
            for title in followed:
                rows.add(User.followed_teams.through(user=rows.people[name], team=rows.teams[title]))


def add_cycles(rows: Rows) -> None:
    """A year that holds three quarters, and the quarter that is being planned."""
    for key, state in CYCLES:
        dates = rows.calendar.cycles[key]
        at = moment(dates.starts_on - timedelta(days=21), 10)
        inside = key not in ("year", "next")
        closed_at = moment(dates.ends_on + timedelta(days=4), 15) if state == CycleState.CLOSED else None
        rows.cycles[key] = rows.add(
            Cycle(
                id=id_of(at, "cycle", key),
                organisation=rows.organisation,
                name=dates.name,
                starts_on=dates.starts_on,
                ends_on=dates.ends_on,
                state=state,
                parent=rows.cycles["year"] if inside else None,
                closed_at=closed_at,
                created_at=at,
            )
        )
