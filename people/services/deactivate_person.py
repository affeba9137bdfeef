"""Somebody leaves: they can no longer come in, their words stay."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from people.events import announce
from people.models import ApiToken, Invitation, User
from people.services.edit_person import lock_person, require_other_administrator
from people.services.shapes import require_administrator


@transaction.atomic
def deactivate_person(*, person: User, by: User, at: datetime) -> User:
    """End the person's sign-ins, tokens and open invitations at once. Doing it twice changes nothing.

    Objectives keep their owner and ask for a new one. RuleConflict for the last administrator.
    """
    require_administrator(by, "deactivate people")
    person = lock_person(person, by)
    if not person.is_active:
        return person
    require_other_administrator(person)
    person.is_active = False
    person.deactivated_at = at
    person.updated_at = at
    person.session_epoch += 1
    person.save(update_fields=["is_active", "deactivated_at", "updated_at", "session_epoch"])
    ended = ApiToken.objects.filter(user=person, revoked_at__isnull=True).update(revoked_at=at)
    Invitation.objects.filter(placeholder=person, accepted_at__isnull=True, revoked_at__isnull=True).update(
        revoked_at=at
    )
    announce(verb="person.deactivated", subject=person, by=by, at=at, tokens_ended=ended)
    return person
