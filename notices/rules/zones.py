"""Local hours as moments: an hour that the clock skips moves forward, one that it repeats is the first."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo


def moment_of(day: date, hour: int, zone: str) -> datetime:
    """The moment of a full local hour, in UTC.

    In a gap Python reads the wall clock with the offset before it, which lies after the gap by as much as the hour
    lay inside it: 02:00 of a skipped hour becomes 03:00. In a fold `fold=0` is the first of the two.
    """
    return datetime.combine(day, time(hour), ZoneInfo(zone)).astimezone(UTC)


def local_day(at: datetime, zone: str) -> date:
    """The calendar day of a moment in a zone."""
    return at.astimezone(_zone(zone)).date()


def local_hour(at: datetime, zone: str) -> int:
    """The hour that the wall clock shows."""
    return at.astimezone(_zone(zone)).hour


def next_full_hour(at: datetime, hour: int, zone: str) -> datetime:
    """The next moment, not before `at`, at which the wall clock shows this full hour."""
    day = local_day(at, zone)
    today = moment_of(day, hour, zone)
    return today if today >= at else moment_of(day + timedelta(days=1), hour, zone)


@lru_cache(maxsize=1_000)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)
