"""What an administrator may change about somebody."""

from __future__ import annotations

from datetime import datetime
from typing import TypedDict, Unpack

from django.db import transaction

from common.errors import InvalidInput, NotAllowed, RuleConflict
from people.events import announce
from people.models import Organisation, User
from people.roles import Role
from people.services.shapes import (
    one_address_each,
    read_email,
    read_external_id,
    read_name,
    read_role,
    require_administrator,
)


class PersonChanges(TypedDict, total=False):
    """The fields that an administrator may change; fields that are left out stay."""

    name: str
    role: str
    email: str | None
    external_id: str | None


@transaction.atomic
def edit_person(*, person: User, by: User, at: datetime, **changes: Unpack[PersonChanges]) -> User:
    """The person with the changes.

    RuleConflict for the last administrator, and for a person who was merged into another.
    """
    require_administrator(by, "change people")
    person = lock_person(person, by)
    wanted: dict[str, str | None] = {}
    if "name" in changes:
        wanted["name"] = read_name(changes["name"])
    if "role" in changes:
        wanted["role"] = read_role(changes["role"])
        if wanted["role"] != Role.ADMINISTRATOR:
            require_other_administrator(person)
    if "email" in changes:
        wanted["email"] = read_email(changes["email"], besides=person)
        if wanted["email"] is None and person.email is not None:
            raise InvalidInput.of("email", "required", "Somebody who signs in needs an e-mail address.")
    if "external_id" in changes:
        wanted["external_id"] = read_external_id(
            changes["external_id"], model=User, organisation_id=person.organisation_id, besides=person.pk
        )
    changed = {
        field: (getattr(person, field), value)
        for field, value in wanted.items()
        if getattr(person, field) != value
    }
    if changed:
        for field, (_, value) in changed.items():
            setattr(person, field, value)
        person.updated_at = at
        with one_address_each():
            person.save(update_fields=[*changed, "updated_at"])
        announce(verb="person.edited", subject=person, by=by, at=at, changes=changed)
    return person


def lock_person(person: User, by: User) -> User:
    """The person's row, held until the transaction ends; the organisation's row is held first.

    NotAllowed across organisations; RuleConflict when the person was merged.
    """
    Organisation.objects.select_for_update().get(pk=by.organisation_id)
    held = User.objects.select_for_update().get(pk=person.pk)
    if held.organisation_id != by.organisation_id:
        raise NotAllowed("This person belongs to another organisation.")
    if held.merged_into_id is not None:
        raise RuleConflict(f"{held.name} was merged into somebody else.", code="merged")
    return held


def require_other_administrator(person: User) -> None:
    """RuleConflict when the organisation would be left without an administrator who can sign in."""
    if not (person.is_administrator and person.is_active):
        return
    others = User.objects.filter(
        organisation_id=person.organisation_id,
        role=Role.ADMINISTRATOR,
        is_active=True,
        email__isnull=False,
    ).exclude(pk=person.pk)
    if not others.exists():
        raise RuleConflict(
            f"{person.name} is the last administrator. Make somebody else administrator first.",
            code="last_administrator",
        )
