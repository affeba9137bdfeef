"""People's times: the rhythm that holds for each, working days, quiet hours, absences, pauses."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from notices.rules.rhythm import OwnRhythm, Rhythm, effective_rhythm
from notices.rules.schedule import Schedule
from notices.rules.working_days import Away, weekdays_of
from people.models import Absence, Membership, Organisation, Team, User

FIELDS = (
    *("pk", "time_zone", "working_days", "check_in_weekday", "check_in_hour"),
    *("quiet_from_hour", "quiet_until_hour", "notices_paused_until"),
)
FEW = 1_000
"""Up to so many people are asked for by id; of more, the whole organisation is read."""
OWN_RHYTHM = ("check_in_weekday", "check_in_hour", "rhythm_weeks", "rhythm_is_locked")


@dataclass(frozen=True, slots=True)
class PersonTimes:
    """When one person can be told something."""

    person_id: UUID
    schedule: Schedule
    absences: tuple[Away, ...]
    paused_until: datetime | None


def times_of(user: User, *, since: date | None = None) -> PersonTimes:
    """The times of one person; four short statements at most. Absences that ended before `since` are left out."""
    return times_of_people(user.organisation, User.objects.filter(pk=user.pk), ids=[user.pk], since=since)[
        user.pk
    ]


def times_of_people(
    organisation: Organisation,
    people: QuerySet[User],
    *,
    ids: Collection[UUID],
    since: date | None = None,
) -> dict[UUID, PersonTimes]:
    """The times of those of `people` whose id is among `ids`: four statements however many they are.

    People with the same times share one Schedule.
    """
    few = list(ids) if len(ids) <= FEW else None
    rows = people if few is None else people.filter(pk__in=few)
    teams = _team_rhythms(organisation, few)
    absences = _absences(organisation, few, since)
    known: dict[tuple[Any, ...], Schedule] = {}
    found = {}
    for pk, *times, paused_until in rows.order_by().values_list(*FIELDS):
        if pk not in ids:
            continue
        shape = (*times, teams.get(pk, ()))
        schedule = known.get(shape)
        if schedule is None:
            schedule = known[shape] = _schedule(organisation, *shape)
        found[pk] = PersonTimes(pk, schedule, absences.get(pk, ()), paused_until)
    return found


def _schedule(
    organisation: Organisation,
    zone: str,
    working_days: str,
    weekday: int | None,
    hour: int | None,
    quiet_from: int,
    quiet_until: int,
    teams: tuple[OwnRhythm, ...],
) -> Schedule:
    rhythm = effective_rhythm(
        Rhythm(organisation.check_in_weekday, organisation.check_in_hour, organisation.rhythm_weeks),
        is_locked=organisation.rhythm_is_locked,
        teams=teams,
        person=OwnRhythm(weekday, hour),
    )
    return Schedule(
        zone or organisation.time_zone, rhythm, weekdays_of(working_days), quiet_from, quiet_until
    )


def _team_rhythms(organisation: Organisation, ids: list[UUID] | None) -> dict[UUID, tuple[OwnRhythm, ...]]:
    """Rhythms of each person's teams, by the team's name; teams that have none are left out."""
    if organisation.rhythm_is_locked:
        return {}
    is_own = Q(rhythm_is_locked=True)
    for name in OWN_RHYTHM[:3]:
        is_own |= Q(**{f"{name}__isnull": False})
    teams = {
        pk: OwnRhythm(*own)
        for pk, *own in Team.objects.filter(is_own, organisation=organisation, archived_at__isnull=True)
        .order_by("name", "pk")
        .values_list("pk", *OWN_RHYTHM)
    }
    if not teams:
        return {}
    place = {pk: number for number, pk in enumerate(teams)}
    members = Membership.objects.filter(team_id__in=list(teams))
    if ids is not None:
        members = members.filter(user_id__in=ids)
    found: dict[UUID, list[UUID]] = {}
    for user_id, team_id in members.values_list("user_id", "team_id"):
        found.setdefault(user_id, []).append(team_id)
    return {
        user_id: tuple(teams[pk] for pk in sorted(team_ids, key=place.__getitem__))
        for user_id, team_ids in found.items()
    }


def _absences(
    organisation: Organisation, ids: list[UUID] | None, since: date | None
) -> dict[UUID, tuple[Away, ...]]:
    rows = Absence.objects.filter(user__organisation=organisation)
    if ids is not None:
        rows = Absence.objects.filter(user_id__in=ids)
    if since is not None:
        rows = rows.filter(ends_on__gte=since)
    found: dict[UUID, list[Away]] = {}
    for user_id, starts_on, ends_on in rows.values_list("user_id", "starts_on", "ends_on"):
        found.setdefault(user_id, []).append(Away(starts_on, ends_on))
    return {user_id: tuple(away) for user_id, away in found.items()}
