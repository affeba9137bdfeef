"""Comments and thanks as the REST interface shows them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from checkins.models import Comment, Thanks, ThanksReceiver
from checkins.permissions import visible_comments, visible_thanks
from checkins.queries.comments import with_versions
from checkins.queries.reactions import LABELS, Reactions, reactions_on
from common.markdown import plain_words
from common.pagination import Page, PageRequest, slice_page
from common.plain import plain_moment
from objectives.queries.plain_rows import named
from people.models import User

LATEST_FIRST = ("-created_at", "-id")
PLACES = ("objective", "key_result", "check_in", "ask")


def list_comments(user: User, page: PageRequest, **wanted: Any) -> Page[dict[str, Any]]:
    """Comments that the caller may see, the newest first. Three statements."""
    return _listed(_comments(user).filter(_only(wanted)), page, user, comment_row)


def read_comment(user: User, comment_id: UUID) -> dict[str, Any] | None:
    """One comment; None when the caller may not know of it."""
    row = _comments(user).filter(pk=comment_id).first()
    return None if row is None else comment_row(row, reactions_on(user, [comment_id]))


def list_thanks(
    user: User, page: PageRequest, *, mine: str | None = None, **wanted: Any
) -> Page[dict[str, Any]]:
    """Thanks that the caller may see, the newest first. Three statements."""
    rows = _thanks(user).filter(_only(wanted))
    if mine == "given":
        rows = rows.filter(author=user)
    elif mine == "received":
        rows = rows.filter(pk__in=ThanksReceiver.objects.filter(user=user).values("thanks_id"))
    return _listed(rows, page, user, thanks_row)


def read_thanks(user: User, thanks_id: UUID) -> dict[str, Any] | None:
    """One row of thanks; None when the caller may not know of it."""
    row = _thanks(user).filter(pk=thanks_id).first()
    return None if row is None else thanks_row(row, reactions_on(user, [thanks_id]))


def _comments(user: User) -> QuerySet[Comment]:
    people = User.objects.order_by("name", "pk").only("id", "name")
    return with_versions(visible_comments(user)).prefetch_related(Prefetch("mentions", people))


def _thanks(user: User) -> QuerySet[Thanks]:
    received = ThanksReceiver.objects.select_related("user").order_by("user__name", "pk")
    return (
        visible_thanks(user)
        .select_related("author", "objective")
        .prefetch_related(Prefetch("receiver_rows", received))
    )


def _only(wanted: dict[str, Any]) -> Q:
    since: datetime | None = wanted.get("updated_since")
    only = Q(**{f"{name}_id": wanted[name] for name in PLACES if wanted.get(name) is not None})
    return only & Q(updated_at__gte=since) if since is not None else only


def _listed(
    rows: QuerySet[Any], page: PageRequest, user: User, shape: Callable[[Any, Reactions], dict[str, Any]]
) -> Page[dict[str, Any]]:
    found = slice_page(rows, page, LATEST_FIRST)
    kept: Sequence[Any] = found.rows
    reactions = reactions_on(user, [row.pk for row in kept])
    return found.holding([shape(row, reactions) for row in kept])


def comment_row(row: Comment, reactions: Reactions) -> dict[str, Any]:
    """A comment read through `_comments`. `text` is Markdown, `words` the same with mentions by name."""
    return {
        "id": row.pk,
        "objective_id": row.objective_id,
        "key_result_id": row.key_result_id,
        "check_in_id": row.check_in_id,
        "ask_id": row.ask_id,
        "author": named(row.author_id, row.author.name if row.author else None),
        "text": row.text,
        "words": plain_words(row.text),
        "mentions": [{"id": one.pk, "name": one.name} for one in row.mentions.all()],
        "version_count": getattr(row, "version_count", 0),
        "reactions": _reactions(row.pk, reactions),
        "created_at": plain_moment(row.created_at),
        "edited_at": plain_moment(row.edited_at),
        "updated_at": plain_moment(row.updated_at),
    }


def thanks_row(row: Thanks, reactions: Reactions) -> dict[str, Any]:
    """Thanks read through `_thanks`. `is_private`: the author or a receiver wants it so."""
    received = list(row.receiver_rows.all())
    return {
        "id": row.pk,
        "objective": {"id": row.objective_id, "title": row.objective.title},
        "key_result_id": row.key_result_id,
        "check_in_id": row.check_in_id,
        "ask_id": row.ask_id,
        "author": named(row.author_id, row.author.name if row.author else None),
        "receivers": [{"id": one.user_id, "name": one.user.name} for one in received],
        "text": row.text,
        "is_private": row.is_private or any(one.is_private for one in received),
        "reactions": _reactions(row.pk, reactions),
        "created_at": plain_moment(row.created_at),
        "edited_at": plain_moment(row.edited_at),
        "updated_at": plain_moment(row.updated_at),
    }


def _reactions(subject_id: UUID, reactions: Reactions) -> dict[str, Any]:
    """How often each word was left, and which of them by the caller."""
    words = reactions.get(subject_id, ())
    counts = {word.value: 0 for word in LABELS} | {one.word: one.count for one in words}
    return {**counts, "mine": [one.word for one in words if one.is_mine]}
