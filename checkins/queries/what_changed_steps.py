"""Steps of the log since a moment, sorted by the thing that they happened to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from activity.models import Event
from alignment.permissions import visible_priorities
from checkins.rules.folded_changes import Step
from objectives.models import KeyResult, Objective
from objectives.permissions import sees_objective
from people.models import User

SUBJECTS = ("priority", "objective", "key_result", "link")
SILENT = (
    "objective.reordered", "key_result.reordered", "key_result.nudged", "key_result.skipped", "priority.news_posted",
    "key_result.unskipped",
)  # fmt: skip
NOBODY: Mapping[UUID, list[Step]] = {}


@dataclass(slots=True)
class Things:
    """Steps below one objective: its own, and those of its links and key results by id."""

    own: list[Step] = field(default_factory=list)
    links: dict[UUID, list[Step]] = field(default_factory=dict)
    key_results: dict[UUID, list[Step]] = field(default_factory=dict)

    def all_steps(self) -> Iterator[Sequence[Step]]:
        yield self.own
        yield from self.links.values()
        yield from self.key_results.values()


@dataclass(slots=True)
class Told:
    """What the log tells. `ends` names the upper end of every link that was touched: type and id."""

    objectives: dict[UUID, Things] = field(default_factory=dict)
    priorities: dict[UUID, list[Step]] = field(default_factory=dict)
    ends: dict[UUID, tuple[str, UUID]] = field(default_factory=dict)

    def of(self, objective: UUID) -> Things:
        return self.objectives.get(objective) or Things()

    def link_titles(self, viewer: User, objectives: Sequence[UUID]) -> dict[UUID, str]:
        """The title of the other end of these objectives' links, where the viewer may see it. At most three queries."""
        links = {pk for one in objectives for pk in self.of(one).links}
        wanted: dict[str, set[UUID]] = {}
        for pk in links:
            if pk in self.ends:
                kind, end = self.ends[pk]
                wanted.setdefault(kind, set()).add(end)
        titles: dict[UUID, str] = {}
        if ids := wanted.get("priority"):
            titles.update(visible_priorities(viewer).filter(pk__in=ids).values_list("pk", "title"))
        if ids := wanted.get("objective"):
            rows = Objective.everything.filter(sees_objective(viewer), pk__in=ids)
            titles.update(rows.values_list("pk", "title"))
        if ids := wanted.get("key_result"):
            results = KeyResult.everything.filter(sees_objective(viewer, "objective__"), pk__in=ids)
            titles.update(results.values_list("pk", "title"))
        return {
            pk: titles[self.ends[pk][1]] for pk in links if pk in self.ends and self.ends[pk][1] in titles
        }


def told_since(viewer: User, since: datetime) -> Told:
    """Everything that the log tells the viewer since then, oldest first. One query."""
    seen = Objective.everything.filter(sees_objective(viewer), pk=OuterRef("objective_id"))
    rows = (
        Event.objects.filter(
            Q(objective_id__isnull=True) | Exists(seen),
            organisation_id=viewer.organisation_id,
            at__gt=since,
            subject_type__in=SUBJECTS,
        )
        .exclude(verb__in=SILENT)
        .order_by("at", "id")
        .values_list("at", "by__name", "verb", "subject_type", "subject_id", "objective_id", "payload")
    )
    told = Told()
    for at, by, verb, subject_type, subject_id, objective_id, payload in rows:
        step = _step(at, by or "", verb, payload or {})
        if subject_type == "priority":
            told.priorities.setdefault(subject_id, []).append(step)
        elif objective_id is not None:
            _put(told, step, subject_type, subject_id, objective_id, payload or {})
    return told


def _put(
    told: Told,
    step: Step,
    subject_type: str,
    subject_id: UUID,
    objective_id: UUID,
    payload: Mapping[str, Any],
) -> None:
    things = told.objectives.setdefault(objective_id, Things())
    if subject_type == "objective":
        things.own.append(step)
    elif subject_type == "key_result":
        things.key_results.setdefault(subject_id, []).append(step)
    else:
        things.links.setdefault(subject_id, []).append(step)
        try:
            told.ends[subject_id] = (str(payload.get("parent_type")), UUID(str(payload.get("parent_id"))))
        except ValueError:
            return


def _step(at: datetime, by: str, verb: str, payload: Mapping[str, Any]) -> Step:
    changes = payload.get("changes")
    pairs: Mapping[str, Any] = changes if isinstance(changes, dict) else {}
    reason = payload.get("reason") or ""
    for name in ("state_reason", "score_reason"):
        pair = pairs.get(name)
        if not reason and isinstance(pair, list) and len(pair) == 2:
            reason = pair[1] or ""
    return Step(at, by, verb, pairs, str(reason))
