"""A team ends, or comes back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from common.errors import RuleConflict
from people.events import announce
from people.models import Team, User
from people.services.edit_team import lock_team
from people.services.shapes import require_administrator


@transaction.atomic
def archive_team(*, team: Team, by: User, at: datetime) -> Team:
    """Take the team out of every list to choose from; what it owns stays readable.

    RuleConflict while it holds teams that are not archived.
    """
    require_administrator(by, "archive teams")
    team = lock_team(team, by)
    if team.archived_at is not None:
        return team
    inside = Team.objects.filter(parent=team, archived_at__isnull=True).values_list("name", flat=True)
    if inside:
        names = ", ".join(inside)
        raise RuleConflict(f"{team.name} still holds {names}. Move or archive them first.", code="has_teams")
    team.archived_at = at
    team.updated_at = at
    team.save(update_fields=["archived_at", "updated_at"])
    announce(verb="team.archived", subject=team, by=by, at=at)
    return team


@transaction.atomic
def restore_team(*, team: Team, by: User, at: datetime) -> Team:
    """Take an archived team back. RuleConflict while the team it belongs to is archived."""
    require_administrator(by, "restore teams")
    team = lock_team(team, by)
    if team.archived_at is None:
        return team
    if team.parent is not None and team.parent.archived_at is not None:
        raise RuleConflict(f"{team.parent.name} is archived. Take that back first.", code="parent_archived")
    team.archived_at = None
    team.updated_at = at
    team.save(update_fields=["archived_at", "updated_at"])
    announce(verb="team.restored", subject=team, by=by, at=at)
    return team
