"""The inbox: what you were told, and where it leads."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from common import clock
from notices.queries.inbox import inbox as read_inbox
from notices.queries.inbox import lines_of, shown_notices
from notices.services.see_notices import see_notices
from people.views.access import viewer_of


@login_required
@never_cache
@require_GET
def inbox(request: HttpRequest) -> HttpResponse:
    """Notices by day, newest first, a page at a time."""
    user, at = viewer_of(request), clock.now()
    page = read_inbox(user, at=at, after=_key(request.GET.get("after", "")))
    today = clock.day_in(user.time_zone or user.organisation.time_zone, at)
    return render(request, "notices/inbox.html", {"inbox": page, "today": today})


@login_required
@never_cache
@require_GET
def inbox_open(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """Go to what a notice tells; it is seen by that, and left out of the mail."""
    user, at = viewer_of(request), clock.now()
    notice = get_object_or_404(shown_notices(user, at=at), pk=notice_id)
    line = lines_of([notice], user, at).get(notice.pk)
    see_notices(by=user, at=at, ids=[notice.pk])
    if line is None:
        messages.info(request, "This is no longer there for you.")
        return redirect("inbox")
    is_here = url_has_allowed_host_and_scheme(line.href, {request.get_host()})
    return redirect(line.href if line.href and is_here else "inbox")


@login_required
@require_POST
def inbox_seen(request: HttpRequest) -> HttpResponse:
    """Mark everything as read."""
    see_notices(by=viewer_of(request), at=clock.now())
    return redirect("inbox")


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
