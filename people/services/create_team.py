"""A new team."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from people.events import announce
from people.models import Organisation, Team, User
from people.services.edit_team import read_lead, read_parent, read_purpose, require_free_name
from people.services.shapes import read_external_id, read_name, require_administrator


@transaction.atomic
def create_team(
    *,
    by: User,
    at: datetime,
    name: str,
    purpose: str = "",
    parent: Team | None = None,
    lead: User | None = None,
    external_id: str | None = None,
) -> Team:
    """A team of the organisation of `by`, inside `parent` when given. InvalidInput for a name in use there."""
    require_administrator(by, "create teams")
    Organisation.objects.select_for_update().get(pk=by.organisation_id)
    name = read_name(name, missing="Name the team.")
    read_parent(None, parent, by.organisation_id)
    read_lead(lead, by.organisation_id)
    require_free_name(name, parent=parent, organisation_id=by.organisation_id, besides=None)
    external_id = read_external_id(external_id, model=Team, organisation_id=by.organisation_id)
    team = Team.objects.create(
        organisation=by.organisation,
        name=name,
        purpose=read_purpose(purpose),
        parent=parent,
        lead=lead,
        external_id=external_id,
    )
    announce(verb="team.created", subject=team, by=by, at=at, name=team.name)
    return team
