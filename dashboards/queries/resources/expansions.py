"""What `?expand=` adds to objectives and key results: a bounded number of queries, whatever the page size."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from alignment.queries.link_resource import links_up
from checkins.queries.check_in_resource import latest_check_ins
from dashboards.queries.resources.key_result_resource import key_results_by_objective
from objectives.models import KeyResult
from people.models import User

OBJECTIVE_PARTS = ("key_results", "links", "check_ins")
KEY_RESULT_PARTS = ("check_ins",)
LATEST = 12
"""So many check-ins of each key result come with an expansion; the others have their own list."""


def expand_objectives(
    user: User, rows: Sequence[dict[str, Any]], parts: Collection[str], *, today: date, base_url: str
) -> None:
    """Add `key_results`, `links` and `check_ins` where asked for. Up to six queries."""
    ids = [row["id"] for row in rows]
    if "key_results" in parts:
        key_results = key_results_by_objective(ids, today=today, base_url=base_url)
        for row in rows:
            row["key_results"] = key_results[row["id"]]
    if "links" in parts:
        links = links_up(user, ids)
        for row in rows:
            row["links"] = links[row["id"]]
    if "check_ins" in parts:
        said = _check_ins_by_objective(ids)
        for row in rows:
            row["check_ins"] = said[row["id"]]


def expand_key_results(rows: Sequence[dict[str, Any]], parts: Collection[str]) -> None:
    """Add `check_ins` where asked for. One query."""
    if "check_ins" in parts:
        said = latest_check_ins([row["id"] for row in rows], LATEST)
        for row in rows:
            row["check_ins"] = said[row["id"]]


def _check_ins_by_objective(ids: Sequence[UUID]) -> dict[UUID, list[dict[str, Any]]]:
    owners = dict(
        KeyResult.objects.filter(objective_id__in=ids)
        .order_by("position", "id")
        .values_list("id", "objective_id")
    )
    found: dict[UUID, list[dict[str, Any]]] = {key: [] for key in ids}
    for key, check_ins in latest_check_ins(list(owners), LATEST).items():
        found[owners[key]] += check_ins
    return found
