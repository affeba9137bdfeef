"""The button of the top bar that leads into the past, and back."""

from __future__ import annotations

from datetime import date, timedelta

from django.http import HttpRequest

from common.past_page import is_of_today
from common.shell import AsOf

FIRST_PAGE = "/strategy/"
STALE = ("as_of", "cursor", "next", "page")
FOUR_WEEKS = timedelta(weeks=4)


def as_of_button(request: HttpRequest, today: date, cycle_starts_on: date | None) -> AsOf:
    """For a page whose reader looks at `today`, which may be over. Asks the database nothing."""
    latest: date = getattr(request, "present_day", today)
    is_past = hasattr(request, "seen_on")
    path = FIRST_PAGE if is_of_today(request.path) else request.path
    query = request.GET.copy() if path == request.path else request.GET.__class__(mutable=True)
    for name in STALE:
        query.pop(name, None)
    keeps = tuple((name, value) for name, values in query.lists() for value in values)

    def leading_to(day: str) -> str:
        there = query.copy()
        there["as_of"] = day
        return f"{path}?{there.urlencode()}"

    choices = [("Last review", leading_to("last-review"))]
    if cycle_starts_on is not None and cycle_starts_on < latest:
        choices.append(("Start of cycle", leading_to(cycle_starts_on.isoformat())))
    choices.append(("4 weeks ago", leading_to((latest - FOUR_WEEKS).isoformat())))
    written = f"{today:%a} {today.day} {today:%b}" + ("" if today.year == latest.year else f" {today.year}")
    return AsOf(
        label=f"As of {written}" if is_past else f"As of today, {written}",
        day=today,
        latest=latest,
        is_past=is_past,
        choices=tuple(choices),
        keeps=keeps,
        action=path,
        today_href=f"{path}?{query.urlencode()}" if query else path,
    )
