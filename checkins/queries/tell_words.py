"""Mentions and thanks, told to whoever they are for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from checkins.permissions import visible_comments, visible_thanks
from checkins.queries.telling import WHAT_CAME_BACK, address, day_words, for_reader, quoted, shortened
from common.days import day_in
from notices.models import Notice
from notices.rendering import Line, Section
from people.models import User

MENTIONED_ORDER, THANKED_ORDER = 8, 20


@for_reader
def tell_mentioned(notices: Sequence[Notice], user: User, at: datetime) -> Section | None:
    """Comments that name this person."""
    comments = {
        comment.pk: comment
        for comment in visible_comments(user)
        .filter(pk__in=[n.subject_id for n in notices], mentions=user)
        .select_related("author", "objective")
    }
    lines = []
    for notice in notices:
        comment = comments.get(notice.subject_id) if notice.subject_id else None
        if comment is None:
            continue
        who = comment.author.name if comment.author else "Somebody"
        lines.append(
            Line(
                title=f"{who} mentions you",
                words=quoted(comment.text),
                facts=f"{who}, on {shortened(comment.objective.title, 120)}",
                href=address("objective", comment.objective_id),
                notice_id=notice.pk,
            )
        )
    if not lines:
        return None
    return Section(
        title="You are mentioned",
        lines=tuple(lines),
        order=MENTIONED_ORDER,
        headline=lines[0].title if len(lines) == 1 else "People mention you",
        button="Read it",
        button_href=lines[0].href,
    )


@for_reader
def tell_thanked(notices: Sequence[Notice], user: User, at: datetime) -> Section | None:
    """What people thank this person for."""
    thanks = {
        row.pk: row
        for row in visible_thanks(user)
        .filter(pk__in=[n.subject_id for n in notices], receivers=user)
        .select_related("author", "objective", "organisation")
    }
    lines = []
    for notice in notices:
        row = thanks.get(notice.subject_id) if notice.subject_id else None
        if row is None:
            continue
        who = row.author.name if row.author else "Somebody"
        on = day_words(day_in(row.organisation.time_zone, row.created_at))
        lines.append(
            Line(
                title=f"{who} thanks you",
                words=quoted(row.text),
                facts=f"{who}, on {on}, about {shortened(row.objective.title, 120)}",
                href=address("objective", row.objective_id),
                notice_id=notice.pk,
            )
        )
    if not lines:
        return None
    return Section(
        title=WHAT_CAME_BACK,
        lines=tuple(lines),
        order=THANKED_ORDER,
        headline=lines[0].title if len(lines) == 1 else "People thank you",
        button="Read it",
        button_href=lines[0].href,
    )
