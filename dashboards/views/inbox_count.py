"""The bell of the top bar, asked again by open pages once a minute."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, require_safe

from common import clock
from dashboards.queries.unseen import unseen_count
from people.views.access import viewer_of


def _etag(request: HttpRequest) -> str:
    user = viewer_of(request)
    count = unseen_count(user, at=clock.now())
    request.unseen_count = count  # type: ignore[attr-defined]
    return f'"{user.pk.hex}-{count}"'


@login_required
@require_safe
@cache_control(private=True, no_cache=True)
@condition(etag_func=_etag)
def inbox_count(request: HttpRequest) -> HttpResponse:
    """The bell with its number; 304 while the number is the same."""
    return render(request, "components/bell.html", {"unseen_count": request.unseen_count})  # type: ignore[attr-defined]
