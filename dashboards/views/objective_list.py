"""The list of objectives: find any of them in two keystrokes, and see which ones need a talk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from dashboards.context import current_cycle, today_of
from dashboards.queries.objective_list import (
    QUIET,
    SORTS,
    VALUE_OF,
    ListFilter,
    ObjectiveRow,
    PriorityHead,
    matching_words,
    narrowed,
    objective_rows,
    priority_heads,
    status_tally,
)
from dashboards.views.list_menus import filter_menus, no_match_of, order_menus, tabs_of
from dashboards.views.row_addresses import RowAddresses
from dashboards.views.words import count_words, in_words
from objectives.rules.kinds import Status
from people.models import User

PAGE_SIZE = 250
GROUPS = {"priority": "Priority", "team": "Team", "none": "Nothing"}


@dataclass(slots=True)
class Group:
    """A head and its rows; `head` None where nothing is grouped."""

    title: str = ""
    href: str = ""
    subtitle: str = ""
    head: PriorityHead | None = None
    rows: list[dict[str, Any]] = field(default_factory=list)
    status_counts: dict[str, int] = field(default_factory=dict)

    @property
    def progress(self) -> Any:
        return self.head.progress if self.head else None

    @property
    def expected(self) -> Any:
        return self.head.expected if self.head else None

    @property
    def confidence(self) -> Any:
        return self.head.confidence if self.head else None

    @property
    def is_empty(self) -> bool:
        return not self.rows


@login_required
@require_safe
def objectives(request: HttpRequest) -> HttpResponse:
    """Objectives of a cycle, filtered and grouped by what stands in the address."""
    user = request.user
    assert isinstance(user, User)
    cycle = current_cycle(request)
    if cycle is None:
        return render(request, "dashboards/objectives_empty.html", {})
    everything = objective_rows(user, cycle.id, today=today_of(request))
    heads = priority_heads(user, cycle.id)
    only = filter_of(request.GET)
    matching = matching_words(user, cycle.id, only.q) if only.q else None
    found = narrowed(everything, only, matching)
    by = request.GET.get("group", "priority")
    by = by if by in GROUPS else "priority"
    order = request.GET.get("sort", "order")
    order = order if order in SORTS else "order"
    page = max(1, int(request.GET["page"])) if request.GET.get("page", "").isdigit() else 1
    shown = sorted(found, key=SORTS[order][1])[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    is_whole = not only.names_set
    menus = filter_menus(request.GET, everything, heads, only)
    context = {
        "lede": lede(everything, cycle.name),
        "tabs": tabs_of(request, everything, user),
        "menus": menus,
        "orders": order_menus(
            request.GET, by, GROUPS, order, {key: words for key, (words, _) in SORTS.items()}
        ),
        "kept": [(name, request.GET[name]) for name in ("group", "sort", "cycle") if name in request.GET],
        "only": only,
        "set_count": len(only.names_set),
        "groups": grouped(shown, by, heads, user, shows_empty=is_whole and page == 1),
        "group_by": by,
        "found_count": len(found),
        "all_count": len(everything),
        "pages": pages_of(request.GET, page, len(found)),
        "no_match": no_match_of(request.GET, everything, only, matching, menus)
        if not found and everything
        else None,
        "cycle": cycle,
    }
    return render(request, "dashboards/objectives.html", context)


def filter_of(query: QueryDict) -> ListFilter:
    """The filter in an address; values that mean nothing simply find nothing."""
    sets = {name: frozenset(value for value in query.getlist(name) if value) for name in VALUE_OF}
    return ListFilter(q=query.get("q", "").strip()[:200], **sets)


def lede(rows: tuple[ObjectiveRow, ...], cycle: str) -> str:
    """One sentence about all of them: how many, how they stand, how many are quiet."""
    if not rows:
        return f"None in {cycle} yet."
    tally = status_tally(rows)
    words = (
        (Status.ON_TRACK, "on track"),
        (Status.AT_RISK, "at risk"),
        (Status.OFF_TRACK, "off track"),
        (Status.ACHIEVED, "done"),
    )
    parts = ", ".join(f"{in_words(tally[status])} {word}" for status, word in words if tally[status])
    quiet = sum(row.freshness in QUIET for row in rows)
    said = f" {parts[0].upper()}{parts[1:]}." if parts else ""
    heard = f" {count_words(quiet, 'has', 'have')} gone quiet." if quiet else ""
    return f"{len(rows)} in {cycle}.{said}{heard}"


def grouped(
    rows: list[ObjectiveRow], by: str, heads: tuple[PriorityHead, ...], user: User, *, shows_empty: bool
) -> list[Group]:
    """Rows under their heads: priorities by rank, or teams in alphabetical order."""
    at = RowAddresses()
    if by == "none":
        return [Group(rows=[_printed(row, at) for row in rows])] if rows else []
    if by == "team":
        groups: dict[Any, Group] = {}
        titles_of = {head.id: head.title for head in heads}
        for row in sorted(rows, key=lambda row: (not row.team, row.team.casefold())):
            group = groups.setdefault(row.team_id, _team_group(row))
            group.rows.append(_printed(row, at, titles_of))
        return _with_counts(list(groups.values()), rows, lambda row: row.team or "No team")
    made: dict[UUID | None, Group] = {
        head.id: Group(head.title, reverse("priority", args=[head.id]), head.owner, head) for head in heads
    }
    loose = Group("Without a priority", subtitle="Not wrong by itself")
    for row in rows:
        made.get(row.priority_id, loose).rows.append(_printed(row, at))
    found = [group for group in made.values() if group.rows or shows_empty] + ([loose] if loose.rows else [])
    titles = {key: group.title for key, group in made.items()}
    counted = _with_counts(found, rows, lambda row: titles.get(row.priority_id, loose.title))
    for group in counted if shows_empty else ():
        group.status_counts = group.head.status_counts if group.head else group.status_counts
    return counted


def _with_counts(groups: list[Group], rows: list[ObjectiveRow], title_of: Any) -> list[Group]:
    for group in groups:
        group.status_counts = dict(status_tally(row for row in rows if title_of(row) == group.title))
    return groups


def _team_group(row: ObjectiveRow) -> Group:
    if row.team_id is None:
        return Group("No team")
    return Group(row.team, reverse("team", args=[row.team_id]))


def _printed(
    row: ObjectiveRow, at: RowAddresses, priorities: Mapping[UUID, str] | None = None
) -> dict[str, Any]:
    """What the line of an objective says; beside it the team, or the priority when `priorities` has their titles."""
    where, where_href = row.team, at.of("team", row.team_id) if row.team_id else ""
    if priorities is not None:
        where = priorities.get(row.priority_id, "") if row.priority_id else ""
        where_href = at.of("priority", row.priority_id) if where else ""
    return {
        "title": row.title,
        **at.of_objective(row.id),
        "is_committed": row.is_committed,
        "state": row.state,
        "where": where,
        "where_href": where_href,
        "owner": row.owner,
        "owner_label": row.owner_label,
        "progress": row.progress,
        "expected": row.expected,
        "status": row.status,
        "status_counts": row.status_counts,
        "confidence": row.confidence,
        "heard_days": row.heard_days,
        "freshness": row.freshness,
    }


def pages_of(query: QueryDict, page: int, count: int) -> dict[str, Any] | None:
    """Links to the page before and after; None when everything fits on one."""
    last = -(-count // PAGE_SIZE)
    if last <= 1:
        return None
    return {
        "page": page,
        "last": last,
        "previous": address(query, page=str(page - 1)) if page > 1 else "",
        "next": address(query, page=str(page + 1)) if page < last else "",
    }


def address(query: QueryDict, **changes: str) -> str:
    """The same page with other parameters; an empty value drops one."""
    changed = query.copy()
    for name, value in changes.items():
        if value:
            changed[name] = value
        else:
            changed.pop(name, None)
    return f"?{changed.urlencode()}"
