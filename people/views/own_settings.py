"""Your settings, and the light-and-dark button."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from common import clock
from common.errors import ProductError
from people.forms import OwnSettingsForm
from people.models import User
from people.permissions import visible_teams
from people.queries.absences import planned_absences
from people.queries.rhythm_choice import rhythm_choice
from people.services import edit_own_settings, end_all_sign_ins
from people.services.edit_own_settings import THEMES
from people.views.access import viewer_of

COOKIE_SECONDS = 365 * 24 * 3600


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def own_settings(request: HttpRequest) -> HttpResponse:
    """Show and save what everybody decides for themselves."""
    person, at = viewer_of(request), clock.now()
    choice = rhythm_choice(person)
    form = OwnSettingsForm(
        request.POST or None,
        initial=_initial(person),
        viewer=person,
        has_team=choice.has_team,
        is_locked=choice.is_locked,
    )
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        teams = visible_teams(person).filter(pk__in=values.pop("followed_teams"))
        try:
            edit_own_settings(by=person, at=at, followed_teams=teams, **values)
        except ProductError as error:
            form.refuse(error)
        else:
            messages.success(request, "Saved.")
            return redirect("settings")
    today = clock.day_in(person.time_zone or person.organisation.time_zone, at)
    context = {
        "form": form,
        "at": at,
        "choice": choice,
        "absences": planned_absences(person, today=today),
        "is_paused": person.notices_paused_until is not None and person.notices_paused_until > at,
        "shelf": "you",
    }
    return render(request, "settings/own.html", context, status=422 if form.errors else 200)


def _initial(person: User) -> dict[str, Any]:
    initial: dict[str, Any] = {name: getattr(person, name, None) for name in OwnSettingsForm.base_fields}
    initial["working_days"] = [int(day) for day in person.working_days]
    initial["followed_teams"] = [str(key) for key in person.followed_teams.values_list("pk", flat=True)]
    return initial


@require_POST
def set_theme(request: HttpRequest) -> HttpResponse:
    """Light, dark, or empty for the system's; back to the page that asked. Visitors get a cookie for it."""
    theme = request.POST.get("theme", "")
    after = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(after, {request.get_host()}, require_https=request.is_secure()):
        after = "/"
    response = HttpResponseRedirect(after)
    if request.user.is_authenticated:
        try:
            edit_own_settings(by=viewer_of(request), at=clock.now(), theme=theme)
        except ProductError as error:
            messages.error(request, error.message)
    elif theme in THEMES:
        response.set_cookie("theme", theme, max_age=COOKIE_SECONDS, samesite="Lax")
    return response


@login_required
@require_POST
def end_sign_ins(request: HttpRequest) -> HttpResponse:
    """Sign out every other device."""
    person = end_all_sign_ins(by=viewer_of(request), at=clock.now())
    update_session_auth_hash(request, person)
    messages.success(request, "Signed out everywhere else.")
    return redirect("settings")
