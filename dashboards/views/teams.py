"""The list of teams, and the page of one: wins first, what changed course, our objectives, our people."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dashboards.context import current_cycle, href, today_of
from dashboards.queries.team_head import TeamHead, find_team_head
from dashboards.queries.team_page import TeamPage, team_page
from dashboards.queries.team_pages import team_rows
from dashboards.views.review import history_tab, review_tab
from dashboards.views.team_frame import PEOPLE, TABS, team_frame
from dashboards.views.words import count_words
from people.permissions import can_manage_teams
from people.views.access import viewer_of


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
    head = find_team_head(viewer_of(request), team_id)
    if head is None:
        raise Http404("There is no team at this address.")
    match request.GET.get("tab", "overview"):
        case "review":
            return review_tab(request, head)
        case "history":
            return history_tab(request, head)
        case tab:
            return _read_only_tab(request, head, tab if tab in TABS | PEOPLE else "overview")


def _read_only_tab(request: HttpRequest, head: TeamHead, tab: str) -> HttpResponse:
    cycle, row = current_cycle(request), head.team
    page = team_page(viewer_of(request), row, cycle.id if cycle else None, today=today_of(request))
    context: dict[str, Any] = {
        **team_frame(
            request, head, tab, names=[one.name for one in page.members],
            facts=_facts(page, cycle.name if cycle else ""),
        ),
        "page": page,
        "cycle": cycle,
        "objective_rows": [_printed(one) for one in page.objectives] if tab == "objectives" else [],
        "new_href": f"{href('objective_new')}?team={row.pk}" if href("objective_new") else "",
    }  # fmt: skip
    return render(request, "dashboards/team.html", context)


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
