"""Who may manage people, teams and cycles."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q, QuerySet

from common.prepared import Prepared
from people.models import Membership, Team, User


def team_ids_of(user: User) -> frozenset[UUID]:
    """Ids of the teams the person is in or leads; read once per person object."""
    cached: frozenset[UUID] | None = getattr(user, "_team_ids", None)
    if cached is None:
        cached = frozenset(_teams_of(user.pk))
        user._team_ids = cached  # type: ignore[attr-defined]
    return cached


def _teams_with(person_id: UUID) -> QuerySet[Team, UUID]:
    member_of = Membership.objects.filter(user_id=person_id).values("team_id")
    teams = Team.objects.filter(Q(lead_id=person_id) | Q(pk__in=member_of)).order_by()
    return teams.values_list("pk", flat=True)


_teams_of = Prepared(_teams_with)


def remember_teams(user: User, team_ids: Iterable[UUID]) -> None:
    """Tell `team_ids_of` what was read already in this request."""
    user._team_ids = frozenset(team_ids)  # type: ignore[attr-defined]


def visible_people(user: User) -> QuerySet[User]:
    """Everybody in the person's own organisation."""
    return User.objects.filter(organisation_id=user.organisation_id, merged_into__isnull=True)


def visible_teams(user: User) -> QuerySet[Team]:
    return Team.objects.filter(organisation_id=user.organisation_id)


def can_manage_people(user: User) -> bool:
    return user.is_active and user.is_administrator


def can_manage_teams(user: User) -> bool:
    return user.is_active and user.is_administrator


def can_manage_members(user: User, team: Team) -> bool:
    """Administrators, and the lead of the team."""
    return user.is_active and (user.is_administrator or (team.lead_id == user.pk and not user.is_viewer))


def people_matching(user: User, words: str) -> QuerySet[User]:
    """People of the same organisation whose name or e-mail holds the words."""
    return visible_people(user).filter(Q(name__icontains=words) | Q(email__icontains=words))
