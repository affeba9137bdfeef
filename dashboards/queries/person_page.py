"""One person: their teams, what they look after, and what they said last. Nothing here ranks or counts people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import BooleanField, ExpressionWrapper, Q

from checkins.models import CheckIn
from checkins.permissions import visible_check_ins
from dashboards.queries.key_result_page import freshness_words
from dashboards.queries.objective_key_results import value_words
from dashboards.queries.objective_links import shown_status
from objectives.models import KeyResult, Objective
from objectives.permissions import visible_key_results, visible_objectives
from objectives.rules.kinds import KeyResultState, ObjectiveState
from people.models import Membership, Team, User
from people.permissions import visible_people, visible_teams

MOST_SAID = 10
LISTED = (
    ObjectiveState.DRAFT,
    ObjectiveState.PROPOSED,
    ObjectiveState.AGREED,
    ObjectiveState.ACTIVE,
    ObjectiveState.PAUSED,
    ObjectiveState.CLOSED,
)


@dataclass(frozen=True, slots=True)
class HeldObjective:
    """An objective that the person owns or works on."""

    objective: Objective
    status: str
    is_owner: bool


@dataclass(frozen=True, slots=True)
class HeldKeyResult:
    """A key result that the person looks after."""

    key_result: KeyResult
    status: str
    now: str
    heard_days: int | None
    freshness: str


@dataclass(frozen=True, slots=True)
class SaidLast:
    """One of the latest check-ins."""

    check_in: CheckIn
    key_result_id: UUID
    title: str
    value: str
    words: str


@dataclass(frozen=True, slots=True)
class PersonPage:
    """All of it only as far as the reader may see."""

    person: User
    teams: tuple[Team, ...]
    objectives: tuple[HeldObjective, ...]
    key_results: tuple[HeldKeyResult, ...]
    said: tuple[SaidLast, ...]


def find_person(user: User, person_id: UUID) -> User | None:
    """Somebody of the same organisation; one statement."""
    return visible_people(user).filter(pk=person_id).first()


def person_page(user: User, person: User, cycle_id: UUID | None, *, today: date) -> PersonPage:
    """In four statements."""
    return PersonPage(
        person=person,
        teams=_teams(user, person),
        objectives=_objectives(user, person, cycle_id) if cycle_id else (),
        key_results=_key_results(user, person, cycle_id, today) if cycle_id else (),
        said=_said(user, person),
    )


def _teams(user: User, person: User) -> tuple[Team, ...]:
    member_of = Membership.objects.filter(user=person).values("team_id")
    rows = visible_teams(user).filter(Q(lead=person) | Q(pk__in=member_of), archived_at__isnull=True)
    return tuple(rows.order_by("name", "pk"))


def _objectives(user: User, person: User, cycle_id: UUID) -> tuple[HeldObjective, ...]:
    works_on = Objective.contributors.through.objects.filter(user=person).values("objective_id")
    rows = (
        visible_objectives(user)
        .filter(Q(owner=person) | Q(pk__in=works_on), cycle_id=cycle_id, state__in=LISTED)
        .select_related("team")
        .annotate(is_own=ExpressionWrapper(Q(owner=person), BooleanField()))
        .order_by("-is_own", "position", "pk")
    )
    return tuple(HeldObjective(row, shown_status(row), row.owner_id == person.pk) for row in rows)


def _key_results(user: User, person: User, cycle_id: UUID, today: date) -> tuple[HeldKeyResult, ...]:
    rows = (
        visible_key_results(user)
        .filter(owner=person, objective__cycle_id=cycle_id, objective__state__in=LISTED)
        .exclude(state=KeyResultState.CANCELLED)
        .select_related("objective")
        .order_by("objective__position", "position", "pk")
    )
    return tuple(
        HeldKeyResult(
            row,
            row.status if row.state != KeyResultState.PAUSED else row.state,
            value_words(row, row.current_value),
            (today - row.last_heard_on).days if row.last_heard_on else None,
            freshness_words(row, today),
        )
        for row in rows
    )


def _said(user: User, person: User) -> tuple[SaidLast, ...]:
    rows = (
        visible_check_ins(user)
        .filter(author=person)
        .select_related("key_result")
        .order_by("-observed_on", "-recorded_at", "-pk")[:MOST_SAID]
    )
    return tuple(
        SaidLast(
            row,
            row.key_result_id,
            row.key_result.title,
            value_words(row.key_result, row.value),
            row.note or row.win or row.challenge,
        )
        for row in rows
    )
