"""What an objective can be linked to, as far as the person may see."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from alignment.models import StrategicPriority
from alignment.permissions import visible_priorities
from alignment.rules.kinds import PriorityState
from objectives.models import KeyResult, Objective
from objectives.permissions import can_edit_objective, visible_key_results, visible_objectives
from objectives.rules.kinds import KeyResultState, ObjectiveState
from people.models import User

OPEN = (
    ObjectiveState.DRAFT,
    ObjectiveState.PROPOSED,
    ObjectiveState.AGREED,
    ObjectiveState.ACTIVE,
    ObjectiveState.PAUSED,
)
MOST_SHOWN = 500
Parent = StrategicPriority | Objective | KeyResult


@dataclass(frozen=True, slots=True)
class Choice:
    """`value` is an id, or "priority:id", "objective:id", "key_result:id"."""

    value: str
    words: str


@dataclass(frozen=True, slots=True)
class LinkChoices:
    children: tuple[Choice, ...]
    priorities: tuple[Choice, ...]
    objectives: tuple[Choice, ...]
    key_results: tuple[Choice, ...]


def link_choices(user: User, cycle_id: UUID | None, *, child_id: str = "") -> LinkChoices:
    """Open objectives of the cycle that the person may edit, and what they can lead to; at most 500 of each."""
    objectives = visible_objectives(user).filter(state__in=OPEN).order_by("title", "pk")
    here = objectives.filter(cycle_id=cycle_id) if cycle_id else objectives.none()
    own = Q(owner=user) | Q(contributors=user) | Q(team__lead=user)
    children = here if user.is_administrator else here.filter(own).distinct()
    child = find_child(user, child_id)
    rows = list(children[:MOST_SHOWN])
    if child is not None and child not in rows:
        rows.insert(0, child)
    key_results = visible_key_results(user).filter(
        objective__in=here.values("pk"), state__in=(KeyResultState.ACTIVE, KeyResultState.PAUSED)
    )
    return LinkChoices(
        children=tuple(Choice(str(row.pk), row.title) for row in rows),
        priorities=tuple(
            Choice(f"priority:{row.pk}", row.title)
            for row in visible_priorities(user).exclude(state=PriorityState.RETIRED).order_by("rank", "pk")
        ),
        objectives=tuple(Choice(f"objective:{row.pk}", row.title) for row in objectives[:MOST_SHOWN]),
        key_results=tuple(
            Choice(f"key_result:{row.pk}", row.title)
            for row in key_results.order_by("title", "pk")[:MOST_SHOWN]
        ),
    )


def find_child(user: User, value: str) -> Objective | None:
    """The objective with this id, if the person may see and edit it."""
    key = _uuid(value)
    row = visible_objectives(user).filter(pk=key).select_related("team").first() if key else None
    return row if row is not None and can_edit_objective(user, row) else None


def find_parent(user: User, value: str) -> Parent | None:
    """What "priority:id", "objective:id" or "key_result:id" names, if the person may see it."""
    kind, _, pk = value.partition(":")
    key = _uuid(pk)
    if key is None:
        return None
    if kind == "priority":
        return visible_priorities(user).filter(pk=key).first()
    if kind == "objective":
        return visible_objectives(user).filter(pk=key).first()
    if kind == "key_result":
        return visible_key_results(user).filter(pk=key).first()
    return None


def _uuid(value: str) -> UUID | None:
    try:
        return UUID(value)
    except ValueError:
        return None
