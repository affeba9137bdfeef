"""The week's wins, on Fridays."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from checkins.queries.telling import address, for_reader, place_words, running_cycle, today_of
from checkins.queries.week_wins import week_wins, win_line
from common.number_words import count_words
from notices.models import Notice
from notices.rendering import Line, Section
from people.models import User

ORDER = 45
WEEK = timedelta(days=7)
MOST_SHOWN = 8


@for_reader
def tell_wins(notices: Sequence[Notice], user: User, at: datetime) -> Section | None:
    """What others and the person told in the last seven days; None in a week without any."""
    wins = week_wins(user, since=at - WEEK)
    if not wins:
        return None
    lines = [win_line(win) for win in wins[:MOST_SHOWN]]
    if len(wins) > MOST_SHOWN and address("feed"):
        lines.append(Line("More of them are in the feed."))
    today = today_of(user, at)
    return Section(
        title="What went well",
        lines=tuple(lines),
        order=ORDER,
        headline=f"{count_words(len(wins), 'good thing', 'good things')} this week",
        lede="What people told and thanked each other for.",
        button="Open the feed" if address("feed") else "Open Strategy",
        button_href=address("feed") or address("strategy"),
        place=place_words(running_cycle(user, today), today),
    )
