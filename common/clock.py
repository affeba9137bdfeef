"""The only reader of the clock. Views, tasks and commands call it; services and rules are told the time."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone


def now() -> datetime:
    """This moment, aware, in UTC."""
    return timezone.now()


def day_in(zone: str, at: datetime) -> date:
    """The calendar day of a moment in a time zone (an IANA name)."""
    return at.astimezone(ZoneInfo(zone)).date()
