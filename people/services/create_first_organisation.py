"""The first minute of an installation: an organisation and its administrator."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from common.errors import RuleConflict
from common.locks import lock_graph
from people.events import announce
from people.models import Organisation, User
from people.roles import Role
from people.services.shapes import read_all, read_email, read_name, read_password, read_time_zone

NO_ORGANISATION = UUID(int=0)


@transaction.atomic
def create_first_organisation(
    *, organisation_name: str, name: str, email: str, password: str, time_zone: str, at: datetime
) -> User:
    """Make the organisation and return its administrator.

    RuleConflict when there already is one; InvalidInput names the field that will not do.
    """
    lock_graph(NO_ORGANISATION, exclusively=True)
    if Organisation.objects.exists():
        raise RuleConflict("This installation already has an organisation.", code="already_set_up")
    organisation_name, name, address, _, time_zone = read_all(
        lambda: read_name(organisation_name, field="organisation_name", missing="Name the organisation."),
        lambda: read_name(name),
        lambda: read_email(email, required=True),
        lambda: read_password(password, email=email, name=name),
        lambda: read_time_zone(time_zone),
    )
    organisation = Organisation.objects.create(name=organisation_name, time_zone=time_zone)
    administrator = User.objects.create_user(
        email=address, password=password, organisation=organisation, name=name, role=Role.ADMINISTRATOR
    )
    announce(
        verb="organisation.created", subject=organisation, by=administrator, at=at, name=organisation.name
    )
    announce(verb="person.created", subject=administrator, by=administrator, at=at, name=name)
    return administrator
