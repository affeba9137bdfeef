"""Which invitation a link opens."""

from __future__ import annotations

from datetime import datetime

from people.models import Invitation
from people.tokens import digest_of


def find_invitation(secret: str, at: datetime) -> Invitation | None:
    """The invitation that this link opens at that moment, or None when it was used, revoked or is over."""
    return (
        Invitation.objects.select_related("organisation", "team", "placeholder", "invited_by")
        .filter(digest=digest_of(secret), accepted_at__isnull=True, revoked_at__isnull=True)
        .filter(expires_at__gt=at)
        .first()
    )
