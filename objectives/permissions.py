"""Who may see, write and close objectives, key results and cycles."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.expressions import Combinable

from objectives.models import Cycle, KeyResult, Objective
from objectives.rules.kinds import Visibility
from people.models import Membership, Team, User
from people.permissions import team_ids_of
from people.roles import Role


def sees_objective(user: User, prefix: str = "") -> Combinable | Q:
    """The condition under which a person may see an objective; `prefix` reaches it from another table.

    Organisation: everybody. Team: its members and lead, and those who work on it. Private: owner,
    contributors, lead of its team. Administrators see all of it.
    """
    if user.is_administrator:
        return Q(**{f"{prefix}organisation_id": user.organisation_id})
    works_on_it = Exists(
        Objective.contributors.through.objects.filter(objective_id=OuterRef(f"{prefix}pk"), user_id=user.pk)
    )
    return Q(**{f"{prefix}organisation_id": user.organisation_id}) & (
        Q(**{f"{prefix}visibility": Visibility.ORGANISATION})
        | Q(**{f"{prefix}owner_id": user.pk})
        | Q(**{f"{prefix}visibility": Visibility.TEAM, f"{prefix}team_id__in": team_ids_of(user)})
        | Q(**{f"{prefix}team__lead_id": user.pk})
        | works_on_it
    )


def visible_objectives(user: User) -> QuerySet[Objective]:
    """Objectives that are not deleted and that the person may know exist."""
    return Objective.objects.filter(sees_objective(user))


def people_who_see(objective: Objective) -> QuerySet[User]:
    """People of the organisation who may see it; the same answer as `sees_objective`, asked the other way round."""
    people = User.objects.filter(organisation_id=objective.organisation_id, merged_into__isnull=True)
    if objective.visibility == Visibility.ORGANISATION:
        return people
    sees = Q(role=Role.ADMINISTRATOR) | Q(pk__in=[pk for pk in (objective.owner_id,) if pk])
    sees |= Q(pk__in=Objective.contributors.through.objects.filter(objective=objective).values("user_id"))
    if objective.team_id is not None:
        leads = Team.objects.filter(pk=objective.team_id, lead__isnull=False)
        sees |= Q(pk__in=leads.values("lead_id"))
    if objective.team_id is not None and objective.visibility == Visibility.TEAM:
        sees |= Q(pk__in=Membership.objects.filter(team_id=objective.team_id).values("user_id"))
    return people.filter(sees)


def visible_key_results(user: User) -> QuerySet[KeyResult]:
    """Key results of visible objectives; deleted ones and those of deleted objectives left out."""
    return KeyResult.objects.filter(sees_objective(user, "objective__"), objective__deleted_at__isnull=True)


def visible_cycles(user: User) -> QuerySet[Cycle]:
    return Cycle.objects.filter(organisation_id=user.organisation_id)


def can_manage_cycles(user: User) -> bool:
    return user.is_active and user.is_administrator


def can_create_objective(user: User, *, team: Team | None, owner: User | None) -> bool:
    """Leaders and administrators anywhere; others for their own teams, or for themselves without a team."""
    if not user.is_active or user.is_viewer:
        return False
    if user.is_leader:
        return True
    if team is not None:
        return team.pk in team_ids_of(user)
    return owner is not None and owner.pk == user.pk


def remember_contributors(objective: Objective, person_ids: Iterable[UUID]) -> None:
    """Tell `works_on` what was read already in this request."""
    objective._contributor_ids = frozenset(person_ids)  # type: ignore[attr-defined]


def works_on(user: User, objective: Objective) -> bool:
    """Owner, contributor, or lead of the objective's team."""
    if objective.owner_id == user.pk:
        return True
    if objective.team is not None and objective.team.lead_id == user.pk:
        return True
    known: frozenset[UUID] | None = getattr(objective, "_contributor_ids", None)
    if known is not None:
        return user.pk in known
    return any(person.pk == user.pk for person in objective.contributors.all())


def can_edit_objective(user: User, objective: Objective) -> bool:
    """Owner, contributors, lead of its team, administrators. Viewers only read."""
    if not user.is_active or user.is_viewer or user.organisation_id != objective.organisation_id:
        return False
    return user.is_administrator or works_on(user, objective)


def can_check_in(user: User, key_result: KeyResult) -> bool:
    """Owner of the key result or objective, contributors, members of the objective's team, administrators."""
    objective = key_result.objective
    if not user.is_active or user.is_viewer or user.organisation_id != objective.organisation_id:
        return False
    if user.is_administrator or user.pk in (key_result.owner_id, objective.owner_id):
        return True
    if objective.team_id is not None and objective.team_id in team_ids_of(user):
        return True
    return works_on(user, objective)
