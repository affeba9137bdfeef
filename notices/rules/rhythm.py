"""A rhythm: the weekday, the local hour and the number of weeks in which check-ins are asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

DAYS_IN_WEEK = 7
EPOCH_MONDAY = date(2024, 1, 1)
"""Rhythms of two and four weeks are counted from this Monday."""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """`weekday` 0 is Monday; `hour` is local; `weeks` is 1, 2 or 4."""

    weekday: int
    hour: int
    weeks: int


@dataclass(frozen=True, slots=True)
class OwnRhythm:
    """What a team or a person has set; None leaves it to the level above. A lock keeps it for everybody below."""

    weekday: int | None = None
    hour: int | None = None
    weeks: int | None = None
    is_locked: bool = False

    @property
    def is_set(self) -> bool:
        """Whether this level has a say at all."""
        return self.is_locked or (self.weekday, self.hour, self.weeks) != (None, None, None)


def effective_rhythm(
    organisation: Rhythm, *, is_locked: bool, teams: Sequence[OwnRhythm] = (), person: OwnRhythm
) -> Rhythm:
    """The rhythm that holds for a person: the organisation's, changed by the team, changed by the person.

    `teams` are the person's teams by name: the first one that has a rhythm of its own counts, the others do not. A
    locked organisation leaves nothing to teams and people, a locked team nothing to its members.
    """
    if is_locked:
        return organisation
    team = next((row for row in teams if row.is_set), OwnRhythm())
    found = _changed(organisation, team)
    return found if team.is_locked else _changed(found, person)


def _changed(rhythm: Rhythm, own: OwnRhythm) -> Rhythm:
    return Rhythm(
        weekday=rhythm.weekday if own.weekday is None else own.weekday,
        hour=rhythm.hour if own.hour is None else own.hour,
        weeks=rhythm.weeks if own.weeks is None else own.weeks,
    )


@dataclass(frozen=True, slots=True)
class Period:
    """One turn of the rhythm: from an asking day up to the next one.

    `key` is the Monday of the calendar week (of the first of two or four) that the asking day lies in. Days are
    counted off the calendar, not off the moment, so that another zone, hour or weekday, or a clock that jumps, still
    finds the period that was told already.
    """

    key: str
    asked_on: date
    ends_on: date


def period_of(day: date, rhythm: Rhythm) -> Period:
    """The period that a local day lies in: its asking day is the latest one on or before that day."""
    first = EPOCH_MONDAY + timedelta(days=rhythm.weekday)
    length = DAYS_IN_WEEK * rhythm.weeks
    asked_on = day - timedelta(days=(day - first).days % length)
    monday = asked_on - timedelta(days=rhythm.weekday)
    return Period(key=monday.isoformat(), asked_on=asked_on, ends_on=asked_on + timedelta(days=length))
