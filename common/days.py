"""Calendar days of moments. Reads no clock, so that rules and services may use it."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo


def day_in(zone: str, at: datetime) -> date:
    """The calendar day of a moment in a time zone (an IANA name)."""
    return at.astimezone(ZoneInfo(zone)).date()
