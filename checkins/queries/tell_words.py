"""Mentions and thanks, told to whoever they are for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Exists, OuterRef

from checkins.models import Comment
from checkins.permissions import visible_comments, visible_thanks
from checkins.queries.telling import WHAT_CAME_BACK, address, day_words, for_reader, quoted, shortened
from common.days import day_in
from common.markdown import plain_words
from notices.models import Notice
from notices.rendering import Line, Section
from people.models import User

MENTIONED_ORDER, THANKED_ORDER = 8, 20


@for_reader
def tell_mentioned(notices: Sequence[Notice], user: User, at: datetime) -> Section | None:
    """Comments that name this person, or are about their check-in or an ask that they made or got."""
    named = Comment.mentions.through.objects.filter(comment=OuterRef("pk"), user=user)
    comments = {
        comment.pk: comment
        for comment in visible_comments(user)
        .filter(pk__in=[n.subject_id for n in notices])
        .select_related("author", "objective", "check_in", "ask")
        .annotate(names_reader=Exists(named))
    }
    lines = []
    for notice in notices:
        comment = comments.get(notice.subject_id) if notice.subject_id else None
        if comment is None:
            continue
        who = comment.author.name if comment.author else "Somebody"
        lines.append(
            Line(
                title=f"{who} {_what_it_does(comment, user)}",
                words=quoted(plain_words(comment.text)),
                facts=f"{who}, on {shortened(comment.objective.title, 120)}",
                href=_place(comment),
                notice_id=notice.pk,
            )
        )
    if not lines:
        return None
    return Section(
        title="Said to you",
        lines=tuple(lines),
        order=MENTIONED_ORDER,
        headline=lines[0].title if len(lines) == 1 else "People write to you",
        button="Read it",
        button_href=lines[0].href,
    )


def _what_it_does(comment: Comment, user: User) -> str:
    if getattr(comment, "names_reader", False):
        return "mentions you"
    if comment.check_in is not None and comment.check_in.author_id == user.pk:
        return "answers your check-in"
    is_theirs = comment.ask is not None and comment.ask.asked_by_id == user.pk
    return "writes about your ask" if is_theirs else "writes about what you are asked"


def _place(comment: Comment) -> str:
    """The page where it is read, at its place."""
    if comment.check_in_id is not None:
        return f"{address('check_in_detail', comment.check_in_id)}#c-{comment.pk}"
    return f"{address('objective', comment.objective_id)}#c-{comment.pk}"


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
                words=quoted(plain_words(row.text)),
                facts=f"{who}, on {on}, about {shortened(row.objective.title, 120)}",
                href=address("thanks", row.pk),
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
