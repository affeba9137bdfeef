"""Whom one may want to thank: people near an objective, and names as they are typed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import F, Q

from checkins.queries.mentions import WhyUnheard, read_mentions
from checkins.queries.thanks import PersonName
from checkins.services.give_thanks import MOST_RECEIVERS
from dashboards.queries.askable import find_people
from dashboards.queries.check_in_rows import CheckInRow
from objectives.models import KeyResult, Objective
from objectives.permissions import people_who_see
from people.models import Membership, User

MOST_NEAR = 6


@dataclass(frozen=True, slots=True)
class ReadNames:
    """The people that ticks and typed names mean, and what is wrong with the others in sentences."""

    people: tuple[User, ...]
    problems: tuple[str, ...] = ()


def people_near(user: User, objective: Objective, *, ticked: Sequence[str] = ()) -> tuple[PersonName, ...]:
    """Owner, contributors and team of an objective, without the reader; whoever is ticked comes too. Two statements."""
    near = near_objectives(user, [objective])[objective.pk]
    wanted = [key for key in map(_uuid, ticked[:MOST_RECEIVERS]) if key is not None]
    missing = set(wanted) - {one.id for one in near}
    others = people_who_see(objective).filter(pk__in=missing, is_active=True).exclude(pk=user.pk)
    return (*(PersonName(one.pk, one.name) for one in others), *near)


def near_objectives(
    user: User, objectives: Iterable[Objective], key_results: Iterable[KeyResult] = ()
) -> Mapping[UUID, tuple[PersonName, ...]]:
    """By objective, at most MOST_NEAR people: owners of its key results, owner, contributors, team. One statement.

    Objectives and key results come with their owners at hand.
    """
    rows = {row.pk: row for row in objectives}
    found: dict[UUID, dict[UUID, str]] = {key: {} for key in rows}
    for key_result in key_results:
        if key_result.owner is not None and key_result.owner.is_active and key_result.objective_id in found:
            found[key_result.objective_id][key_result.owner.pk] = key_result.owner.name
    for row in rows.values():
        if row.owner is not None and row.owner.is_active:
            found[row.pk][row.owner.pk] = row.owner.name
    works = Objective.contributors.through.objects.filter(objective_id__in=list(rows), user__is_active=True)
    contributors = works.order_by().values_list(F("objective_id"), F("user_id"), F("user__name"))
    teams = {row.team_id for row in rows.values() if row.team_id is not None}
    members = Membership.objects.filter(team_id__in=teams, user__is_active=True).order_by()
    people: dict[UUID, list[tuple[UUID, str]]] = {}
    for key, person_id, name in contributors.union(
        members.values_list(F("team_id"), F("user_id"), F("user__name")), all=True
    ):
        people.setdefault(key, []).append((person_id, name))
    for row in rows.values():
        for key in filter(None, (row.pk, row.team_id)):
            for person_id, name in sorted(people.get(key, ()), key=lambda one: one[1]):
                found[row.pk].setdefault(person_id, name)
    return {
        key: tuple(PersonName(pk, name) for pk, name in near.items() if pk != user.pk)[:MOST_NEAR]
        for key, near in found.items()
    }


def near_rows(user: User, rows: Sequence[CheckInRow]) -> Mapping[UUID, tuple[PersonName, ...]]:
    """People near the objectives of check-in rows. One statement, none without rows."""
    key_results = [row.grounds.key_result for row in rows if not row.is_skipped]
    objectives = {one.objective_id: one.objective for one in key_results}
    return near_objectives(user, objectives.values(), key_results) if objectives else {}


def read_names(user: User, objective: Objective, ticked: Sequence[str], typed: str) -> ReadNames:
    """People who may read the objective, by their ids and by names that are typed with commas between them."""
    wanted = [key for key in map(_uuid, ticked[: MOST_RECEIVERS + 1]) if key is not None]
    seeing = people_who_see(objective).filter(Q(pk__in=wanted), is_active=True) if wanted else ()
    people = {person.pk: person for person in seeing}
    problems = []
    if len(people) < len(set(wanted)):
        problems.append("somebody you ticked cannot read this objective")
    names = [part.strip().lstrip("@") for part in typed.split(",")]
    names = list(filter(None, names))[: MOST_RECEIVERS + 1]
    exact = find_people(user, names)
    named = [found.person.pk for found in exact.values() if found.person is not None]
    seen = people_who_see(objective).filter(pk__in=named, is_active=True) if named else ()
    known = {person.pk: person for person in seen}
    for name in names:
        person = exact[name].person if name in exact else None
        if person is not None and person.pk in known:
            people[person.pk] = known[person.pk]
            continue
        meant = read_mentions(f"@{name}", objective)
        people |= {one.pk: one for one in meant.people}
        if not meant.people:
            problems.append(_why(name, meant.unheard[0].why if meant.unheard else None))
    return ReadNames(tuple(people.values()), tuple(problems))


def _why(name: str, why: WhyUnheard | None) -> str:
    if why == WhyUnheard.SEVERAL:
        return f"several people are called {name}; write the whole name"
    if why == WhyUnheard.CANNOT_SEE:
        return f"{name} cannot read this objective"
    return f"nobody is called {name}"


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
