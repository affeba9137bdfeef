"""Who comes to the pages of priorities, and to which one."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from alignment.models import StrategicPriority
from alignment.permissions import can_state_priorities, visible_priorities
from people.models import User
from people.views.access import viewer_of


def stater_of(request: HttpRequest) -> User:
    """The reader, if they may state priorities. Raises PermissionDenied."""
    viewer = viewer_of(request)
    if not can_state_priorities(viewer):
        raise PermissionDenied("Leaders and administrators state priorities.")
    return viewer


def priority_or_404(viewer: User, priority_id: UUID) -> StrategicPriority:
    """The priority, if the reader may know of it. Raises Http404."""
    row = visible_priorities(viewer).select_related("owner", "sponsor").filter(pk=priority_id).first()
    if row is None:
        raise Http404
    return row
