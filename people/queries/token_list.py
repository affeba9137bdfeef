"""Tokens that still work, with what they may do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q

from people.models import ApiToken, User

SOON = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class TokenRow:
    """One token. `ends_soon` within 14 days; `hint` are the last four characters of its secret."""

    id: UUID
    name: str
    hint: str
    scopes: tuple[str, ...]
    owner_name: str
    owner_initial: str
    is_own: bool
    is_service: bool
    last_used_at: datetime | None
    expires_at: datetime | None
    ends_soon: bool


def token_list(viewer: User, at: datetime) -> tuple[TokenRow, ...]:
    """The viewer's own tokens; for administrators everybody's of the organisation. One query."""
    tokens = ApiToken.objects.filter(organisation_id=viewer.organisation_id, revoked_at__isnull=True)
    tokens = tokens.filter(Q(expires_at__isnull=True) | Q(expires_at__gt=at), user__is_active=True)
    if not viewer.is_administrator:
        tokens = tokens.filter(user=viewer)
    return tuple(
        TokenRow(
            id=token.pk,
            name=token.name,
            hint=token.hint,
            scopes=tuple(token.scopes),
            owner_name=token.user.name,
            owner_initial=token.user.initial,
            is_own=token.user_id == viewer.pk,
            is_service=token.is_service,
            last_used_at=token.last_used_at,
            expires_at=token.expires_at,
            ends_soon=token.expires_at is not None and token.expires_at - at < SOON,
        )
        for token in tokens.select_related("user").order_by("name", "id")
    )
