"""Changing a team: its name, purpose, lead and place."""

from __future__ import annotations

from datetime import datetime
from typing import TypedDict, Unpack
from uuid import UUID

from django.db import transaction

from common.errors import InvalidInput, NotAllowed, RuleConflict
from people.events import announce
from people.models import Organisation, Team, User
from people.services.shapes import read_external_id, read_name, require_administrator

PURPOSE_LENGTH = 400


class TeamChanges(TypedDict, total=False):
    """The fields of a team that may change; fields that are left out stay."""

    name: str
    purpose: str
    parent: Team | None
    lead: User | None
    external_id: str | None


@transaction.atomic
def edit_team(*, team: Team, by: User, at: datetime, **changes: Unpack[TeamChanges]) -> Team:
    """The team with the changes. RuleConflict, naming the way, when a team would lie inside itself."""
    require_administrator(by, "change teams")
    team = lock_team(team, by)
    if "name" in changes:
        changes["name"] = read_name(changes["name"], missing="Name the team.")
    if "purpose" in changes:
        changes["purpose"] = read_purpose(changes["purpose"])
    if "parent" in changes:
        read_parent(team, changes["parent"], by.organisation_id)
    if "lead" in changes:
        read_lead(changes["lead"], by.organisation_id)
    if "external_id" in changes:
        changes["external_id"] = read_external_id(
            changes["external_id"], model=Team, organisation_id=team.organisation_id, besides=team.pk
        )
    changed = {
        field: (getattr(team, field), value)
        for field, value in changes.items()
        if getattr(team, field) != value
    }
    if not changed:
        return team
    for field, (_, value) in changed.items():
        setattr(team, field, value)
    require_free_name(team.name, parent=team.parent, organisation_id=team.organisation_id, besides=team)
    team.updated_at = at
    team.save(update_fields=[*changed, "updated_at"])
    announce(verb="team.edited", subject=team, by=by, at=at, changes=changed)
    return team


def lock_team(team: Team, by: User) -> Team:
    """The team's row, held until the transaction ends; the organisation's row is held first."""
    Organisation.objects.select_for_update().get(pk=by.organisation_id)
    held = Team.objects.select_for_update(of=("self",)).select_related("parent", "lead").get(pk=team.pk)
    if held.organisation_id != by.organisation_id:
        raise NotAllowed("This team belongs to another organisation.")
    return held


def read_purpose(purpose: str) -> str:
    """The purpose, at most 400 characters."""
    tidy = purpose.replace("\x00", "").strip()
    if len(tidy) > PURPOSE_LENGTH:
        message = f"At most {PURPOSE_LENGTH} characters, this has {len(tidy)}."
        raise InvalidInput.of("purpose", "too_long", message)
    return tidy


def read_lead(lead: User | None, organisation_id: UUID) -> None:
    """InvalidInput unless the lead is an active person of the organisation."""
    if lead is None:
        return
    if lead.organisation_id != organisation_id or lead.merged_into_id is not None:
        raise InvalidInput.of("lead", "unknown", "This person is not known here.")
    if not lead.is_active:
        raise InvalidInput.of("lead", "deactivated", f"{lead.name} no longer signs in.")


def read_parent(team: Team | None, parent: Team | None, organisation_id: UUID) -> None:
    """InvalidInput for a team from elsewhere; RuleConflict when `team` is above `parent` already."""
    if parent is None:
        return
    if parent.organisation_id != organisation_id:
        raise InvalidInput.of("parent", "unknown", "This team is not known here.")
    if parent.archived_at is not None and (team is None or team.parent_id != parent.pk):
        raise InvalidInput.of("parent", "archived", f"{parent.name} is archived.")
    if team is None:
        return
    known = {
        row.pk: row
        for row in Team.objects.filter(organisation_id=organisation_id).only("id", "name", "parent")
    }
    way, above = [team.name], known.get(parent.pk)
    while above is not None:
        way.append(above.name)
        if above.pk == team.pk:
            raise RuleConflict(f"A team cannot lie inside itself: {' → '.join(way)}.", code="team_loop")
        above = known.get(above.parent_id) if above.parent_id else None


def require_free_name(name: str, *, parent: Team | None, organisation_id: UUID, besides: Team | None) -> None:
    """InvalidInput when a team of the same place already has the name."""
    others = Team.objects.filter(organisation_id=organisation_id, parent=parent, name=name)
    if besides is not None:
        others = others.exclude(pk=besides.pk)
    if others.exists():
        where = f"inside {parent.name}" if parent else "at the top"
        raise InvalidInput.of("name", "taken", f"There already is a team {name} {where}.")
