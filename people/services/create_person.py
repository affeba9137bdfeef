"""Adding a person by hand: somebody with an address, or a placeholder for a name."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from people.events import announce
from people.models import User
from people.roles import Role
from people.services.shapes import (
    one_address_each,
    read_all,
    read_email,
    read_external_id,
    read_name,
    read_role,
    require_administrator,
)


@transaction.atomic
def create_person(
    *,
    by: User,
    at: datetime,
    name: str,
    email: str | None = None,
    role: str = Role.MEMBER,
    external_id: str | None = None,
) -> User:
    """A person of the organisation of `by`, without a password: they come in by an invitation or a reset.

    Without `email` it is a placeholder: it can own things and be claimed or merged later.
    """
    require_administrator(by, "add people")
    name, address, known_role = read_all(
        lambda: read_name(name), lambda: read_email(email), lambda: read_role(role)
    )
    external_id = read_external_id(external_id, model=User, organisation_id=by.organisation_id)
    with one_address_each():
        person = User.objects.create_user(
            email=address,
            organisation=by.organisation,
            name=name,
            role=known_role,
            external_id=external_id,
        )
    announce(verb="person.created", subject=person, by=by, at=at, name=person.name, role=str(person.role))
    return person
