"""What a person has seen in the inbox."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from notices.queries.inbox import shown_notices
from people.models import User


def see_notices(*, by: User, at: datetime, ids: Iterable[UUID] | None = None) -> int:
    """Mark these notices of the person as seen, all of them when `ids` is None. Returns how many were new.

    What was seen is left out of the mail; what the inbox does not show cannot be seen there.
    """
    unseen = shown_notices(by, at=at).filter(seen_at__isnull=True)
    if ids is not None:
        unseen = unseen.filter(pk__in=list(ids))
    return unseen.update(seen_at=at)
