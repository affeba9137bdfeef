"""Joining by an invitation link."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from common.errors import RuleConflict
from people.events import announce
from people.models import Invitation, Membership, User
from people.queries.find_invitation import find_invitation
from people.services.shapes import one_address_each, read_all, read_email, read_name, read_password


@transaction.atomic
def accept_invitation(*, secret: str, at: datetime, name: str, email: str, password: str) -> User:
    """The person who joined, ready to sign in. A link works once.

    RuleConflict when the link does not work any more; InvalidInput names the field that will not do.
    """
    found = find_invitation(secret, at)
    if found is None:
        raise RuleConflict(
            "This invitation does not work any more. Ask for a new one.", code="invitation_over"
        )
    Invitation.objects.select_for_update(of=("self",)).get(pk=found.pk)
    invitation = find_invitation(secret, at)
    if invitation is None:
        raise RuleConflict("This invitation was just used.", code="invitation_over")
    wanted, besides = invitation.email or email, invitation.placeholder
    name, address, _ = read_all(
        lambda: read_name(name),
        lambda: read_email(wanted, besides=besides, required=True),
        lambda: read_password(password, email=wanted, name=name),
    )
    with one_address_each():
        person = _join(invitation, name=name, email=address, password=password, at=at)
    if invitation.team is not None and invitation.team.archived_at is None:
        Membership.objects.get_or_create(team=invitation.team, user=person)
    invitation.accepted_at = at
    invitation.accepted_by = person
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    announce(
        verb="person.joined",
        subject=person,
        by=person,
        at=at,
        invited_by=invitation.invited_by_id,
        claimed=invitation.placeholder_id is not None,
    )
    return person


def _join(invitation: Invitation, *, name: str, email: str, password: str, at: datetime) -> User:
    """A new person, or the placeholder with an address and a password."""
    person = invitation.placeholder
    if person is None:
        return User.objects.create_user(
            email=email,
            password=password,
            organisation=invitation.organisation,
            name=name,
            role=invitation.role,
        )
    person = User.objects.select_for_update(of=("self",)).get(pk=person.pk)
    if person.has_usable_password() or not person.is_active or person.merged_into_id is not None:
        raise RuleConflict(
            "This invitation does not work any more. Ask for a new one.", code="invitation_over"
        )
    person.name, person.email, person.role = name, email, invitation.role
    person.set_password(password)
    person.updated_at = at
    person.save(update_fields=["name", "email", "role", "password", "updated_at"])
    return person
