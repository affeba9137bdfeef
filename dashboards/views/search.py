"""Search across everything that the viewer may see."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_GET

from dashboards.queries.search import search as find
from people.views.access import viewer_of


@login_required
@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """`?q=` words; an empty search shows the field alone. The search dialog asks for the first hits only."""
    words = request.GET.get("q", "")
    context = {"q": words, "found": find(viewer_of(request), words)}
    is_dialog = request.headers.get("HX-Request") == "true"
    answer = render(
        request, "dashboards/search_hits.html" if is_dialog else "dashboards/search.html", context
    )
    patch_vary_headers(answer, ("HX-Request",))
    return answer
