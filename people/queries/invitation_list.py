"""Invitations that nobody used yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from people.models import Invitation, User
from people.roles import Role


@dataclass(frozen=True, slots=True)
class InvitationRow:
    """One open invitation. `for_whom` is an address, the name of a placeholder, or empty for whoever has the link."""

    id: UUID
    for_whom: str
    role: Role
    team_name: str
    invited_by_name: str
    expires_at: datetime


def open_invitations(viewer: User, at: datetime) -> tuple[InvitationRow, ...]:
    """Open invitations of the organisation, those that end first on top. One query."""
    invitations = Invitation.objects.filter(
        organisation_id=viewer.organisation_id,
        accepted_at__isnull=True,
        revoked_at__isnull=True,
        expires_at__gt=at,
    )
    return tuple(
        InvitationRow(
            id=invitation.pk,
            for_whom=invitation.placeholder.name if invitation.placeholder else invitation.email,
            role=Role(invitation.role),
            team_name=invitation.team.name if invitation.team else "",
            invited_by_name=invitation.invited_by.name,
            expires_at=invitation.expires_at,
        )
        for invitation in invitations.select_related("placeholder", "team", "invited_by").order_by(
            "expires_at"
        )
    )
