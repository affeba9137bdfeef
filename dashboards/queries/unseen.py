"""How many notices wait in a person's inbox."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet

from notices.models import Notice
from notices.queries.inbox import shown_notices
from objectives.permissions import visible_objectives
from people.models import User

MOST = 99
"""A larger number says nothing more."""


def unseen_notices(user: User, *, at: datetime) -> QuerySet[Notice]:
    """What the person has not read; what they may no longer see does not count."""
    seen_by_them = Q(objective_id__isnull=True) | Q(objective_id__in=visible_objectives(user).values("pk"))
    return shown_notices(user, at=at).filter(seen_by_them, seen_at__isnull=True)


def unseen_count(user: User, *, at: datetime) -> int:
    """The number in the bell, at most MOST. One query."""
    return unseen_notices(user, at=at).order_by()[:MOST].count()
