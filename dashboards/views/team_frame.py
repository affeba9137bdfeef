"""The head of every page of a team: its tabs, its buttons, and the sentence below its name."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from checkins.permissions import can_review
from dashboards.context import href
from dashboards.queries.team_head import TeamHead, meets_words
from people.permissions import can_manage_members
from people.views.access import viewer_of

TABS = {"overview": "Overview", "review": "Weekly review", "objectives": "Objectives", "history": "History"}
PEOPLE = {"people": "People"}
"""Reached from the overview; it stands among the tabs while it is open."""
MOST_FACES = 4


def team_frame(
    request: HttpRequest, head: TeamHead, tab: str, *, names: list[str], facts: str
) -> dict[str, Any]:
    """What templates/dashboards/team/head.html needs; `facts` are whole sentences."""
    user, team = viewer_of(request), head.team
    address = reverse("team", args=[team.pk])
    running = head.running
    running_words = ""
    if running is not None:
        gone, whole = running.minutes_gone(request.at), user.organisation.review_minutes  # type: ignore[attr-defined]
        running_words = f"running, {gone} of {whole} min"
    return {
        "team": team,
        "tab": tab,
        "tabs": [
            {
                "words": words,
                "href": address if name == "overview" else f"{address}?tab={name}",
                "is_current": name == tab,
                "tag": running_words if name == "review" else "",
            }
            for name, words in (TABS | (PEOPLE if tab == "people" else {})).items()
        ],
        "faces": names[:MOST_FACES],
        "more_faces": max(0, len(names) - MOST_FACES),
        "facts": f"{facts} {meets_words(team, user)}",
        "running": running,
        "is_review": tab == "review",
        "can_review": can_review(user, team) and team.archived_at is None,
        "review_href": f"{address}?tab=review",
        "present_href": f"{address}?tab=review&present=1",
        "start_href": href("review_start", team.pk),
        "end_href": href("review_end", team.pk),
        "edit_href": href("team_edit", team.pk) if can_manage_members(user, team) else "",
    }


def people_words(count: int) -> str:
    """ "9 people in this team"."""
    return f"{count or 'no'} {'person' if count == 1 else 'people'} in this team"
