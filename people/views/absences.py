"""Days away: planned, changed and taken back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from common import clock
from common.errors import ProductError
from people.forms import AbsenceForm
from people.models import Absence, User
from people.queries.find_person import find_person, suggested_people
from people.services import change_absence, drop_absence, plan_absence
from people.views.access import viewer_of


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def absence_new(request: HttpRequest) -> HttpResponse:
    """Plan days away."""
    person = viewer_of(request)
    form = AbsenceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            plan_absence(by=person, at=clock.now(), **_values(form, person))
        except ProductError as error:
            form.refuse(error)
        else:
            return _back(request, "Planned. Check-ins rest on these days.")
    return _page(request, form, absence=None)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def absence_edit(request: HttpRequest, absence_id: UUID) -> HttpResponse:
    """Change days away."""
    person = viewer_of(request)
    absence = get_object_or_404(Absence.objects.select_related("stand_in"), pk=absence_id, user=person)
    form = AbsenceForm(request.POST or None, initial=_initial(absence))
    if request.method == "POST" and form.is_valid():
        try:
            change_absence(absence=absence, by=person, at=clock.now(), **_values(form, person))
        except ProductError as error:
            form.refuse(error)
        else:
            return _back(request, "Saved.")
    return _page(request, form, absence=absence)


@login_required
@require_POST
def absence_delete(request: HttpRequest, absence_id: UUID) -> HttpResponse:
    """Be here after all."""
    person = viewer_of(request)
    absence = get_object_or_404(Absence, pk=absence_id, user=person)
    drop_absence(absence=absence, by=person, at=clock.now())
    return _back(request, "Taken out. You are here on these days.")


def _values(form: AbsenceForm, person: User) -> dict[str, Any]:
    """The form as the services take it; raises InvalidInput for an unknown stand-in."""
    values = dict(form.cleaned_data)
    values["stand_in"] = find_person(person, values["stand_in"], field="stand_in")
    return values


def _initial(absence: Absence) -> dict[str, Any]:
    stand_in = absence.stand_in
    return {
        "starts_on": absence.starts_on,
        "ends_on": absence.ends_on,
        "stand_in": (stand_in.email or stand_in.name) if stand_in else "",
    }


def _back(request: HttpRequest, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect(f"{reverse('settings')}#away")


def _page(request: HttpRequest, form: AbsenceForm, *, absence: Absence | None) -> HttpResponse:
    context = {
        "form": form,
        "absence": absence,
        "suggested": suggested_people(viewer_of(request)),
        "shelf": "you",
    }
    return render(request, "settings/absence.html", context, status=422 if form.errors else 200)
