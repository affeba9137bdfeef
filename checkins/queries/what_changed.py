"""What changed since a moment: every value, target, wording, link, owner and state, with who and why, for one reader."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from alignment.models import StrategicPriority
from alignment.permissions import visible_priorities
from alignment.queries.priorities_above import priorities_above
from checkins.queries.what_changed_said import said_since, values_of
from checkins.queries.what_changed_steps import Things, Told, told_since
from checkins.rules.folded_changes import ChangeKind, FieldChange, Step, folded
from objectives.models import KeyResult, Objective
from objectives.permissions import sees_objective
from people.models import User

PAGE = 25
NOWHERE = UUID(int=2**128 - 1)


@dataclass(frozen=True, slots=True)
class ChangedThing:
    """A priority, an objective, a key result of it or a link of it, with what changed. `title` may be another's words.

    `unit` belongs to the values of a key result. A link carries the title of its other end.
    """

    type: str
    id: UUID
    title: str
    unit: str
    changes: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class ChangedObjective:
    """An objective of which something changed: itself, its links, its key results, in this order."""

    id: UUID
    title: str
    team_id: UUID | None
    team: str
    priority_id: UUID | None
    is_gone: bool
    things: tuple[ChangedThing, ...]


@dataclass(frozen=True, slots=True)
class ChangedPriority:
    """A priority with its own changes and the objectives of this page below it; `id` None: what leads to none."""

    id: UUID | None
    title: str
    changes: tuple[FieldChange, ...]
    objectives: tuple[ChangedObjective, ...]


@dataclass(frozen=True, slots=True)
class WhatChanged:
    """A page: `objective_count` objectives changed in all; `next_after` goes on, None on the last page."""

    priorities: tuple[ChangedPriority, ...]
    objective_count: int
    next_after: UUID | None


@dataclass(frozen=True, slots=True)
class _Place:
    """An objective on its way onto the page."""

    id: UUID
    title: str
    team_id: UUID | None
    team: str
    priority_id: UUID | None
    is_gone: bool


def what_changed(
    viewer: User,
    *,
    since: datetime,
    team_ids: Collection[UUID] | None = None,
    priority_id: UUID | None = None,
    after: UUID | None = None,
    size: int = PAGE,
    with_values: bool = True,
) -> WhatChanged:
    """Changes after `since` that the viewer may see, by priority in their order, then team, then title.

    `after` is the objective that the page before ended with. Nine statements whatever the size, three fewer without
    values. What came back to where it was is no change.
    """
    told = told_since(viewer, since)
    said = said_since(viewer, since) if with_values else {}
    priorities = {row.pk: row for row in visible_priorities(viewer).order_by("rank", "pk")}
    above = priorities_above(viewer)
    order = {pk: place for place, pk in enumerate(priorities)}
    changed = {objective for objective in told.objectives if _is_told(told, objective)} | set(said)
    places = _places(viewer, changed, above, priorities, team_ids, priority_id)
    places.sort(
        key=lambda one: (order.get(one.priority_id or NOWHERE, len(order)), one.team, one.title, one.id)
    )
    start = next((number for number, one in enumerate(places, start=1) if one.id == after), 0)
    shown = places[start : start + size]
    things = _things(viewer, shown, told, said, since)
    own = {
        pk: folded(_in_force(viewer, row, told.priorities.get(pk, ())))
        for pk, row in priorities.items()
        if team_ids is None and priority_id in (None, pk) and not start
    }
    return WhatChanged(
        priorities=tuple(_by_priority(shown, things, priorities, own)),
        objective_count=len(places),
        next_after=shown[-1].id if start + size < len(places) else None,
    )


def _in_force(viewer: User, row: StrategicPriority, steps: Iterable[Step]) -> Iterable[Step]:
    """What a priority was as a draft is for those who see drafts; to the others it is new when it begins."""
    for step in steps:
        if viewer.is_leader or row.activated_at is None:
            yield step
        elif step.verb == "priority.activated" and step.at == row.activated_at:
            yield replace(step, verb="priority.created", changes={})
        elif step.at >= row.activated_at:
            yield step


def _is_told(told: Told, objective: UUID) -> bool:
    return any(folded(steps) for steps in told.objectives[objective].all_steps())


def _places(
    viewer: User,
    ids: Iterable[UUID],
    above: dict[UUID, UUID],
    priorities: dict[UUID, StrategicPriority],
    team_ids: Collection[UUID] | None,
    priority_id: UUID | None,
) -> list[_Place]:
    wanted = [pk for pk in ids if priority_id is None or above.get(pk) == priority_id]
    if not wanted:
        return []
    rows = Objective.everything.filter(sees_objective(viewer), organisation_id=viewer.organisation_id)
    if team_ids is not None:
        rows = rows.filter(team_id__in=list(team_ids))
    chosen = set(wanted)
    found = rows.order_by().values_list("pk", "title", "team_id", "team__name", "deleted_at")
    if len(wanted) <= 500:
        found = found.filter(pk__in=wanted)
    return [
        _Place(
            pk,
            title,
            team_id,
            team or "",
            above[pk] if above.get(pk) in priorities else None,
            deleted_at is not None,
        )
        for pk, title, team_id, team, deleted_at in found
        if pk in chosen
    ]


def _things(
    viewer: User, shown: Sequence[_Place], told: Told, said: dict[UUID, set[UUID]], since: datetime
) -> dict[UUID, tuple[ChangedThing, ...]]:
    """By objective of the page: itself, its links, its key results."""
    if not shown:
        return {}
    ids = [place.id for place in shown]
    result_ids = {pk for one in ids for pk in (*said.get(one, ()), *told.of(one).key_results)}
    rows = {row.pk: row for row in KeyResult.everything.filter(pk__in=result_ids).order_by("position", "pk")}
    values = values_of(rows.values(), since) if said else {}
    ends = told.link_titles(viewer, ids)
    return {
        place.id: tuple(
            _of_objective(place, told.of(place.id), rows, values, ends, said.get(place.id, set()))
        )
        for place in shown
    }


def _of_objective(
    place: _Place,
    of_it: Things,
    rows: dict[UUID, KeyResult],
    values: dict[UUID, FieldChange],
    ends: dict[UUID, str],
    heard: set[UUID],
) -> Iterable[ChangedThing]:
    own = folded(of_it.own)
    if own:
        yield ChangedThing("objective", place.id, place.title, "", own)
    if own and own[0].kind == ChangeKind.GONE:
        return
    for pk, steps in of_it.links.items():
        if pk in ends and (changes := folded(steps)):
            yield ChangedThing("alignment_link", pk, ends[pk], "", changes)
    for pk, row in rows.items():
        if pk not in of_it.key_results and pk not in heard:
            continue
        changes = folded(of_it.key_results.get(pk, ()))
        if row.deleted_at is None and pk in values:
            changes = (*changes, values[pk])
        if changes:
            yield ChangedThing("key_result", pk, row.title, row.unit, changes)


def _by_priority(
    shown: Sequence[_Place],
    things: dict[UUID, tuple[ChangedThing, ...]],
    priorities: dict[UUID, StrategicPriority],
    own: dict[UUID, tuple[FieldChange, ...]],
) -> Iterable[ChangedPriority]:
    below: dict[UUID | None, list[ChangedObjective]] = {}
    for place in shown:
        if things[place.id]:
            below.setdefault(place.priority_id, []).append(
                ChangedObjective(
                    place.id,
                    place.title,
                    place.team_id,
                    place.team,
                    place.priority_id,
                    place.is_gone,
                    things[place.id],
                )
            )
    for pk, row in priorities.items():
        if pk in below or own.get(pk):
            yield ChangedPriority(pk, row.title, own.get(pk, ()), tuple(below.get(pk, ())))
    if None in below:
        yield ChangedPriority(None, "", (), tuple(below[None]))
