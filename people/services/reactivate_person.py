"""Somebody comes back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from people.events import announce
from people.models import User
from people.services.edit_person import lock_person
from people.services.shapes import require_administrator


@transaction.atomic
def reactivate_person(*, person: User, by: User, at: datetime) -> User:
    """Let the person sign in again with their password. Earlier sign-ins and tokens stay ended."""
    require_administrator(by, "reactivate people")
    person = lock_person(person, by)
    if person.is_active:
        return person
    person.is_active = True
    person.deactivated_at = None
    person.updated_at = at
    person.save(update_fields=["is_active", "deactivated_at", "updated_at"])
    announce(verb="person.reactivated", subject=person, by=by, at=at)
    return person
