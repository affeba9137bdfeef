"""Days away: planned, changed and taken back by the person themselves."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from common.days import day_in
from common.errors import InvalidInput, NotAllowed
from people.events import announce
from people.models import Absence, User

LONGEST_DAYS = 366


@transaction.atomic
def plan_absence(
    *, by: User, at: datetime, starts_on: date, ends_on: date, stand_in: User | None = None
) -> Absence:
    """Days on which `by` is away, both ends included. InvalidInput for days that are taken, over or turned round."""
    person = _lock(by)
    _check(person, at, starts_on, ends_on, stand_in, besides=None)
    absence = Absence.objects.create(
        user=person, starts_on=starts_on, ends_on=ends_on, stand_in=stand_in, created_at=at
    )
    _tell("person.absence_planned", absence, by, at)
    return absence


@transaction.atomic
def change_absence(
    *, absence: Absence, by: User, at: datetime, starts_on: date, ends_on: date, stand_in: User | None = None
) -> Absence:
    """The absence with other days or another stand-in; the same refusals as for a new one."""
    person = _lock(by)
    absence = _own(absence, person)
    _check(person, at, starts_on, ends_on, stand_in, besides=absence)
    absence.starts_on, absence.ends_on, absence.stand_in = starts_on, ends_on, stand_in
    absence.save(update_fields=["starts_on", "ends_on", "stand_in"])
    _tell("person.absence_changed", absence, by, at)
    return absence


@transaction.atomic
def drop_absence(*, absence: Absence, by: User, at: datetime) -> None:
    """The person is here after all."""
    absence = _own(absence, _lock(by))
    _tell("person.absence_dropped", absence, by, at)
    absence.delete()


def _lock(by: User) -> User:
    """The person's row is held, so that two tabs cannot plan overlapping days."""
    return User.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=by.pk)


def _own(absence: Absence, person: User) -> Absence:
    if absence.user_id != person.pk:
        raise NotAllowed("Only the person themselves changes their days away.")
    return Absence.objects.select_for_update().get(pk=absence.pk)


def _check(
    person: User,
    at: datetime,
    starts_on: date,
    ends_on: date,
    stand_in: User | None,
    *,
    besides: Absence | None,
) -> None:
    if ends_on < starts_on:
        raise InvalidInput.of("ends_on", "before_start", "The last day is before the first one.")
    if ends_on < day_in(person.time_zone or person.organisation.time_zone, at):
        raise InvalidInput.of("ends_on", "over", "These days are over. Plan from today on.")
    if (ends_on - starts_on).days >= LONGEST_DAYS:
        raise InvalidInput.of("ends_on", "too_long", "At most a year at a time.")
    overlapping = Absence.objects.filter(user=person, starts_on__lte=ends_on, ends_on__gte=starts_on)
    if besides is not None:
        overlapping = overlapping.exclude(pk=besides.pk)
    taken = overlapping.first()
    if taken is not None:
        days = f"{_day(taken.starts_on)} to {_day(taken.ends_on)}"
        message = f"You are away from {days} already. Change those days instead."
        raise InvalidInput.of("starts_on", "overlaps", message)
    _check_stand_in(person, stand_in)


def _check_stand_in(person: User, stand_in: User | None) -> None:
    if stand_in is None:
        return
    if stand_in.organisation_id != person.organisation_id or stand_in.merged_into_id is not None:
        raise InvalidInput.of("stand_in", "unknown", "This person is not known here.")
    if stand_in.pk == person.pk:
        raise InvalidInput.of("stand_in", "yourself", "Name somebody who is here while you are away.")
    if not stand_in.is_active or stand_in.is_placeholder:
        raise InvalidInput.of("stand_in", "cannot_answer", f"{stand_in.name} does not sign in here.")
    if stand_in.is_viewer:
        raise InvalidInput.of("stand_in", "cannot_answer", f"{stand_in.name} only reads here.")


def _tell(verb: str, absence: Absence, by: User, at: datetime) -> None:
    announce(
        verb=verb,
        subject=absence.user,
        by=by,
        at=at,
        starts_on=absence.starts_on,
        ends_on=absence.ends_on,
        stand_in=absence.stand_in,
    )


def _day(day: date) -> str:
    return f"{day:%a} {day.day} {day:%b}"
