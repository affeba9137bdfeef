"""Which lines of the feed of changes a person may see, asked for a batch of events at once."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Value, When

from activity.models import Event
from activity.rules.change_lines import IMPORT_REMOVED, Action, Line
from alignment.models import AlignmentLink
from alignment.permissions import visible_priorities
from checkins.models import CheckIn, Thanks
from checkins.permissions import visible_thanks
from dashboards.queries.resources.sight_before import Facts, facts_before, facts_of_purged
from objectives.models import KeyResult, Objective
from objectives.permissions import sees_objective
from people.models import User

Told = tuple[Event, Line]
FOR_EVERYBODY = frozenset(("cycle", "person", "team"))
Parent = tuple[str, UUID | None]


def events_in_sight(viewer: User, events: QuerySet[Event]) -> QuerySet[Event]:
    """Leave out the mass of what the person may not know; `lines_in_sight` decides about the rest.

    Events of objectives that are gone for good, and those that may have taken one out of sight, stay in.
    """
    if viewer.is_administrator:
        return events
    there = Objective.everything.filter(pk=OuterRef("objective_id"))
    return events.filter(
        Q(objective_id__isnull=True)
        | Exists(there.filter(sees_objective(viewer)))
        | Q(verb="objective.edited")
        | ~Exists(there)
    )


def lines_in_sight(viewer: User, told: Collection[Told]) -> list[Told]:
    """The lines that the viewer may see now, deleted rows included: what is gone is judged as it was last.

    A change that took an objective out of the viewer's sight is its end. At most eleven queries.
    """
    sight = _Sight(viewer)
    sight.look(told)
    lost = [
        (event, line)
        for event, line in told
        if event.verb == "objective.edited" and line.type == "objective" and not sight.objective(line.id)
    ]
    before = facts_before(viewer, [line.id for _, line in lost]) if lost else {}
    found: list[Told] = []
    for event, line in told:
        if sight.sees(event, line):
            found.append((event, line))
        elif (facts := before.get(event.pk)) is not None and facts.is_seen_by(viewer):
            found.append((event, line._replace(action=Action.DELETE)))
    return found


@dataclass(slots=True)
class _Sight:
    viewer: User
    objectives: dict[UUID, bool] = field(default_factory=dict)
    purged: dict[UUID, Facts] = field(default_factory=dict)
    priorities: dict[UUID, datetime | None] = field(default_factory=dict)
    thanks: set[UUID] = field(default_factory=set)
    objective_of: dict[UUID, UUID] = field(default_factory=dict)
    links: dict[UUID, tuple[UUID, Parent]] = field(default_factory=dict)

    def look(self, told: Collection[Told]) -> None:
        """Read what is needed to judge these lines."""
        ids: dict[str, set[UUID]] = {}
        for _, line in told:
            ids.setdefault(line.type, set()).add(line.id)
        parents = self._look_at_links(told, ids.get("alignment_link", set()))
        results = ids.get("key_result", set()) | parents.get("key_result", set())
        self._map(results, KeyResult.everything, "objective_id")
        self._map(ids.get("check_in", set()), CheckIn.everything, "key_result__objective_id")
        self._look_at_objectives(
            ids.get("objective", set())
            | parents.get("objective", set())
            | {child for child, _ in self.links.values()}
            | set(self.objective_of.values())
            | {event.objective_id for event, _ in told if event.objective_id is not None}
        )
        wanted = ids.get("priority", set()) | parents.get("priority", set())
        if wanted:
            rows = visible_priorities(self.viewer).filter(pk__in=wanted)
            self.priorities = dict(rows.values_list("pk", "activated_at"))
        if thanks := ids.get("thanks"):
            rows_of_thanks = visible_thanks(self.viewer, Thanks.everything.filter(pk__in=thanks))
            self.thanks = set(rows_of_thanks.values_list("pk", flat=True))

    def sees(self, event: Event, line: Line) -> bool:
        """Whether the viewer may know of this line: never of what moved through an objective out of sight."""
        if event.objective_id is not None and not self.objective(event.objective_id):
            return False
        if line.type in FOR_EVERYBODY:
            return True
        if event.verb == IMPORT_REMOVED:
            return True
        if line.type == "alignment_link":
            return self._link(line.id)
        if event.subject_type == "link" and not self._link(event.subject_id):
            return False
        if line.type == "priority":
            return line.id in self.priorities and self._was_in_force(line.id, event.at)
        if line.type == "thanks" and line.id not in self.thanks:
            return False
        if line.type == "objective":
            return self.objective(line.id)
        return self.objective(self.objective_of.get(line.id, event.objective_id))

    def objective(self, pk: UUID | None) -> bool:
        if pk is None:
            return False
        known = self.objectives.get(pk)
        if known is None:
            facts = self.purged.get(pk)
            known = self.viewer.is_administrator or (facts is not None and facts.is_seen_by(self.viewer))
        return known

    def _was_in_force(self, priority: UUID, at: datetime) -> bool:
        """What was done to a draft is for those who see drafts."""
        activated_at = self.priorities[priority]
        return self.viewer.is_leader or activated_at is None or at >= activated_at

    def _link(self, pk: UUID) -> bool:
        link = self.links.get(pk)
        return link is not None and self.objective(link[0]) and self._parent(link[1])

    def _parent(self, parent: Parent) -> bool:
        kind, pk = parent
        if kind == "priority":
            return pk in self.priorities
        if kind == "key_result":
            return pk is not None and self.objective(self.objective_of.get(pk))
        return self.objective(pk)

    def _look_at_links(self, told: Collection[Told], ids: set[UUID]) -> dict[str, set[UUID]]:
        """Both ends of every link, from the row or, where it is gone, from what the event kept."""
        if not ids:
            return {}
        for event, line in told:
            if line.type == "alignment_link" and (ends := _ends(event.payload)) is not None:
                self.links[line.id] = ends
        for row in AlignmentLink.objects.filter(pk__in=ids):
            self.links[row.pk] = (row.child_id, (row.parent_type, row.parent_id))
        parents: dict[str, set[UUID]] = {}
        for _, (kind, pk) in self.links.values():
            if pk is not None:
                parents.setdefault(kind, set()).add(pk)
        return parents

    def _map(self, ids: set[UUID], rows: Any, column: str) -> None:
        if ids:
            self.objective_of.update(rows.filter(pk__in=ids).values_list("pk", column))

    def _look_at_objectives(self, ids: set[UUID]) -> None:
        if not ids:
            return
        seen = Case(When(sees_objective(self.viewer), then=Value(True)), default=Value(False))
        rows = Objective.everything.filter(pk__in=ids, organisation_id=self.viewer.organisation_id)
        self.objectives = dict(rows.annotate(is_seen=seen).values_list("pk", "is_seen"))
        missing = ids - set(self.objectives)
        if missing and not self.viewer.is_administrator:
            self.purged = facts_of_purged(self.viewer, missing)


def _ends(payload: Mapping[str, Any]) -> tuple[UUID, Parent] | None:
    try:
        child, parent = UUID(str(payload.get("child_id"))), UUID(str(payload.get("parent_id")))
    except ValueError:
        return None
    return child, (str(payload.get("parent_type")), parent)
