"""How the end of a weekly review is told: what the team decided and what comes next, as far as the reader may see."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from checkins.models import Review
from checkins.permissions import visible_reviews
from checkins.queries.minutes import Minutes, Row, read_minutes
from common.days import day_in
from notices.models import Notice
from notices.rendering import Line, Section
from people.models import User

ORDER = 60
MOST_LINES = 8
"""Decisions and next steps of one review that are told; the minutes have them all."""


def review_section(notices: Sequence[Notice], user: User, at: datetime) -> Section | None:
    """Minutes of the reviews that these notices name, the latest first; two statements."""
    ids = {notice.subject_id: notice for notice in notices if notice.subject_id is not None}
    ended = visible_reviews(user).filter(pk__in=list(ids), ended_at__isnull=False)
    reviews = list(ended.select_related("team", "organisation").order_by("-started_at", "-pk"))
    if not reviews:
        return None
    minutes = read_minutes(user, reviews)
    lines = [line for row in reviews for line in _lines(row, minutes[row.pk], ids[row.pk])]
    only = reviews[0] if len(reviews) == 1 else None
    return Section(
        title="Weekly reviews",
        lines=tuple(lines),
        order=ORDER,
        headline=f"{only.team.name} held its weekly review" if only else "",
        button="Read the minutes" if only else "",
        button_href=_href(only) if only else "",
    )


def _lines(review: Review, minutes: Minutes, notice: Notice) -> Iterable[Line]:
    name, href = review.team.name, _href(review)
    on = day_in(review.organisation.time_zone, review.started_at)
    counts = [
        _some(len(minutes.decisions), "decision"),
        _some(len(minutes.next_steps), "next step"),
        _some(len(minutes.wins), "win"),
    ]
    facts = ", ".join(count for count in counts if count)
    words = f"{name} held its weekly review on {on:%A} {on.day} {on:%b}."
    yield Line(title=name, words=words, facts=facts, href=href, notice_id=notice.pk)
    told = [_decision(row) for row in minutes.decisions] + [_step(row) for row in minutes.next_steps]
    for title, said, about in told[:MOST_LINES]:
        yield Line(title=title, words=said, facts=about, href=href)


def _decision(row: Row) -> tuple[str, str, str]:
    because = f" Because {row['because']}" if row["because"] else ""
    return row["text"], f"{row['text']}{because}", row["about"]


def _step(row: Row) -> tuple[str, str, str]:
    owner = row["owner"] or "Somebody"
    until = f", until {_day(row['due_on'])}" if row["due_on"] else ""
    return owner, f"{owner}: {row['text']}{until}", row["about"]


def _day(text: str) -> str:
    day = date.fromisoformat(text)
    return f"{day:%a} {day.day} {day:%b}"


def _href(review: Review) -> str:
    return f"/teams/{review.team_id}/reviews/{review.pk}/"


def _some(count: int, one: str) -> str:
    return f"{count} {one}{'' if count == 1 else 's'}" if count else ""
