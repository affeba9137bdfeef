"""When things happen in the demo: every day and moment is counted from the day it is made on."""

from __future__ import annotations

import hashlib
import random
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from dashboards.demo.organisation import TIME_ZONE

CYCLE_DAYS = 91
DAY_OF_CYCLE = 53
"""Today is day 53 of 91, in the eighth of thirteen weeks: every quarter of the demo is cut to make that true."""


@dataclass(frozen=True, slots=True)
class CycleDates:
    """One cycle of the demo and the last day of it that anybody has spoken of."""

    key: str
    name: str
    starts_on: date
    ends_on: date
    heard_until: date

    def day(self, number: int) -> date:
        """Day 1 is the first."""
        return self.starts_on + timedelta(days=number - 1)


@dataclass(frozen=True, slots=True)
class Calendar:
    """Today, and the cycles around it by their key: before, last, now, next, year."""

    today: date
    cycles: dict[str, CycleDates]

    def days_ago(self, count: int) -> date:
        return self.today - timedelta(days=count)


def calendar_of(today: date) -> Calendar:
    """The demo's cycles around `today`: two quarters behind, one running, one ahead, and a year that ends with now."""
    first = today - timedelta(days=DAY_OF_CYCLE - 1)
    middle = first + timedelta(days=CYCLE_DAYS // 2)
    quarter = middle.year * 4 + (middle.month - 1) // 3
    cycles = {}
    for key, step in (("before", -2), ("last", -1), ("now", 0), ("next", 1)):
        starts_on = first + timedelta(days=step * CYCLE_DAYS)
        ends_on = starts_on + timedelta(days=CYCLE_DAYS - 1)
        year, place = divmod(quarter + step, 4)
        cycles[key] = CycleDates(key, f"Q{place + 1} {year}", starts_on, ends_on, min(ends_on, today))
    year_starts_on = first - timedelta(days=3 * CYCLE_DAYS)
    name = f"Year {quarter // 4}" if quarter % 4 == 3 else f"Year to {cycles['now'].name}"
    cycles["year"] = CycleDates("year", name, year_starts_on, cycles["now"].ends_on, today)
    return Calendar(today, cycles)


def moment(on: date, hour: int, minute: int = 0) -> datetime:
    """A moment of that day on the wall clock of the demo organisation, in UTC."""
    return datetime.combine(on, time(hour, minute), ZoneInfo(TIME_ZONE)).astimezone(UTC)


def id_of(at: datetime, *name: str) -> UUID:
    """A version 7 UUID made from a moment and a name, so that the same day gives the same ids."""
    digest = hashlib.sha256("|".join(name).encode()).digest()
    milliseconds = int(at.timestamp() * 1000)
    number = (milliseconds << 80) | int.from_bytes(digest[:10], "big")
    number = (number & ~(0xF << 76)) | (0x7 << 76)
    number = (number & ~(0x3 << 62)) | (0x2 << 62)
    return UUID(int=number)


def dice_of(name: str) -> random.Random:
    """Dice that fall the same way for the same name."""
    return random.Random(name)  # noqa: S311 - variety, not secrecy
