"""When a check-in is asked for: the organisation's weekday and hour, in each person's own zone."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAYS_IN_WEEK = 7
EPOCH_MONDAY = date(2024, 1, 1)
"""Rhythms of two and four weeks are counted from this Monday."""


def period_of(day: date, *, weekday: int, weeks: int) -> date:
    """First day of the rhythm period that `day` lies in: the latest asking day on or before it.

    `weekday` 0 is Monday; `weeks` is 1, 2 or 4.
    """
    first = EPOCH_MONDAY + timedelta(days=weekday)
    length = DAYS_IN_WEEK * weeks
    return day - timedelta(days=(day - first).days % length)


def asked_at(period_on: date, *, hour: int, zone: str) -> datetime:
    """The moment of asking, aware. An hour that the clock skips is moved forward; one it repeats is the first."""
    local = datetime.combine(period_on, time(hour), ZoneInfo(zone))
    return local.astimezone(ZoneInfo("UTC")).astimezone(ZoneInfo(zone))
