"""The second tab of Alignment: the map, a page for the browser to draw on and the graph that it draws."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from common.api.rendering import resource_response
from common.templatetags.outline import NOBODY
from common.templatetags.words import shape_of, word_of
from dashboards.context import current_cycle, today_of
from dashboards.queries.map_graph import MapGraph, map_graph
from people.views.access import viewer_of

NO_GRAPH: dict[str, Any] = {
    "cycle": "", "cycles": [], "teams": [], "people": [], "statuses": [], "priorities": [], "objectives": [],
    "key_results": [], "edges": [], "has_all_key_results": True,
}  # fmt: skip


@login_required
@require_safe
def alignment_map(request: HttpRequest) -> HttpResponse:
    """The page. What it shows stands in its address: cycle, focus, closed, lanes, key_results, team, owner, status, q."""
    row = current_cycle(request)
    if row is None:
        return render(request, "dashboards/objectives_empty.html", {})
    context = {
        "cycle": row,
        "addresses": {name: reverse(name, args=[NOBODY]) for name in ("priority", "objective", "key_result")},
        "outline_at": f"{reverse('alignment')}?cycle={row.id}",
        "legend": ("on_track", "at_risk", "off_track", "no_data"),
    }
    return render(request, "dashboards/map/page.html", context)


@login_required
@require_safe
def alignment_map_graph(request: HttpRequest) -> HttpResponse:
    """The graph of the cycle as compact JSON, 304 where the browser has it; `?key_results_of=` an objective."""
    row = current_cycle(request)
    content = NO_GRAPH
    if row is not None:
        graph = map_graph(
            viewer_of(request), row.id, today=today_of(request), key_results_of=_wanted(request)
        )
        content = compact(graph)
    headers = {"Cache-Control": "private, no-cache", "Vary": "Cookie"}
    return resource_response(request, content, headers=headers)


def _wanted(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.GET.get("key_results_of", ""))
    except ValueError:
        return None


class _Places:
    """Every word once; rows name its place."""

    def __init__(self) -> None:
        self.words: list[Any] = []
        self._place: dict[Any, int] = {}

    def of(self, word: Any) -> int:
        if word not in self._place:
            self._place[word] = len(self.words)
            self.words.append(word)
        return self._place[word]


def compact(graph: MapGraph) -> dict[str, Any]:
    """Rows as arrays, in the order that static/js/map/model.js reads them; links name rows by their place."""
    cycles, teams, people, statuses = _Places(), _Places(), _Places(), _Places()
    cycles.of("")
    place = {("priority", str(row.id)): n for n, row in enumerate(graph.priorities)}
    place |= {("objective", row.id): n for n, row in enumerate(graph.objectives)}
    place |= {("key_result", row.id): n for n, row in enumerate(graph.key_results)}
    return {
        "cycle": graph.cycle,
        "has_all_key_results": graph.has_all_key_results,
        "priorities": [
            [str(row.id), row.title, row.owner, _ratio(row.progress), _ratio(row.expected), _shapes(row.status_counts)]
            for row in graph.priorities
        ],
        "objectives": [
            [
                row.id, row.title, statuses.of(row.status), teams.of(row.team),
                people.of((row.owner_id, row.owner)), _ratio(row.progress), _ratio(row.expected), row.heard_days,
                int(row.is_quiet), cycles.of(row.cycle), row.key_result_count, int(row.may_link),
            ]
            for row in graph.objectives
        ],
        "key_results": [
            [
                row.id, place["objective", row.objective], row.title, statuses.of(row.status), _ratio(row.progress),
                _ratio(row.expected), _ratio(row.share), row.current, row.target, row.unit,
            ]
            for row in graph.key_results
        ],
        "edges": [
            [
                row.id, place["objective", row.child] if row.child else -1, row.parent_type,
                place[row.parent_type, row.parent], row.kind, row.state, _ratio(row.share),
                f"{row.on.day} {row.on:%b}" if row.on else "",
            ]
            for row in graph.edges
        ],
        "cycles": cycles.words,
        "teams": teams.words,
        "people": people.words,
        "statuses": [[one, shape_of(one), word_of(one)] for one in statuses.words],
    }  # fmt: skip


def _ratio(value: Any) -> float | None:
    return None if value is None else round(float(value), 4)


def _shapes(counts: dict[str, int]) -> dict[str, int]:
    """How many have each shape: priorities show counts, never one status."""
    found: dict[str, int] = {}
    for status, count in counts.items():
        found[shape_of(status)] = found.get(shape_of(status), 0) + count
    return found
