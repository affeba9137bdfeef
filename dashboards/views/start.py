"""Start with what matters most: the three steps after an organisation was made."""

from __future__ import annotations

import re

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from alignment.services.write_priorities import create_priority
from common import clock
from common.errors import InvalidInput, ProductError
from dashboards.queries.start import start_so_far
from people.models import User
from people.queries.find_person import find_person, suggested_people
from people.services import create_team
from people.views.access import viewer_of


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Show what is there, and add priorities or teams. For leaders and administrators."""
    viewer = viewer_of(request)
    if not viewer.is_leader:
        raise PermissionDenied("Leaders and administrators begin here.")
    typed: dict[str, str] = {}
    problems: dict[str, str] = {}
    if request.method == "POST":
        typed = {name: request.POST.get(name, "") for name in ("title", "owner", "list", "teams")}
        try:
            done = _add(request.POST.get("step", ""), typed, viewer)
        except InvalidInput as error:
            problems = {problem.field: problem.message for problem in error.problems}
        except ProductError as error:
            problems = {"title": error.message}
        else:
            messages.success(request, done)
            step = "team-names" if request.POST.get("step") == "teams" else "title"
            return redirect(f"{reverse('start')}#{step}")
    context = {
        "so_far": start_so_far(viewer),
        "typed": typed,
        "problems": problems,
        "suggested": suggested_people(viewer),
    }
    return render(request, "dashboards/start.html", context, status=422 if problems else 200)


@transaction.atomic
def _add(step: str, typed: dict[str, str], viewer: User) -> str:
    """Run one step; returns what to say. All of it or nothing."""
    at = clock.now()
    if step == "list":
        titles = [line.strip(" -*•\t") for line in typed["list"].splitlines() if line.strip(" -*•\t")]
        if not titles:
            raise InvalidInput.of("list", "required", "Write one priority per line.")
        for title in titles:
            create_priority(by=viewer, at=at, title=title)
        return f"{len(titles)} priorities written." if len(titles) > 1 else "Written."
    if step == "teams":
        names = [name.strip() for name in re.split(r"[,;\n]", typed["teams"]) if name.strip()]
        if not names:
            raise InvalidInput.of("teams", "required", "Name at least one team.")
        _make_teams(names, viewer)
        return f"{len(names)} teams are here." if len(names) > 1 else f"{names[0]} is here."
    owner = find_person(viewer, typed["owner"], field="owner")
    create_priority(by=viewer, at=at, title=typed["title"], owner=owner)
    return "Written."


def _make_teams(names: list[str], viewer: User) -> None:
    """One team per name; what is wrong with a name is said beside the field with the names."""
    at = clock.now()
    for name in names:
        try:
            create_team(by=viewer, at=at, name=name)
        except ProductError as error:
            raise InvalidInput.of("teams", error.code, error.message) from error
