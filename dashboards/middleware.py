"""Every request of a signed-in person knows the organisation's day, and stored numbers are of that day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from checkins.queries.last_review import last_review_on
from checkins.services.rebuild_numbers import turn_day
from checkins.services.see_past import evening_of, seen_as_of
from common.api.problems import problem_response
from common.clock import day_in, now
from common.errors import FieldProblem
from common.past_page import is_of_today, page_of_past

API = "/api/"
EARLIEST = date(1990, 1, 1)
LAST_REVIEW = "last-review"


class TodayMiddleware:
    """Sets `request.at` (the moment), `request.today` (the organisation's day) and `request.organisation`.

    The first request of a day brings expected values and guardrails up to it; later ones cost nothing.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.at = now()  # type: ignore[attr-defined]
        user = request.user
        if user.is_authenticated:
            organisation = user.organisation
            request.organisation = organisation  # type: ignore[attr-defined]
            request.today = day_in(organisation.time_zone, request.at)  # type: ignore[attr-defined]
            if organisation.expected_on != request.today:  # type: ignore[attr-defined]
                turn_day(organisation=organisation, today=request.today, waits=False)  # type: ignore[attr-defined]
        return self.get_response(request)


class AsOfMiddleware:
    """`?as_of=2026-11-05` on a read: the same page or resource, as it was at the end of that day, to be read only.

    `as_of=last-review` leads to the day of the reader's last review. Today's day is the present.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.GET.get("as_of")
        if not given or not request.user.is_authenticated or _is_left_alone(request):
            return self.get_response(request)
        if request.method not in ("GET", "HEAD"):
            return _refusal(request, 409, "The past can be read, not changed.")
        today: date = request.today  # type: ignore[attr-defined]
        if given == LAST_REVIEW and not request.path_info.startswith(API):
            query = request.GET.copy()
            query["as_of"] = (last_review_on(request.user) or today).isoformat()
            return HttpResponseRedirect(f"{request.path}?{query.urlencode()}")
        day = _day(given)
        if day is None or not EARLIEST <= day <= today:
            return _refusal(request, 400, "as_of is a day that is over or today, such as 2026-02-23.")
        return self.get_response(request) if day == today else self._past(request, day)

    def _past(self, request: HttpRequest, day: date) -> HttpResponse:
        organisation, present = request.organisation, request.at  # type: ignore[attr-defined]
        viewer = request.user
        with seen_as_of(organisation=organisation, day=day, viewer=viewer, now=present):  # type: ignore[arg-type]
            request.seen_on = request.today = day  # type: ignore[attr-defined]
            request.present_day = day_in(organisation.time_zone, present)  # type: ignore[attr-defined]
            request.at = evening_of(organisation, day)  # type: ignore[attr-defined]
            response = self.get_response(request)
        if response.get("Content-Type", "").startswith("text/html") and not response.streaming:
            response.content = page_of_past(response.content.decode(), day).encode()
            if response.has_header("Content-Length"):
                response["Content-Length"] = str(len(response.content))
        return response


def _is_left_alone(request: HttpRequest) -> bool:
    path = request.path_info
    return not path.startswith(API) and is_of_today(path)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None


def _refusal(request: HttpRequest, status: int, text: str) -> HttpResponse:
    if request.path_info.startswith(API):
        return problem_response(status, text, errors=[FieldProblem("as_of", "invalid", text)])
    title = "That day cannot be shown" if status == 400 else "You look at the past"
    return render(request, "error.html", {"status": status, "title": title, "text": text}, status=status)
