"""Inviting somebody by a link that works once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from common.errors import InvalidInput, NotAllowed, RuleConflict
from people.events import announce
from people.models import Invitation, Team, User
from people.roles import Role
from people.services.shapes import read_email, read_role, require_administrator
from people.tokens import digest_of, make_secret

DAYS_OPEN = 14


@dataclass(frozen=True, slots=True)
class SentInvitation:
    """An invitation and the secret of its link, which is not stored and cannot be shown again."""

    invitation: Invitation
    secret: str


@transaction.atomic
def invite_person(
    *,
    by: User,
    at: datetime,
    email: str | None = None,
    role: str = Role.MEMBER,
    team: Team | None = None,
    placeholder: User | None = None,
) -> SentInvitation:
    """A link that opens one account within 14 days, or claims the placeholder and all it owns.

    With `email` only that address can be used; without it whoever has the link chooses one.
    """
    require_administrator(by, "invite people")
    address = read_email(email, besides=placeholder)
    if team is not None and (team.organisation_id != by.organisation_id or team.archived_at is not None):
        raise InvalidInput.of("team", "unknown", "This team is not known here.")
    if placeholder is not None:
        _require_open_placeholder(placeholder, by)
        address = address or placeholder.email
    secret = make_secret()
    invitation = Invitation.objects.create(
        organisation=by.organisation,
        digest=digest_of(secret),
        email=address or "",
        role=read_role(role),
        team=team,
        placeholder=placeholder,
        invited_by=by,
        expires_at=at + timedelta(days=DAYS_OPEN),
    )
    announce(
        verb="invitation.created",
        subject=invitation,
        by=by,
        at=at,
        email=invitation.email,
        role=str(invitation.role),
        placeholder=placeholder,
    )
    return SentInvitation(invitation, secret)


@transaction.atomic
def revoke_invitation(*, invitation: Invitation, by: User, at: datetime) -> Invitation:
    """Close a link that nobody used. RuleConflict once it was used."""
    require_administrator(by, "take invitations back")
    invitation = Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
    if invitation.organisation_id != by.organisation_id:
        raise NotAllowed("This invitation belongs to another organisation.")
    if invitation.accepted_at is not None:
        raise RuleConflict("This invitation was already used.", code="invitation_used")
    if invitation.revoked_at is None:
        invitation.revoked_at = at
        invitation.save(update_fields=["revoked_at"])
        announce(verb="invitation.revoked", subject=invitation, by=by, at=at, email=invitation.email)
    return invitation


def _require_open_placeholder(placeholder: User, by: User) -> None:
    if placeholder.organisation_id != by.organisation_id or placeholder.merged_into_id is not None:
        raise InvalidInput.of("placeholder", "unknown", "This person is not known here.")
    if not placeholder.is_active:
        raise InvalidInput.of("placeholder", "deactivated", f"{placeholder.name} was deactivated.")
    if placeholder.has_usable_password():
        raise InvalidInput.of("placeholder", "joined", f"{placeholder.name} already signs in.")
