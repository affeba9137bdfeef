"""Names to offer while somebody types @ in a text."""

from __future__ import annotations

from dataclasses import asdict

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from dashboards.queries.mention_choices import mention_choices
from dashboards.views.words_page import place_or_404
from people.views.access import viewer_of


@login_required
@require_safe
@cache_control(private=True, max_age=30)
def mentions(request: HttpRequest) -> JsonResponse:
    """People who may read what the address names (`objective=`, `check_in=` …), by `q`; `plain=1` never names ids."""
    place = place_or_404(request)
    found = mention_choices(
        viewer_of(request),
        place.objective,
        request.GET.get("q", ""),
        is_plain=request.GET.get("plain") == "1",
    )
    return JsonResponse({"people": [asdict(one) for one in found]})
