"""One team: its people, its objectives in a cycle, and what its check-ins say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count
from django.utils import formats

from dashboards.queries.objective_list import ObjectiveRow, objective_rows_where
from dashboards.queries.team_course import Course, course_of
from dashboards.queries.team_pages import NO_NUMBERS, TeamNumbers, team_numbers
from objectives.models import KeyResult, Objective
from objectives.permissions import visible_key_results
from objectives.rules.kinds import KeyResultState, ObjectiveState, Visibility
from objectives.rules.left_out import counts_above_itself
from people.models import Team, User
from people.permissions import visible_teams
from people.queries.absences import back_on

RUNNING = (ObjectiveState.ACTIVE, ObjectiveState.PAUSED, ObjectiveState.CLOSED)


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A person of the team. `tag` says that somebody left, has not joined yet or is away, else it is empty."""

    id: UUID
    name: str
    role: str
    is_lead: bool
    tag: str


@dataclass(frozen=True, slots=True)
class SubTeamRow:
    id: UUID
    name: str
    people_count: int


@dataclass(frozen=True, slots=True)
class TeamPage:
    """`objectives` are those of the cycle that the person may see, drafts too; `course` of the running ones.

    `numbers` and `key_result_count` are the same for everybody: what is not for all to see counts nowhere.
    """

    team: Team
    members: tuple[MemberRow, ...]
    sub_teams: tuple[SubTeamRow, ...]
    objectives: tuple[ObjectiveRow, ...]
    course: Course
    numbers: TeamNumbers
    key_result_count: int

    @property
    def running(self) -> tuple[ObjectiveRow, ...]:
        return tuple(row for row in self.objectives if row.state in RUNNING)


def team_page(user: User, team: Team, cycle_id: UUID | None, *, today: date) -> TeamPage:
    """In ten statements whatever the team holds."""
    rows = _objectives(user, team, cycle_id, today)
    key_results = _key_results(user, team, cycle_id)
    running = [row for row in key_results if row.objective.state == ObjectiveState.ACTIVE]
    return TeamPage(
        team=team,
        members=_members(team, today),
        sub_teams=_sub_teams(user, team),
        objectives=rows,
        course=course_of([row for row in running if row.state == KeyResultState.ACTIVE], today=today),
        numbers=team_numbers(user, cycle_id, team.pk).get(team.pk, NO_NUMBERS),
        key_result_count=sum(_counts(row.objective) for row in key_results),
    )


def _counts(objective: Objective) -> bool:
    return counts_above_itself(
        Visibility(objective.visibility), counts_when_private=objective.counts_when_private
    )


def _objectives(user: User, team: Team, cycle_id: UUID | None, today: date) -> tuple[ObjectiveRow, ...]:
    if cycle_id is None:
        return ()
    return objective_rows_where(user, today=today, cycle_id=cycle_id, team_id=team.pk)


def _key_results(user: User, team: Team, cycle_id: UUID | None) -> list[KeyResult]:
    if cycle_id is None:
        return []
    rows = visible_key_results(user).filter(
        objective__team=team, objective__cycle_id=cycle_id, objective__state__in=RUNNING
    )
    return list(
        rows.exclude(state=KeyResultState.CANCELLED)
        .select_related("owner", "objective__cycle", "objective__organisation")
        .order_by("objective__position", "position", "pk")
    )


def _members(team: Team, today: date) -> tuple[MemberRow, ...]:
    """In order of names, the lead first; a lead need not be a member."""
    people = list(team.members.order_by("name", "pk"))
    if team.lead is not None and team.lead not in people:
        people.append(team.lead)
    away = back_on([person.pk for person in people], today=today)
    rows = [
        person_row(person, is_lead=person.pk == team.lead_id, back=away.get(person.pk)) for person in people
    ]
    return tuple(sorted(rows, key=lambda row: (not row.is_lead, row.name.casefold())))


def person_row(person: User, *, is_lead: bool = False, back: date | None = None) -> MemberRow:
    """A person as a team lists them; `back` is the day on which somebody who is away is here again."""
    tag = person_tag(person) or (f"away until {formats.date_format(back, 'D j M')}" if back else "")
    return MemberRow(person.pk, person.name, person.get_role_display(), is_lead, tag)


def person_tag(person: User) -> str:
    """ "no longer here", "has not joined yet", or nothing."""
    if not person.is_active:
        return "no longer here"
    return "has not joined yet" if person.is_placeholder else ""


def _sub_teams(user: User, team: Team) -> tuple[SubTeamRow, ...]:
    rows = visible_teams(user).filter(parent=team, archived_at__isnull=True)
    counted = rows.annotate(people_count=Count("members")).order_by("name", "pk")
    return tuple(SubTeamRow(row.pk, row.name, row.people_count) for row in counted)
