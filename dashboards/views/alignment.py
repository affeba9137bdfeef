"""The alignment page: the outline of what leads where, with the gaps beside it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from common.templatetags.outline import NOBODY, opening
from dashboards.context import current_cycle, today_of
from dashboards.queries.gaps import GapRows, gap_rows, leading_to
from dashboards.queries.objective_list import QUIET, ObjectiveRow, objective_rows, priority_heads
from dashboards.queries.outline import OutlineGroup, outline
from dashboards.queries.outline_links import outline_links
from dashboards.views.words import count_words
from objectives.models import Cycle
from people.models import User

MOST_OPEN = 200
MOST_ROWS = 600


@login_required
@require_safe
def alignment(request: HttpRequest) -> HttpResponse:
    """Everything of a cycle, or only one kind of gap (`?gap=`); `?open=` names the objectives shown open, or "all"."""
    user = request.user
    assert isinstance(user, User)
    row = current_cycle(request)
    if row is None:
        return render(request, "dashboards/objectives_empty.html", {})
    today = today_of(request)
    cycle = Cycle(pk=row.id, organisation_id=user.organisation_id, name=row.name)
    leads = leading_to(user.organisation_id)
    everything = objective_rows(user, cycle.pk, today=today, leads=leads)
    heads = priority_heads(user, cycle.pk)
    gaps = gap_rows(user, cycle, leads=leads)
    opened = opened_of(request, everything)
    groups = outline(user, everything, heads, cycle_id=cycle.pk, today=today, opened=opened)
    gap = request.GET.get("gap", "")
    shown = kept_by(gap, groups, gaps)
    context = {
        "groups": limited(shown),
        "is_cut": sum(len(group.rows) for group in shown) > MOST_ROWS,
        "gap": gap,
        "gaps": gap_links(request, groups, gaps, everything),
        "lede": lede(len(heads), everything, gaps),
        "opened": opened,
        "links": outline_links(user, opened),
        "all_open": bool(everything) and len(opened) >= min(len(everything), MOST_OPEN),
        "query": request.GET,
        "opening_at": opening(request.GET, NOBODY),
        "objective_at": reverse("objective", args=[NOBODY]),
        "cycle": cycle,
        "may_belong": may_belong(groups, gaps),
    }
    return render(request, "dashboards/alignment.html", context)


def opened_of(request: HttpRequest, rows: tuple[ObjectiveRow, ...]) -> list[UUID]:
    """Objectives that the address shows open; unknown ids are left out, and at most 200 are shown."""
    wanted = request.GET.getlist("open")
    if "all" in wanted:
        return [row.id for row in rows[:MOST_OPEN]]
    known = {str(row.id): row.id for row in rows}
    return [known[value] for value in dict.fromkeys(wanted) if value in known][:MOST_OPEN]


def kept_by(gap: str, groups: tuple[OutlineGroup, ...], gaps: GapRows) -> tuple[OutlineGroup, ...]:
    """The groups that a gap in the rail keeps; everything for "" and for words that mean nothing."""
    ids: dict[str, set[UUID]] = {
        "no_priority": {row.id for row in gaps.without_priority},
        "no_key_results": {row.id for row in gaps.without_key_results},
        "no_owner": {row.id for row in gaps.without_owner},
        "quiet": {
            row.objective.id for group in groups for row in group.rows if row.objective.freshness in QUIET
        },
    }
    if gap == "empty":
        return tuple(group for group in groups if group.head and not group.rows)
    if gap not in ids:
        return groups
    kept = []
    for group in groups:
        rows = tuple(row for row in group.rows if row.objective.id in ids[gap])
        if rows:
            kept.append(OutlineGroup(group.head, group.change, rows))
    return tuple(kept)


def limited(groups: tuple[OutlineGroup, ...]) -> list[OutlineGroup]:
    """At most 600 objectives on one page, in reading order."""
    left, found = MOST_ROWS, []
    for group in groups:
        found.append(OutlineGroup(group.head, group.change, group.rows[:left]))
        left = max(0, left - len(group.rows))
    return found


def gap_links(
    request: HttpRequest, groups: tuple[OutlineGroup, ...], gaps: GapRows, rows: tuple[ObjectiveRow, ...]
) -> list[dict[str, Any]]:
    """The rail: every kind of gap with its count, zero in grey."""
    empty = sum(1 for group in groups if group.head and not group.rows)
    quiet = sum(row.freshness in QUIET for row in rows)
    kinds: list[tuple[str, str, int | None]] = [
        ("", "Everything", None),
        ("empty", "Priority without objectives", empty),
        ("no_priority", "Objective without a priority", len(gaps.without_priority)),
        ("no_key_results", "Without key results", len(gaps.without_key_results)),
        ("no_owner", "No owner", len(gaps.without_owner)),
        ("quiet", "Gone quiet", quiet),
    ]
    current = request.GET.get("gap", "")
    found = []
    for key, words, count in kinds:
        query = request.GET.copy()
        query.pop("gap", None)
        if key:
            query["gap"] = key
        href = f"?{query.urlencode()}" if query else request.path
        found.append({"words": words, "count": count, "href": href, "is_current": key == current})
    return found


def lede(priority_count: int, rows: tuple[ObjectiveRow, ...], gaps: GapRows) -> str:
    """How much there is, and how much of it leads to a priority."""
    priorities = count_words(priority_count, "priority", "priorities")
    objectives = f"{len(rows) or 'no'} objective{'s' if len(rows) != 1 else ''}"
    if not gaps.objective_count:
        return f"{priorities}, {objectives}{', none of them open' if rows else ''}."
    return f"{priorities}, {objectives}. {gaps.aligned_count} of {gaps.objective_count} open ones lead to a priority."


def may_belong(groups: tuple[OutlineGroup, ...], gaps: GapRows) -> dict[str, Any] | None:
    """An objective without a priority beside a priority without objectives: worth a question."""
    empty = next((group.head for group in groups if group.head and not group.rows), None)
    loose = next(iter(gaps.without_priority), None)
    return {"objective": loose, "priority": empty} if empty and loose else None
