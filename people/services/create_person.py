"""Adding a person by hand: somebody with an address, or a placeholder for a name."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from people.events import announce
from people.models import User
from people.roles import Role
from people.services.shapes import read_email, read_name, read_role, require_administrator


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
    person = User.objects.create_user(
        email=read_email(email),
        organisation=by.organisation,
        name=read_name(name),
        role=read_role(role),
        external_id=external_id or None,
    )
    announce(verb="person.created", subject=person, by=by, at=at, name=person.name, role=str(person.role))
    return person
