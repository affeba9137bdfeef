"""Remembering when somebody was last here."""

from __future__ import annotations

from datetime import datetime, timedelta

from people.models import User

PRECISION = timedelta(hours=1)


def note_visit(*, by: User, at: datetime) -> None:
    """Store the visit, at most once an hour so that reading pages stays free of writes."""
    if by.last_seen_at is None or at - by.last_seen_at >= PRECISION:
        User.objects.filter(pk=by.pk).update(last_seen_at=at)
        by.last_seen_at = at


def note_feed_seen(*, user: User, at: datetime) -> None:
    """The person has seen the feed up to this moment; an earlier one changes nothing."""
    unseen = User.objects.filter(pk=user.pk).exclude(feed_seen_at__gte=at)
    if unseen.update(feed_seen_at=at):
        user.feed_seen_at = at
