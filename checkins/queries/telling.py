"""What every notice needs to become words: the reader's dates and numbers, addresses, the cycle, short quotations."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import wraps
from zoneinfo import ZoneInfo

from django.urls import NoReverseMatch, reverse
from django.utils import formats, timezone, translation

from common.days import day_in
from common.markdown import plain_words
from notices.models import Notice
from notices.rendering import Render, Section
from objectives.models import Cycle
from objectives.rules.kinds import CycleState
from people.models import User

LONGEST_QUOTE = 280
WHAT_CAME_BACK = "What came back to you"
"""The heading under which answers and thanks stand together, whatever kind of notice brings them."""


def for_reader(render: Callable[[Sequence[Notice], User, datetime], Section | None]) -> Render:
    """Decorator of a renderer: times, dates and numbers are those of the person who reads."""

    @wraps(render)
    def told(notices: Sequence[Notice], user: User, at: datetime) -> Section | None:
        zone = ZoneInfo(user.time_zone or user.organisation.time_zone)
        with timezone.override(zone), translation.override(user.locale or user.organisation.locale):
            return render(notices, user, at)

    return told


def address(name: str, *args: object) -> str:
    """The path of a page, "" where there is none."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def quoted(text: str) -> str:
    """What somebody wrote, in quotation marks and on one line."""
    return f"“{shortened(text)}”"


def shortened(text: str, longest: int = LONGEST_QUOTE) -> str:
    """On one line, mentions by name, and cut where it would be too long for a message."""
    tidy = " ".join(plain_words(text).split())
    return tidy if len(tidy) <= longest else f"{tidy[: longest - 1].rstrip()}…"


def day_words(on: date) -> str:
    """ "10 Nov"."""
    return str(formats.date_format(on, "j M"))


def today_of(user: User, at: datetime) -> date:
    """The organisation's day."""
    return day_in(user.organisation.time_zone, at)


def running_cycle(user: User, today: date) -> Cycle | None:
    """The shortest open cycle around today."""
    around = Cycle.objects.filter(
        organisation_id=user.organisation_id,
        state__in=(CycleState.ACTIVE, CycleState.CLOSING),
        starts_on__lte=today,
        ends_on__gte=today,
    )
    dated = [
        (cycle.ends_on - cycle.starts_on, cycle) for cycle in around if cycle.starts_on and cycle.ends_on
    ]
    return min(dated, key=lambda pair: (pair[0], str(pair[1].pk)))[1] if dated else None


def place_words(cycle: Cycle | None, today: date) -> str:
    """ "Q4 2026, week 8 of 13"; "" between cycles."""
    if cycle is None or cycle.starts_on is None or cycle.ends_on is None:
        return ""
    weeks = -(-((cycle.ends_on - cycle.starts_on).days + 1) // 7)
    week = min((today - cycle.starts_on).days // 7 + 1, weeks)
    return f"{cycle.name}, week {week} of {weeks}"
