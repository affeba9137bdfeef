"""The list of teams, and the page of one: wins first, what changed course, our objectives, our people."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dashboards.context import current_cycle, href, today_of
from dashboards.queries.team_page import TeamPage, find_team, team_page
from dashboards.queries.team_pages import team_rows
from dashboards.views.words import count_words
from people.permissions import can_manage_members, can_manage_teams
from people.views.access import viewer_of

TABS = {"overview": "Overview", "objectives": "Objectives", "people": "People"}


@login_required
@require_safe
def teams(request: HttpRequest) -> HttpResponse:
    """All teams in order of their names, sub-teams below their parents. Nobody is ranked here."""
    user, cycle = viewer_of(request), current_cycle(request)
    rows = team_rows(user, cycle.id if cycle else None)
    lede = f"{count_words(len(rows), 'team', 'teams')}, in order of their names." if rows else ""
    context = {"rows": rows, "cycle": cycle, "lede": lede, "manage_href": ""}
    if can_manage_teams(user):
        context["manage_href"] = href("manage_teams")
    return render(request, "dashboards/teams.html", context)


@login_required
@require_safe
def team(request: HttpRequest, team_id: UUID) -> HttpResponse:
    """One team in the cycle that the reader looks at."""
    user, cycle = viewer_of(request), current_cycle(request)
    row = find_team(user, team_id)
    if row is None:
        raise Http404("There is no team at this address.")
    page = team_page(user, row, cycle.id if cycle else None, today=today_of(request))
    tab = request.GET.get("tab", "overview")
    tab = tab if tab in TABS else "overview"
    context: dict[str, Any] = {
        "page": page,
        "team": row,
        "cycle": cycle,
        "tab": tab,
        "tabs": _tabs(request, page, tab),
        "facts": _facts(page, cycle.name if cycle else ""),
        "objective_rows": [_printed(one) for one in page.objectives] if tab == "objectives" else [],
        "edit_href": href("team_edit", row.pk) if can_manage_members(user, row) else "",
        "new_href": f"{href('objective_new')}?team={row.pk}" if href("objective_new") else "",
    }
    return render(request, "dashboards/team.html", context)


def _tabs(request: HttpRequest, page: TeamPage, tab: str) -> list[dict[str, Any]]:
    counts = {"objectives": len(page.objectives), "people": len(page.members)}
    return [
        {
            "words": words,
            "href": request.path if name == "overview" else f"{request.path}?tab={name}",
            "is_current": name == tab,
            "count": counts.get(name),
        }
        for name, words in TABS.items()
    ]


def _facts(page: TeamPage, cycle: str) -> str:
    """ "9 people, 5 objectives and 14 key results in Q4 2026." """
    people = _some(len(page.members), "person", "people")
    objectives = _some(page.numbers.objective_count, "objective", "objectives")
    key_results = _some(page.key_result_count, "key result", "key results")
    where = f" in {cycle}" if cycle else ""
    return f"{people}, {objectives} and {key_results}{where}."


def _some(number: int, one: str, many: str) -> str:
    return f"{number or 'no'} {one if number == 1 else many}"


def _printed(row: Any) -> dict[str, Any]:
    """For components/objective_row.html; the team is the page, so the place of its name stays empty."""
    return {
        "title": row.title,
        "href": href("objective", row.id),
        "check_in_href": href("check_in_objective", row.id),
        "edit_href": href("objective_edit", row.id),
        "is_committed": row.is_committed,
        "where": row.state if row.state != "active" else "",
        "owner": row.owner,
        "owner_label": row.owner_label,
        "progress": row.progress,
        "expected": row.expected,
        "status": row.status if row.state in ("active", "paused", "closed") else row.state,
        "status_counts": row.status_counts,
        "confidence": row.confidence,
        "heard_days": row.heard_days,
        "freshness": row.freshness,
    }
