"""The audit log, for administrators."""

from __future__ import annotations

from typing import cast
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from activity.queries.event_list import event_list
from people.models import User

SUBJECTS = (
    ("", "everything"),
    ("organisation", "organisation"),
    ("person", "people"),
    ("team", "teams"),
    ("invitation", "invitations"),
    ("token", "tokens"),
    ("cycle", "cycles"),
    ("priority", "priorities"),
    ("objective", "objectives"),
    ("key_result", "key results"),
    ("initiative", "initiatives"),
    ("link", "links"),
    ("check_in", "check-ins"),
)


@login_required
@require_GET
def audit_log(request: HttpRequest) -> HttpResponse:
    """Newest first; `?about=` one kind of thing, `?before=` goes on from an event."""
    viewer = cast(User, request.user)
    if not viewer.is_administrator:
        raise PermissionDenied("Administrators look after this. Ask one of them.")
    about = request.GET.get("about", "")
    about = about if about in dict(SUBJECTS) else ""
    try:
        before = UUID(request.GET.get("before", ""))
    except ValueError:
        before = None
    context = {
        "page": event_list(viewer, subject_type=about, before=before),
        "about": about,
        "subjects": SUBJECTS,
        "is_first": before is None,
        "shelf": "audit_log",
    }
    return render(request, "activity/audit_log.html", context)
