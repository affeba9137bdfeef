"""Leads to the first-run page while the installation is empty."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from people.models import Organisation

OPEN_WITHOUT = ("/welcome/", "/static/", "/healthz", "/readyz", "/api/", "/settings/theme/")


class FirstRunMiddleware:
    """One small question to the database per anonymous page, none for people who are signed in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated or request.path_info.startswith(OPEN_WITHOUT):
            return self.get_response(request)
        if not Organisation.objects.exists():
            return HttpResponseRedirect(reverse("first_run"))
        return self.get_response(request)
