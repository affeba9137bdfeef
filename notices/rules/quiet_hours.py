"""Hours in which no message is sent."""

from __future__ import annotations

from datetime import datetime

from notices.rules.zones import local_hour, next_full_hour


def is_quiet_hour(hour: int, *, quiet_from: int, quiet_until: int) -> bool:
    """Whether an hour of the wall clock is quiet; the same hour twice means that none is.

    From 18 until 8 spans midnight; from 12 until 14 does not.
    """
    if quiet_from <= quiet_until:
        return quiet_from <= hour < quiet_until
    return hour >= quiet_from or hour < quiet_until


def after_quiet(at: datetime, *, zone: str, quiet_from: int, quiet_until: int) -> datetime:
    """`at` itself, or the end of the quiet hours that it lies in."""
    if is_quiet_hour(local_hour(at, zone), quiet_from=quiet_from, quiet_until=quiet_until):
        return next_full_hour(at, quiet_until, zone)
    return at


def audible_hour(hour: int, *, quiet_from: int, quiet_until: int) -> int:
    """The hour of a day's message: the wanted one, or the end of the quiet hours when it lies in them.

    On the same day either way, so that a message never slips to a day it was not meant for.
    """
    is_quiet = is_quiet_hour(hour, quiet_from=quiet_from, quiet_until=quiet_until)
    return quiet_until if is_quiet else hour
