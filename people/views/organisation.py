"""The organisation's settings."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from common import clock
from common.errors import ProductError
from people.forms import OrganisationForm
from people.permissions import visible_people, visible_teams
from people.services import edit_organisation
from people.views.access import administrators_only, viewer_of


@administrators_only
@require_http_methods(["GET", "HEAD", "POST"])
def organisation_settings(request: HttpRequest) -> HttpResponse:
    """Show and save name, place and rhythm."""
    viewer = viewer_of(request)
    form = OrganisationForm(request.POST or None, initial=OrganisationForm.initial_of(viewer.organisation))
    if request.method == "POST" and form.is_valid():
        try:
            edit_organisation(by=viewer, at=clock.now(), **form.cleaned_data)
        except ProductError as error:
            form.refuse(error)
        else:
            messages.success(request, "Saved.")
            return redirect("organisation_settings")
    context = {
        "form": form,
        "shelf": "organisation",
        "people_count": visible_people(viewer).filter(is_active=True).count(),
        "team_count": visible_teams(viewer).filter(archived_at__isnull=True).count(),
    }
    return render(request, "settings/organisation.html", context, status=422 if form.errors else 200)
