"""Search across everything that the viewer may see."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from dashboards.queries.search import search as find
from people.views.access import viewer_of


@login_required
@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """`?q=` words; an empty search shows the field alone."""
    words = request.GET.get("q", "")
    context = {"q": words, "found": find(viewer_of(request), words)}
    return render(request, "dashboards/search.html", context)
