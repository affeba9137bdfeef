"""Whether a person may know that a key result exists; asked before every check-in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from common.prepared import Prepared
from objectives.models import KeyResult
from objectives.permissions import visible_key_results
from people.models import User
from people.permissions import remember_teams, team_ids_of
from people.roles import Role


def sees_key_result(user: User, key_result_id: UUID) -> bool:
    """The same answer as looking for it among `visible_key_results(user)`. One query, and once the person's teams."""
    if user.is_administrator:
        return bool(_for_administrators(key_result_id, user.organisation_id))
    teams = team_ids_of(user) or [user.pk]  # no team has the id of a person
    return bool(_for_others(key_result_id, user.organisation_id, user.pk, teams))


def _visible(key_result: UUID, person: User) -> QuerySet[KeyResult, Any]:
    return visible_key_results(person).filter(pk=key_result).order_by().values_list("pk")


def _for_member(
    key_result: UUID, organisation: UUID, person: UUID, teams: Sequence[UUID]
) -> QuerySet[KeyResult, Any]:
    member = User(pk=person, organisation_id=organisation, role=Role.MEMBER)
    remember_teams(member, teams)
    return _visible(key_result, member)


_for_administrators = Prepared(
    lambda key_result, organisation: _visible(
        key_result, User(organisation_id=organisation, role=Role.ADMINISTRATOR)
    )
)
_for_others = Prepared(_for_member)
