"""The weekly review of one team as one reader sees it, before it starts, while it runs, and as it is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Q

from checkins.models import Decision, NextStep
from checkins.queries.minutes import about_words
from checkins.rules.agenda import since_of
from checkins.rules.kinds import NextStepState
from dashboards.queries.review_agenda import Agenda, review_agenda
from dashboards.queries.team_head import TeamHead
from dashboards.queries.team_page import RUNNING
from objectives.models import KeyResult
from objectives.permissions import sees_objective, visible_key_results, visible_objectives
from objectives.rules.kinds import KeyResultState, ObjectiveState
from people.models import Organisation, Team, User
from people.roles import Role


@dataclass(frozen=True, slots=True)
class Member:
    id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class ObjectiveMeter:
    """An objective of the team; ratios 0..1."""

    id: UUID
    title: str
    status: str
    progress: Decimal | None
    expected: Decimal | None


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """`about` is the title of what it is about, "" for the team as a whole; `about_id` its key result."""

    id: UUID
    text: str
    because: str
    at: datetime
    by: str
    about: str
    about_id: UUID | None
    revisit_on: date | None
    is_taken_back: bool


@dataclass(frozen=True, slots=True)
class NextStepRow:
    """`is_new`: said in the running review."""

    id: UUID
    text: str
    owner: str
    owner_id: UUID | None
    due_on: date | None
    state: str
    outcome: str
    is_new: bool
    is_late: bool


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """Everything that the page shows. `decisions` are those of the running review."""

    members: tuple[Member, ...]
    objectives: tuple[ObjectiveMeter, ...]
    agenda: Agenda
    decisions: tuple[DecisionRow, ...]
    steps: tuple[NextStepRow, ...]
    since: datetime

    @property
    def decided(self) -> tuple[DecisionRow, ...]:
        return tuple(row for row in self.decisions if not row.is_taken_back)

    @property
    def said_before(self) -> tuple[NextStepRow, ...]:
        return tuple(row for row in self.steps if not row.is_new)

    @property
    def said_now(self) -> tuple[NextStepRow, ...]:
        return tuple(row for row in self.steps if row.is_new)


def review_page(
    user: User, head: TeamHead, cycle_id: UUID | None, *, at: datetime, today: date
) -> ReviewPage:
    """In at most eleven statements, whatever the team holds.

    cycle_id  whose objectives it speaks about; a running review stays with its own
    """
    team, running = head.team, head.running
    cycle_id = (running.cycle_id if running else None) or cycle_id
    zone = user.organisation.time_zone
    since = running.since if running else since_of(head.last, at=at, zone=zone)
    members = team_people(team)
    objectives = _objectives(user, team, cycle_id)
    agenda = review_agenda(
        user,
        team,
        _key_results(user, team, cycle_id),
        {row.id: row.title for row in objectives},
        [row.id for row in members],
        since=since,
        today=today,
    )
    return ReviewPage(
        members=members,
        objectives=objectives,
        agenda=agenda,
        decisions=_decisions(user, running.id) if running else (),
        steps=_steps(user, team, running.id if running else None, since, today),
        since=since,
    )


def kept_agenda(head: TeamHead, organisation: Organisation, *, at: datetime, today: date) -> dict[str, Any]:
    """What minutes keep of the running review, whoever ends it: every row with the objective that lets readers in."""
    everything = User(organisation=organisation, role=Role.ADMINISTRATOR)
    page = review_page(everything, head, None, at=at, today=today)
    return {
        "wins": [
            _kept(row, "kind", "text", "who", "where", "change", "thanked")
            | {"thanks_ids": [str(one) for one in row.thanks_ids]}
            for row in page.agenda.wins
        ],
        "course": [
            _kept(row, "title", "status", "words", "said", "who", "when") | {"key_result_id": str(row.id)}
            for row in page.agenda.items
        ],
        "asks": [_kept(row, "text", "asked_by", "asked_of", "age", "is_to_us") for row in page.agenda.asks],
        "objectives": [
            {
                "objective_id": str(row.id),
                "title": row.title,
                "status": row.status,
                "progress": _ratio(row.progress),
                "expected": _ratio(row.expected),
            }
            for row in page.objectives
        ],
        "counts": [
            {"objective_id": str(pk), "key_results": every, "as_planned": planned}
            for pk, (every, planned) in page.agenda.objective_counts.items()
        ],
    }


def _kept(row: Any, *names: str) -> dict[str, Any]:
    kept = {name: getattr(row, name) for name in names}
    return kept | {"objective_id": str(row.objective_id) if row.objective_id else None}


def _ratio(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def team_people(team: Team) -> tuple[Member, ...]:
    """Who is here: the lead first, then in order of names; one statement."""
    people = list(team.members.filter(is_active=True))
    if team.lead is not None and team.lead.is_active and team.lead not in people:
        people.append(team.lead)
    people.sort(key=lambda person: (person.pk != team.lead_id, person.name.casefold()))
    return tuple(Member(person.pk, person.name) for person in people)


def _objectives(user: User, team: Team, cycle_id: UUID | None) -> tuple[ObjectiveMeter, ...]:
    if cycle_id is None:
        return ()
    rows = visible_objectives(user).filter(team=team, cycle_id=cycle_id, state__in=RUNNING)
    found = rows.order_by("position", "pk").values_list(
        "pk", "title", "state", "status", "progress", "expected"
    )
    return tuple(
        ObjectiveMeter(pk, title, state if state == ObjectiveState.PAUSED else status, progress, expected)
        for pk, title, state, status, progress, expected in found
    )


def _key_results(user: User, team: Team, cycle_id: UUID | None) -> Sequence[KeyResult]:
    if cycle_id is None:
        return ()
    rows = visible_key_results(user).filter(
        objective__team=team,
        objective__cycle_id=cycle_id,
        objective__state=ObjectiveState.ACTIVE,
        state=KeyResultState.ACTIVE,
    )
    related = ("owner", "objective__cycle", "objective__organisation")
    return list(rows.select_related(*related).order_by("objective__position", "position", "pk"))


def may_read(user: User) -> Q:
    """Words about no objective, or about one that the person may see."""
    return Q(objective__isnull=True) | Q(
        sees_objective(user, "objective__"), objective__deleted_at__isnull=True
    )


def _decisions(user: User, review_id: UUID) -> tuple[DecisionRow, ...]:
    rows = Decision.objects.filter(may_read(user), review_id=review_id)
    related = rows.select_related("decided_by", "objective", "key_result")
    return tuple(
        DecisionRow(
            id=row.pk,
            text=row.text,
            because=row.because,
            at=row.decided_at,
            by=row.decided_by.name if row.decided_by else "",
            about=about_words(row),
            about_id=row.key_result_id,
            revisit_on=row.revisit_on,
            is_taken_back=row.taken_back_at is not None,
        )
        for row in related.order_by("decided_at", "pk")
    )


def _steps(
    user: User, team: Team, review_id: UUID | None, since: datetime, today: date
) -> tuple[NextStepRow, ...]:
    asked = Q(state=NextStepState.OPEN) | Q(ended_at__gt=since)
    if review_id is not None:
        asked |= Q(review_id=review_id)
    rows = NextStep.objects.filter(asked, may_read(user), team=team).select_related("owner")
    return tuple(
        NextStepRow(
            id=row.pk,
            text=row.text,
            owner=row.owner.name if row.owner else "",
            owner_id=row.owner_id,
            due_on=row.due_on,
            state=row.state,
            outcome=row.outcome,
            is_new=review_id is not None and row.review_id == review_id,
            is_late=row.state == NextStepState.OPEN and row.due_on is not None and row.due_on < today,
        )
        for row in rows.order_by("created_at", "pk")
    )
