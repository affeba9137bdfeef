"""Time zone, dates and numbers as the person who is signed in reads them."""

from __future__ import annotations

from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation

from common import clock
from people.services import note_visit


class LocaleMiddleware:
    """For people in a browser; requests without a session stay in UTC. Also remembers when they were last here."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        person = request.user
        if not person.is_authenticated:
            return self.get_response(request)
        organisation = person.organisation
        note_visit(by=person, at=clock.now())
        zone = ZoneInfo(person.time_zone or organisation.time_zone)
        with timezone.override(zone), translation.override(person.locale or organisation.locale):
            return self.get_response(request)
