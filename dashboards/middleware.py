"""Every request of a signed-in person knows the organisation's day, and stored numbers are of that day."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from checkins.services.rebuild_numbers import turn_day
from common.clock import day_in, now


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
