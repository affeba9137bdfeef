"""What happened around a person lately, in a few lines: the right column of My week."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from dashboards.queries.feed_entries import entry_of, read_words
from dashboards.queries.feed_lines import feed_lines
from dashboards.queries.feed_rows import FeedEntry, FeedKind
from dashboards.queries.feed_scope import Scope, feed_scopes
from people.models import User

MOST_AROUND = 4
TOLD = (FeedKind.DEPENDENCIES, FeedKind.PRIORITIES)
"""What can change a week's plan; check-ins and thanks have places of their own."""


def around_you(
    user: User, cycle_ids: Collection[UUID], *, since: datetime, today: date
) -> tuple[FeedEntry, ...]:
    """What the person's objectives depend on or serve, changed by others since then, latest first.

    At most eight statements, however much there is.
    """
    zone = ZoneInfo(user.organisation.time_zone)
    scope = feed_scopes(user, cycle_ids)[Scope.AROUND]
    lines = [
        line
        for kind in TOLD
        for line in feed_lines(user, scope, kind, since=since, before=None, most=MOST_AROUND * 3)[0]
        if line.who_id != user.pk
    ]
    lines.sort(key=lambda line: line.at, reverse=True)
    words = read_words(user, lines, today=today)
    told = [entry_of(user, [line], words, scope, zone=zone, seen_at=since) for line in lines]
    return tuple(entry for entry in told if entry is not None)[:MOST_AROUND]
