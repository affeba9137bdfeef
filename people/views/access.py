"""Who may open a page at all, and how ids in addresses become rows."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, cast
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from people.models import Team, User
from people.permissions import visible_people, visible_teams

View = Callable[..., HttpResponse]


def administrators_only(view: View) -> View:
    """Anonymous: to the sign-in page. Signed in without the role: 403 with a sentence."""

    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not viewer_of(request).is_administrator:
            raise PermissionDenied("Administrators look after this. Ask one of them.")
        return view(request, *args, **kwargs)

    return guarded


def viewer_of(request: HttpRequest) -> User:
    """The person who is signed in; for views behind `login_required`."""
    return cast(User, request.user)


def person_or_404(viewer: User, person_id: UUID) -> User:
    return get_object_or_404(visible_people(viewer), pk=person_id)


def team_or_404(viewer: User, team_id: UUID) -> Team:
    return get_object_or_404(visible_teams(viewer).select_related("parent", "lead"), pk=team_id)
