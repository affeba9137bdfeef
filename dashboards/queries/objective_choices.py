"""What the page for writing an objective can choose from, as far as its writer may."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from uuid import UUID

from django.db.models import Q, QuerySet

from alignment.models import AlignmentLink, StrategicPriority
from alignment.permissions import visible_links, visible_priorities
from alignment.rules.kinds import PriorityState
from dashboards.queries.link_choices import OPEN, Choice
from objectives.models import Cycle, Initiative, KeyResult, Objective
from objectives.permissions import visible_cycles, visible_key_results, visible_objectives
from objectives.rules.kinds import CycleState, KeyResultState
from people.models import Team, User
from people.permissions import team_ids_of, visible_people, visible_teams

MOST_PARENTS = 300
SHORT_LIST = 60
Parent = StrategicPriority | Objective | KeyResult


@dataclass
class ObjectiveChoices:
    """Rows by the value that stands for them on the page. `is_long`: people are typed, not picked from a list.

    What else can be helped is read when somebody is about to choose from it.
    """

    user: User
    objective: Objective | None

    people: dict[str, User]
    person_words: dict[str, str]
    teams: dict[str, Team]
    cycles: dict[str, Cycle]
    priorities: dict[str, StrategicPriority]
    links: dict[str, AlignmentLink]
    allows_private: bool

    @cached_property
    def objectives(self) -> list[Choice]:
        rows = _open_objectives(self.user, self.objective).values_list("pk", "title")[:MOST_PARENTS]
        return [Choice(f"objective:{pk}", title) for pk, title in rows]

    @cached_property
    def key_results(self) -> list[Choice]:
        parents = _open_objectives(self.user, self.objective).order_by().values("pk")
        rows = visible_key_results(self.user).filter(
            objective__in=parents, state__in=(KeyResultState.ACTIVE, KeyResultState.PAUSED)
        )
        found = rows.order_by("title", "pk").values_list("pk", "title")[:MOST_PARENTS]
        return [Choice(f"key_result:{pk}", title) for pk, title in found]

    @property
    def is_long(self) -> bool:
        return len(self.people) > SHORT_LIST

    def words_of(self, text: str) -> str:
        """The words that stand for a person in a list; "" when nobody is meant."""
        person = self.find_person(text) if text.strip() else None
        return self.person_words[str(person.pk)] if person is not None else ""

    def id_of(self, text: str) -> str:
        """The id of the person that was typed; what names nobody stays as it was typed."""
        person = self.find_person(text) if text.strip() else None
        return str(person.pk) if person is not None else text

    def find_person(self, text: str) -> User | None:
        """By id, by the words of the list, or by a name or e-mail that only one person has."""
        text = text.strip()
        if text in self.people:
            return self.people[text]
        folded = text.casefold()
        for pk, words in self.person_words.items():
            if words.casefold() == folded:
                return self.people[pk]
        found = [one for one in self.people.values() if folded in (one.name.casefold(), one.email or "")]
        return found[0] if len(found) == 1 else None


def objective_choices(user: User, objective: Objective | None = None) -> ObjectiveChoices:
    """Five queries. `objective` is the one being edited: what it has already stays choosable."""
    people = _people(user, objective)
    names = Counter(one.name for one in people)
    links = _links(user, objective)
    priorities = visible_priorities(user).filter(
        ~Q(state=PriorityState.RETIRED) | Q(pk__in=[link.priority_id for link in links if link.priority_id])
    )
    return ObjectiveChoices(
        user=user,
        objective=objective,
        people={str(one.pk): one for one in people},
        person_words={
            str(one.pk): f"{one.name} ({one.email or 'no e-mail'})" if names[one.name] > 1 else one.name
            for one in people
        },
        teams={str(one.pk): one for one in _teams(user, objective)},
        cycles={str(one.pk): one for one in _cycles(user, objective)},
        priorities={f"priority:{one.pk}": one for one in priorities.order_by("rank", "pk")},
        links={str(link.pk): link for link in links},
        allows_private=user.organisation.allows_private,
    )


def initiatives_of(objective_id: UUID) -> dict[UUID, list[Initiative]]:
    """The work below each key result, in order."""
    found: dict[UUID, list[Initiative]] = {}
    for row in Initiative.objects.filter(key_result__objective_id=objective_id):
        found.setdefault(row.key_result_id, []).append(row)
    return found


def first_cycle(cycles: Iterable[Cycle], *, wanted: str, today: date) -> Cycle | None:
    """The wanted cycle if it is open; else the shortest one around today; else the next to come."""
    rows = list(cycles)
    for row in rows:
        if str(row.pk) == wanted:
            return row
    dated = [(row.starts_on, row.ends_on, row) for row in rows if row.starts_on and row.ends_on]
    around = [
        (ends_on - starts_on, row) for starts_on, ends_on, row in dated if starts_on <= today <= ends_on
    ]
    if around:
        return min(around, key=lambda one: one[0])[1]
    coming = [(starts_on, row) for starts_on, _, row in dated if starts_on > today]
    if coming:
        return min(coming, key=lambda one: one[0])[1]
    return rows[-1] if rows else None


def _people(user: User, objective: Objective | None) -> list[User]:
    """Active people, and whoever looks after a part of the objective now."""
    there = Q(is_active=True)
    if objective is not None:
        there |= Q(owned_objectives=objective) | Q(contributed_objectives=objective)
        there |= Q(pk__in=KeyResult.objects.filter(objective=objective).values("owner_id"))
    return list(visible_people(user).filter(there).distinct().order_by("name", "pk"))


def _teams(user: User, objective: Objective | None) -> list[Team]:
    """Leaders and administrators: all; others: their own, and the one that the objective is in."""
    rows = visible_teams(user).filter(archived_at__isnull=True)
    if not user.is_leader:
        rows = rows.filter(pk__in=team_ids_of(user))
    if objective is not None and objective.team_id is not None:
        rows = rows | visible_teams(user).filter(pk=objective.team_id)
    return list(rows.order_by("name", "pk"))


def _cycles(user: User, objective: Objective | None) -> list[Cycle]:
    rows = visible_cycles(user).exclude(state=CycleState.CLOSED)
    if objective is not None:
        rows = rows | visible_cycles(user).filter(pk=objective.cycle_id)
    return list(rows.order_by("starts_on", "name", "pk"))


def _links(user: User, objective: Objective | None) -> list[AlignmentLink]:
    if objective is None:
        return []
    rows = visible_links(user).filter(child=objective)
    return list(rows.select_related("priority", "objective", "key_result").order_by("created_at", "pk"))


def _open_objectives(user: User, objective: Objective | None) -> QuerySet[Objective]:
    rows = visible_objectives(user).filter(state__in=OPEN).exclude(cycle__state=CycleState.CLOSED)
    if objective is not None:
        rows = rows.exclude(pk=objective.pk)
    return rows.order_by("title", "pk")
