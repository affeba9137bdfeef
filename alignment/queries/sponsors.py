"""Who agrees to what a team proposes for an objective."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q

from alignment.models import AlignmentLink, StrategicPriority
from alignment.rules.kinds import LinkKind, PriorityState
from objectives.models import Objective
from objectives.permissions import visible_objectives
from people.models import Team, User
from people.roles import Role

MOST_STEPS = 20


def sponsors_of(objective: Objective) -> tuple[User, ...]:
    """People who can agree, the first one first; only active ones who are no viewers.

    The sponsors (without one: the owners) of the active priorities that it leads to, heaviest link first, straight or
    through the objectives it contributes to; else the lead of the team above its own; else leaders, by name.
    """
    found = _of_priorities(objective) or _of_team_above(objective)
    if not found:
        leaders = User.objects.filter(
            organisation_id=objective.organisation_id, is_active=True, role=Role.LEADER
        )
        found = list(leaders.order_by("name", "pk"))
    return tuple(dict.fromkeys(found))


def sponsors_who_see(objective: Objective) -> tuple[User, ...]:
    """Those of the sponsors who may see it; for one that none of them may see, the administrators."""
    found = tuple(
        person
        for person in sponsors_of(objective)
        if visible_objectives(person).filter(pk=objective.pk).exists()
    )
    if found:
        return found
    administrators = User.objects.filter(
        organisation_id=objective.organisation_id, is_active=True, role=Role.ADMINISTRATOR
    )
    return tuple(administrators.order_by("name", "pk"))


def _of_priorities(objective: Objective) -> list[User]:
    here: set[UUID] = {objective.pk}
    seen = set(here)
    for _ in range(MOST_STEPS):
        links = AlignmentLink.objects.filter(child_id__in=here).exclude(kind=LinkKind.DEPENDS_ON)
        priorities = (
            StrategicPriority.objects.filter(links_down__in=links, state=PriorityState.ACTIVE)
            .select_related("sponsor", "owner")
            .order_by("-links_down__weight", "rank", "pk")
        )
        people = [priority.sponsor or priority.owner for priority in priorities]
        able = [person for person in people if person is not None and _is_able(person)]
        if able:
            return able
        above = links.filter(Q(objective__isnull=False) | Q(key_result__isnull=False))
        parents = {
            parent or through
            for parent, through in above.values_list("objective_id", "key_result__objective_id")
        }
        here = {pk for pk in parents if pk is not None} - seen
        if not here:
            return []
        seen |= here
    return []


def _of_team_above(objective: Objective) -> list[User]:
    if objective.team_id is None:
        return []
    above = (
        Team.objects.filter(sub_teams=objective.team_id, lead__is_active=True).select_related("lead").first()
    )
    return [above.lead] if above is not None and above.lead is not None and _is_able(above.lead) else []


def _is_able(person: User) -> bool:
    return person.is_active and not person.is_viewer
