"""Whose goals a feed speaks of: around a person, of the teams they follow, or everybody's."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.db.models import BooleanField, Case, Q, Value, When

from alignment.models import AlignmentLink
from alignment.rules.kinds import LinkKind
from dashboards.queries.feed_rows import Line
from objectives.models import Objective
from objectives.permissions import visible_objectives
from people.models import Team, User
from people.permissions import team_ids_of


class Scope(StrEnum):
    """From where."""

    AROUND = "around"
    TEAMS = "teams"
    EVERYONE = "everyone"


@dataclass(frozen=True, slots=True)
class ScopeRows:
    """`objective_ids` and `priority_ids` None means all that the reader may see. `needed_ids`: objectives that those
    of the reader depend on, with the title of one that does."""

    scope: Scope
    objective_ids: frozenset[UUID] | None
    priority_ids: frozenset[UUID] | None
    team_ids: frozenset[UUID] | None
    needed_by: dict[UUID, tuple[UUID, str]]

    def holds(self, line: Line) -> bool:
        """Whether a line read for everyone belongs here; the same condition as `feed_lines` asks of the database."""
        if self.objective_ids is None or line.objective_id in self.objective_ids:
            return True
        if line.facts.get("priority_id") in (self.priority_ids or ()):
            return True
        team_id = line.facts.get("team_id")
        if team_id is not None and UUID(str(team_id)) in (self.team_ids or ()):
            return True
        return self.scope is Scope.AROUND and line.is_about_reader


def either(one: ScopeRows, other: ScopeRows) -> ScopeRows:
    """What belongs to one or the other of two narrower scopes, read as around the reader."""
    return ScopeRows(
        Scope.AROUND,
        (one.objective_ids or frozenset()) | (other.objective_ids or frozenset()),
        (one.priority_ids or frozenset()) | (other.priority_ids or frozenset()),
        (one.team_ids or frozenset()) | (other.team_ids or frozenset()),
        one.needed_by,
    )


def feed_scopes(user: User, cycle_ids: Collection[UUID]) -> dict[Scope, ScopeRows]:
    """All three, from objectives of these cycles. Three statements."""
    own_teams = team_ids_of(user)
    followed = frozenset(
        Team.objects.filter(Q(followers=user) | Q(pk__in=own_teams)).values_list("pk", flat=True)
    )
    of_cycles = visible_objectives(user).filter(cycle_id__in=list(cycle_ids)).order_by()
    contributed = Objective.contributors.through.objects.filter(user_id=user.pk).values("objective_id")
    is_mine = Q(owner=user) | Q(team_id__in=own_teams) | Q(pk__in=contributed)
    is_mine_too = Case(When(is_mine, then=Value(True)), default=Value(False), output_field=BooleanField())
    near = of_cycles.filter(is_mine | Q(team_id__in=followed)).annotate(is_mine=is_mine_too)
    rows = list(near.values_list("pk", "title", "team_id", "is_mine"))
    titles = {pk: title for pk, title, _, _ in rows}
    mine = {pk for pk, _, _, is_mine in rows if is_mine}
    teams = {pk for pk, _, team_id, _ in rows if team_id in followed}
    around, priorities, needed_by = _linked(user, mine, titles)
    return {
        Scope.AROUND: ScopeRows(Scope.AROUND, frozenset(around), frozenset(priorities), own_teams, needed_by),
        Scope.TEAMS: ScopeRows(Scope.TEAMS, frozenset(teams), frozenset(), followed, needed_by),
        Scope.EVERYONE: ScopeRows(Scope.EVERYONE, None, None, None, needed_by),
    }


def _linked(
    user: User, mine: set[UUID], titles: dict[UUID, str]
) -> tuple[set[UUID], set[UUID], dict[UUID, tuple[UUID, str]]]:
    """What the reader's objectives lead to, lean on, or are led to by: one step away."""
    around = set(mine)
    priorities: set[UUID] = set()
    needed_by: dict[UUID, tuple[UUID, str]] = {}
    ids = list(mine)
    touches = Q(child_id__in=ids) | Q(objective_id__in=ids) | Q(key_result__objective_id__in=ids)
    links = AlignmentLink.objects.filter(touches, organisation_id=user.organisation_id).order_by()
    rows = links.values_list("child_id", "priority_id", "objective_id", "key_result__objective_id", "kind")
    for child_id, priority_id, objective_id, of_key_result_id, kind in rows:
        parent_id = objective_id or of_key_result_id
        around.add(child_id)
        if priority_id and child_id in mine:
            priorities.add(priority_id)
        if parent_id:
            around.add(parent_id)
            if kind == LinkKind.DEPENDS_ON and child_id in mine:
                needed_by[parent_id] = (child_id, titles.get(child_id, ""))
    return around, priorities, needed_by
