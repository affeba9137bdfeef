"""Comments as pages and the REST interface show them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from checkins.models import Comment, CommentVersion
from checkins.permissions import visible_comments
from people.models import User

SHOWN = 30
"""So many of the latest are shown; the others come with “Show earlier”."""


@dataclass(frozen=True, slots=True)
class CommentRow:
    """One comment. `text` is Markdown; `who` is "" when its writer is gone. See `can_delete_words` for `may_delete`."""

    id: UUID
    author_id: UUID | None
    who: str
    text: str
    at: datetime
    version_count: int
    is_own: bool
    may_delete: bool


@dataclass(frozen=True, slots=True)
class Thread:
    """The latest comments on one thing, oldest first. `has_earlier`: there are more."""

    rows: tuple[CommentRow, ...] = ()
    has_earlier: bool = False


@dataclass(frozen=True, slots=True)
class VersionRow:
    """What a comment said until a moment."""

    text: str
    until: datetime
    who: str


def with_versions(rows: QuerySet[Comment]) -> QuerySet[Comment]:
    """With their writers and how often they were edited."""
    versions = CommentVersion.objects.filter(comment=OuterRef("pk")).order_by().values("comment")
    counted = Subquery(versions.annotate(count=Count("pk")).values("count"))
    return rows.select_related("author").annotate(version_count=Coalesce(counted, 0))


def comment_row(user: User, row: Comment) -> CommentRow:
    """A comment read through `with_versions`, ready to print."""
    is_own = row.author_id == user.pk and not user.is_viewer
    return CommentRow(
        id=row.pk,
        author_id=row.author_id,
        who=row.author.name if row.author else "",
        text=row.text,
        at=row.created_at,
        version_count=getattr(row, "version_count", 0),
        is_own=is_own,
        may_delete=is_own or user.is_administrator,
    )


def thread_of(user: User, rows: QuerySet[Comment], *, shows_all: bool = False) -> Thread:
    """The latest SHOWN of these comments, or all of them. One statement."""
    latest = with_versions(rows).order_by("-created_at", "-pk")
    found = list(latest if shows_all else latest[: SHOWN + 1])
    return as_thread([comment_row(user, row) for row in found], shows_all=shows_all)


def as_thread(latest_first: Iterable[CommentRow], *, shows_all: bool = False) -> Thread:
    """A thread of comments that come latest first."""
    rows = list(latest_first)
    kept = rows if shows_all else rows[:SHOWN]
    return Thread(tuple(reversed(kept)), has_earlier=len(rows) > len(kept))


def comments_on(user: User, **place: Any) -> QuerySet[Comment]:
    """Comments that the person may read on a place such as `check_in=row`."""
    return visible_comments(user).filter(**place)


def earlier_wordings(comment: Comment) -> tuple[VersionRow, ...]:
    """Latest first."""
    rows = CommentVersion.objects.filter(comment=comment).select_related("replaced_by")
    return tuple(
        VersionRow(row.text, row.replaced_at, row.replaced_by.name if row.replaced_by else "")
        for row in rows.order_by("-replaced_at", "-pk")
    )
