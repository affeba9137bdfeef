"""Who is in a team."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from common.errors import InvalidInput, NotAllowed
from people.events import announce
from people.models import Membership, Team, User
from people.permissions import can_manage_members
from people.services.edit_team import lock_team


@transaction.atomic
def set_members(*, team: Team, by: User, at: datetime, people: Iterable[User]) -> Team:
    """Make these people the members, no others. By administrators and the lead of the team."""
    team = _lock(team, by)
    wanted = {person.pk for person in people}
    present = set(Membership.objects.filter(team=team).values_list("user_id", flat=True))
    _write(team, by=by, at=at, join=wanted - present, leave=present - wanted)
    return team


@transaction.atomic
def change_members(
    *, team: Team, by: User, at: datetime, add: Iterable[User] = (), remove: Iterable[User] = ()
) -> Team:
    """Let some people join and others leave; who is already in or out stays so."""
    team = _lock(team, by)
    present = set(Membership.objects.filter(team=team).values_list("user_id", flat=True))
    _write(
        team,
        by=by,
        at=at,
        join={person.pk for person in add} - present,
        leave={person.pk for person in remove} & present,
    )
    return team


def _lock(team: Team, by: User) -> Team:
    team = lock_team(team, by)
    if not can_manage_members(by, team):
        raise NotAllowed("Only administrators and the lead of a team may choose its members.")
    return team


def _write(team: Team, *, by: User, at: datetime, join: set[UUID], leave: set[UUID]) -> None:
    """Store the difference and tell it with names."""
    if not join and not leave:
        return
    names = {
        person.pk: person
        for person in User.objects.filter(pk__in=join | leave, organisation_id=team.organisation_id)
    }
    for key in join:
        person = names.get(key)
        if person is None or person.merged_into_id is not None:
            raise InvalidInput.of("people", "unknown", "This person is not known here.")
        if not person.is_active:
            raise InvalidInput.of("people", "deactivated", f"{person.name} no longer signs in.")
    Membership.objects.filter(team=team, user_id__in=leave).delete()
    Membership.objects.bulk_create(
        [Membership(team=team, user_id=key, created_at=at) for key in sorted(join)]
    )
    team.updated_at = at
    team.save(update_fields=["updated_at"])
    announce(
        verb="team.members_changed",
        subject=team,
        by=by,
        at=at,
        joined=sorted(names[key].name for key in join),
        left=sorted(names[key].name for key in leave if key in names),
    )
