"""Messages that did not arrive, for administrators."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from common import clock
from notices.queries.dead_deliveries import dead_deliveries as read_dead
from notices.rules.kind_words import KIND_WORDS
from notices.rules.kinds import NoticeKind
from notices.services.retry_delivery import retry_delivery
from people.views.access import administrators_only, viewer_of


@administrators_only
@never_cache
@require_GET
def dead_deliveries(request: HttpRequest) -> HttpResponse:
    """The list, the latest first."""
    rows = [
        (row, KIND_WORDS[NoticeKind(row.about)] if row.about else "The message of a day")
        for row in read_dead(viewer_of(request))
    ]
    return render(request, "notices/dead_deliveries.html", {"rows": rows, "shelf": "dead_deliveries"})


@administrators_only
@require_POST
def delivery_retry(request: HttpRequest, delivery_id: UUID) -> HttpResponse:
    """Try one again."""
    if not retry_delivery(delivery_id=delivery_id, by=viewer_of(request), at=clock.now()):
        raise Http404("There is no such message.")
    messages.success(request, "It is tried again now.")
    return redirect("dead_deliveries")
