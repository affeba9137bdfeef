"""The whole alignment graph of a cycle in one document."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from alignment.models import PriorityProgress
from alignment.permissions import visible_links, visible_priorities
from alignment.queries.link_resource import FIELDS as LINK_FIELDS
from alignment.queries.link_resource import link_row
from alignment.rules.kinds import PriorityState
from common.plain import plain_number
from dashboards.queries.gaps import GAP_STATES, leading_to
from dashboards.queries.resources.key_result_resource import OPEN
from dashboards.queries.resources.objective_resource import SPOKEN_OF
from objectives.models import Cycle, KeyResult
from objectives.permissions import visible_objectives
from objectives.queries.cycle_resource import FIELDS as CYCLE_FIELDS
from objectives.queries.cycle_resource import cycle_row
from objectives.queries.cycles_around import cycles_around
from objectives.queries.plain_rows import named, plain_counts, plain_freshness
from objectives.rules.kinds import Visibility
from people.models import User

OBJECTIVE_FIELDS = (
    "id",
    "title",
    "kind",
    "state",
    "visibility",
    "cycle_id",
    "team_id",
    "team__name",
    "owner_id",
    "owner__name",
    "keeps_us_running",
    "progress",
    "expected",
    "status",
    "status_counts",
    "confidence_mean",
    "key_result_count",
    "fresh_until",
    "due_until",
    "stale_until",
)
KEY_RESULT_FIELDS = (
    "id",
    "objective_id",
    "objective__state",
    "title",
    "kind",
    "state",
    "unit",
    "current_value",
    "weight",
    "owner_id",
    "owner__name",
    "progress",
    "expected",
    "status",
    "confidence",
    "fresh_until",
    "due_until",
    "stale_until",
)


def tree_of(user: User, cycle: Cycle, *, today: date) -> dict[str, Any]:
    """Everything of a cycle (and the cycles inside it) that the caller may see, and what it leads to elsewhere.

    Nine queries, whatever the size. `unaligned_objective_ids` are open objectives that lead to no priority and
    do not say that they keep us running; `empty_priority_ids` are active priorities that nothing contributes to.
    """
    links = [link_row(row) for row in visible_links(user).order_by("created_at", "id").values(*LINK_FIELDS)]
    objectives = _objectives(user, cycle, links)
    key_results = _key_results(objectives, today)
    there = set(objectives) | {row["id"] for row in key_results}
    priorities = _priorities(user, cycle)
    there |= {row["id"] for row in priorities}
    linked = leading_to(cycle.organisation_id)
    return {
        "cycle": _cycle(cycle, today),
        "priorities": priorities,
        "objectives": [_objective_row(row, today) for row in objectives.values()],
        "key_results": key_results,
        "links": [link for link in links if link["child_id"] in objectives and link["parent_id"] in there],
        "unaligned_objective_ids": [
            key for key, row in objectives.items() if _is_gap(row) and key not in linked
        ],
        "empty_priority_ids": [
            row["id"]
            for row in priorities
            if row["state"] == PriorityState.ACTIVE and row["objective_count"] == 0
        ],
    }


def _cycle(cycle: Cycle, today: date) -> dict[str, Any]:
    return cycle_row({name: getattr(cycle, name) for name in CYCLE_FIELDS}, today)


def _objectives(
    user: User, cycle: Cycle, links: Iterable[Mapping[str, Any]]
) -> dict[UUID, Mapping[str, Any]]:
    """Objectives of the cycle and the cycles inside it, then those elsewhere that they lead to."""
    around = cycles_around(cycle.organisation_id)
    inside = [inner for inner, outer in around.items() if cycle.pk in outer]
    seen = visible_objectives(user).order_by("position", "id")
    found = {row["id"]: row for row in seen.filter(cycle_id__in=inside).values(*OBJECTIVE_FIELDS)}
    above = _above(found, links)
    if above:
        found |= {row["id"]: row for row in seen.filter(pk__in=above).values(*OBJECTIVE_FIELDS)}
    return found


def _above(found: Mapping[UUID, Any], links: Iterable[Mapping[str, Any]]) -> set[UUID]:
    """Ids of objectives above those found that are not found themselves."""
    rows = list(links)
    through = {row["parent_id"] for row in rows if row["parent_type"] == "key_result"}
    home = dict(KeyResult.objects.filter(pk__in=through).values_list("id", "objective_id")) if through else {}
    parents: dict[UUID, list[UUID]] = {}
    for row in rows:
        if row["parent_type"] != "priority":
            parents.setdefault(row["child_id"], []).append(home.get(row["parent_id"], row["parent_id"]))
    waiting, above = list(found), set[UUID]()
    while waiting:
        for parent in parents.get(waiting.pop(), ()):
            if parent not in found and parent not in above:
                above.add(parent)
                waiting.append(parent)
    return above


def _is_gap(row: Mapping[str, Any]) -> bool:
    is_open = row["state"] in GAP_STATES and row["visibility"] == Visibility.ORGANISATION
    return is_open and not row["keeps_us_running"]


def _objective_row(row: Mapping[str, Any], today: date) -> dict[str, Any]:
    return {
        "id": row["id"],
        "title": row["title"],
        "kind": row["kind"],
        "state": row["state"],
        "cycle_id": row["cycle_id"],
        "team": named(row["team_id"], row["team__name"]),
        "owner": named(row["owner_id"], row["owner__name"]),
        "progress": plain_number(row["progress"]),
        "expected": plain_number(row["expected"]),
        "status": row["status"],
        "status_counts": plain_counts(row["status_counts"]),
        "freshness": plain_freshness(row, today) if row["state"] in SPOKEN_OF else None,
        "confidence_mean": plain_number(row["confidence_mean"]),
        "key_result_count": row["key_result_count"],
    }


def _key_results(objectives: Iterable[UUID], today: date) -> list[dict[str, Any]]:
    """Key results of objectives that the caller may see already. One query."""
    rows = KeyResult.objects.filter(objective_id__in=list(objectives)).order_by(
        "objective_id", "position", "id"
    )
    return [
        {
            "id": row["id"],
            "objective_id": row["objective_id"],
            "title": row["title"],
            "kind": row["kind"],
            "state": row["state"],
            "unit": row["unit"] or None,
            "current_value": plain_number(row["current_value"]),
            "weight": plain_number(row["weight"]),
            "owner": named(row["owner_id"], row["owner__name"]),
            "progress": plain_number(row["progress"]),
            "expected": plain_number(row["expected"]),
            "status": row["status"],
            "freshness": _freshness(row, today),
            "confidence": row["confidence"],
        }
        for row in rows.values(*KEY_RESULT_FIELDS)
    ]


def _freshness(row: Mapping[str, Any], today: date) -> str | None:
    is_open = row["state"] in OPEN and row["objective__state"] in SPOKEN_OF
    return plain_freshness(row, today) if is_open else None


def _priorities(user: User, cycle: Cycle) -> list[dict[str, Any]]:
    """Priorities that are not retired, with their standing in the cycle. Two queries."""
    rows = list(
        visible_priorities(user)
        .exclude(state=PriorityState.RETIRED)
        .order_by("rank", "id")
        .values("id", "title", "state", "rank", "owner_id", "owner__name")
    )
    stored = PriorityProgress.objects.filter(priority_id__in=[row["id"] for row in rows], cycle_id=cycle.pk)
    standings = {row.priority_id: row for row in stored}
    return [_priority_row(row, standings.get(row["id"]) or PriorityProgress()) for row in rows]


def _priority_row(row: Mapping[str, Any], standing: PriorityProgress) -> dict[str, Any]:
    return {
        "id": row["id"],
        "title": row["title"],
        "state": row["state"],
        "rank": row["rank"],
        "owner": named(row["owner_id"], row["owner__name"]),
        "progress": plain_number(standing.progress),
        "expected": plain_number(standing.expected),
        "status_counts": plain_counts(standing.status_counts),
        "confidence_mean": plain_number(standing.confidence_mean),
        "objective_count": standing.objective_count,
        "key_result_count": standing.key_result_count,
    }
