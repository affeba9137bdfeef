"""What changed since the last review, last week or a day: the page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import formats, timezone
from django.views.decorators.http import require_safe

from alignment.permissions import visible_priorities
from checkins.queries.changed_since import Since, SinceKind, changed_since
from checkins.queries.what_changed import what_changed
from common import clock
from dashboards.context import today_of
from dashboards.views.what_changed_words import printed
from dashboards.views.words import count_words
from people.models import User
from people.permissions import visible_teams
from people.views.access import viewer_of

EARLIEST = date(1970, 1, 2)


@dataclass(frozen=True, slots=True)
class Option:
    """One entry of a menu of the form."""

    value: str
    words: str
    is_chosen: bool


@login_required
@require_safe
def changes(request: HttpRequest) -> HttpResponse:
    """`?since=` last_review, week or day with `?on=` the day; `?team=` and `?priority=` narrow; `?after=` goes on.

    What is unknown means the default.
    """
    user, today = viewer_of(request), today_of(request)
    teams = list(visible_teams(user).order_by("name", "pk").values_list("pk", "name", "archived_at"))
    priorities = list(visible_priorities(user).order_by("rank", "pk").values_list("pk", "title"))
    team = _known(request.GET.get("team"), {pk for pk, _, _ in teams})
    priority = _known(request.GET.get("priority"), {pk for pk, _ in priorities})
    asked, on = _asked(request, today)
    since = changed_since(user, on if asked == SinceKind.DAY else asked, at=clock.now(), team_id=team)
    found = what_changed(
        user,
        since=since.at,
        team_ids=None if team is None else [team],
        priority_id=priority,
        after=_id(request.GET.get("after")),
    )
    chosen = {"since": asked.value, "on": on.isoformat(), "team": team or "", "priority": priority or ""}
    return render(
        request,
        "dashboards/what_changed.html",
        {
            "sections": printed(found),
            "lede": _lede(user, since, found.objective_count),
            "since": asked.value,
            "on": on,
            "today": today,
            "teams": [
                Option(str(pk), name, pk == team) for pk, name, gone in teams if not gone or pk == team
            ],
            "priorities": [Option(str(pk), title, pk == priority) for pk, title in priorities],
            "is_narrowed": team is not None or priority is not None,
            "is_first": "after" not in request.GET,
            "whole_href": f"{reverse('what_changed')}?{urlencode({'since': asked.value, 'on': on.isoformat()})}",
            "next_href": f"{reverse('what_changed')}?{urlencode({**chosen, 'after': found.next_after})}"
            if found.next_after
            else "",
        },
    )


def _asked(request: HttpRequest, today: date) -> tuple[SinceKind, date]:
    """What is asked for, and the day in the field of the form."""
    try:
        on = date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        on = today - timedelta(days=14)
    on = min(max(on, EARLIEST), today)
    text = request.GET.get("since", "")
    return (SinceKind(text) if text in list(SinceKind) else SinceKind.LAST_REVIEW), on


def _lede(user: User, since: Since, count: int) -> str:
    """ "Four objectives changed since the last review on Thu 5 Nov." """
    what = count_words(count, "objective", "objectives") if count else "Nothing"
    day = formats.date_format(timezone.localtime(since.at), "D j M")
    if since.kind == SinceKind.LAST_REVIEW and since.is_found:
        return f"{what} changed since the last review on {day}."
    if since.kind == SinceKind.LAST_REVIEW:
        return f"{what} changed in the last seven days. No review was held yet."
    if since.kind == SinceKind.WEEK:
        return f"{what} changed in the last seven days."
    return f"{what} changed since {day}."


def _id(text: str | None) -> UUID | None:
    try:
        return UUID(text or "")
    except ValueError:
        return None


def _known(text: str | None, ids: set[UUID]) -> UUID | None:
    found = _id(text)
    return found if found in ids else None
