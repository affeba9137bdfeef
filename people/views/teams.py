"""Managing teams and who is in them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from common import clock
from common.errors import InvalidInput, ProductError
from people.forms import TeamForm, TeamRhythmForm
from people.models import Team, User
from people.permissions import can_manage_members, can_manage_teams, visible_teams
from people.queries.find_person import find_person, suggested_people
from people.queries.team_list import team_list
from people.queries.team_members import team_members
from people.services import (
    archive_team,
    change_members,
    create_team,
    edit_team,
    restore_team,
    set_team_rhythm,
)
from people.views.access import administrators_only, person_or_404, team_or_404, viewer_of


@login_required
@require_GET
def manage_teams(request: HttpRequest) -> HttpResponse:
    """Every team for administrators; leads see the ones they lead."""
    viewer = viewer_of(request)
    is_administrator = can_manage_teams(viewer)
    rows = team_list(viewer)
    if not is_administrator:
        rows = tuple(row for row in rows if row.lead_id == viewer.pk)
        if not rows:
            raise PermissionDenied("Administrators and the leads of teams look after this.")
    context = {
        "rows": rows,
        "archived": team_list(viewer, archived=True) if is_administrator else (),
        "is_administrator": is_administrator,
        "shelf": "teams",
    }
    return render(request, "people/manage_teams.html", context)


@administrators_only
@require_http_methods(["GET", "HEAD", "POST"])
def team_new(request: HttpRequest) -> HttpResponse:
    """Make a team."""
    viewer = viewer_of(request)
    form = TeamForm(request.POST or None, viewer=viewer, initial={"parent": request.GET.get("parent", "")})
    if request.method == "POST" and form.is_valid():
        try:
            team = create_team(by=viewer, at=clock.now(), **_values(form, viewer))
        except ProductError as error:
            form.refuse(error)
        else:
            messages.success(request, f"{team.name} is here. Who is in it?")
            return redirect("team_edit", team.pk)
    context = {"form": form, "suggested": suggested_people(viewer), "shelf": "teams"}
    return render(request, "people/team_new.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def team_edit(request: HttpRequest, team_id: UUID) -> HttpResponse:
    """A team and its members. Its lead changes the members only."""
    viewer = viewer_of(request)
    team = team_or_404(viewer, team_id)
    if not can_manage_members(viewer, team):
        raise PermissionDenied("Administrators and the lead of the team look after this.")
    if request.method == "POST" and not can_manage_teams(viewer):
        raise PermissionDenied("Administrators look after this. Ask one of them.")
    form = TeamForm(request.POST or None, viewer=viewer, team=team, initial=_initial(team))
    if request.method == "POST" and form.is_valid():
        try:
            edit_team(team=team, by=viewer, at=clock.now(), **_values(form, viewer))
        except ProductError as error:
            form.refuse(error)
        else:
            messages.success(request, "Saved.")
            return redirect("team_edit", team.pk)
    return _team_page(request, team, form)


@login_required
@require_POST
def team_members_change(request: HttpRequest, team_id: UUID) -> HttpResponse:
    """Add somebody by name or address, or take somebody out."""
    viewer = viewer_of(request)
    team = team_or_404(viewer, team_id)
    words = request.POST.get("person", "")
    try:
        if request.POST.get("remove"):
            person = person_or_404(viewer, _key(request.POST["remove"]))
            change_members(team=team, by=viewer, at=clock.now(), remove=[person])
            messages.success(request, f"{person.name} is no longer in {team.name}.")
            return redirect("team_edit", team.pk)
        found = find_person(viewer, words, field="person")
        if found is None:
            raise InvalidInput.of("person", "required", "Give a name or an e-mail address.")
        change_members(team=team, by=viewer, at=clock.now(), add=[found])
    except ProductError as error:
        if not can_manage_members(viewer, team):
            raise PermissionDenied(error.message) from error
        form = TeamForm(viewer=viewer, team=team, initial=_initial(team))
        return _team_page(request, team, form, words=words, problem=error.message)
    messages.success(request, f"{found.name} is in {team.name}.")
    return redirect("team_edit", team.pk)


@login_required
@require_POST
def team_rhythm(request: HttpRequest, team_id: UUID) -> HttpResponse:
    """The team's own day for check-ins and reviews."""
    viewer = viewer_of(request)
    team = team_or_404(viewer, team_id)
    if not can_manage_members(viewer, team):
        raise PermissionDenied("Administrators and the lead of the team look after this.")
    rhythm = TeamRhythmForm(
        request.POST, organisation=viewer.organisation, initial=TeamRhythmForm.initial_of(team)
    )
    if rhythm.is_valid():
        try:
            set_team_rhythm(team=team, by=viewer, at=clock.now(), **rhythm.cleaned_data)
        except ProductError as error:
            rhythm.refuse(error)
        else:
            messages.success(request, "Saved.")
            return redirect("team_edit", team.pk)
    form = TeamForm(viewer=viewer, team=team, initial=_initial(team))
    return _team_page(request, team, form, rhythm=rhythm)


@administrators_only
@require_POST
def team_archive(request: HttpRequest, team_id: UUID) -> HttpResponse:
    """Archive a team, or take it back with `restore` in the form."""
    viewer = viewer_of(request)
    team = team_or_404(viewer, team_id)
    is_back = "restore" in request.POST
    try:
        (restore_team if is_back else archive_team)(team=team, by=viewer, at=clock.now())
    except ProductError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, f"{team.name} is {'back' if is_back else 'archived'}.")
    return redirect("team_edit", team.pk)


def _team_page(
    request: HttpRequest,
    team: Team,
    form: TeamForm,
    *,
    words: str = "",
    problem: str = "",
    rhythm: TeamRhythmForm | None = None,
) -> HttpResponse:
    viewer = viewer_of(request)
    if rhythm is None:
        rhythm = TeamRhythmForm(organisation=viewer.organisation, initial=TeamRhythmForm.initial_of(team))
    context = {
        "form": form,
        "team": team,
        "rhythm": rhythm,
        "members": team_members(team, today=clock.day_in(viewer.organisation.time_zone, clock.now())),
        "suggested": suggested_people(viewer),
        "can_edit": can_manage_teams(viewer),
        "words": words,
        "problem": problem,
        "shelf": "teams",
    }
    status = 422 if form.errors or rhythm.errors or problem else 200
    return render(request, "people/team_edit.html", context, status=status)


def _initial(team: Team) -> dict[str, Any]:
    lead = team.lead
    return {
        "name": team.name,
        "purpose": team.purpose,
        "parent": str(team.parent_id or ""),
        "lead": (lead.email or lead.name) if lead else "",
    }


def _values(form: TeamForm, viewer: User) -> dict[str, Any]:
    """The form as the services take it; raises InvalidInput for an unknown lead."""
    values = dict(form.cleaned_data)
    values["lead"] = find_person(viewer, values["lead"], field="lead")
    values["parent"] = visible_teams(viewer).filter(pk=values["parent"]).first() if values["parent"] else None
    return values


def _key(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise InvalidInput.of("person", "unknown", "This person is not known here.") from None
