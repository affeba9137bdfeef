"""One person, as administrators look after them."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from common import clock
from common.errors import ProductError
from people.forms import PersonForm
from people.permissions import people_matching
from people.queries.people_list import state_of
from people.services import deactivate_person, edit_person, merge_people, reactivate_person
from people.views.access import administrators_only, person_or_404, viewer_of

CANDIDATES = 20


@administrators_only
@require_http_methods(["GET", "HEAD", "POST"])
def person_edit(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Name, e-mail and role; what else can be done with the person stands below."""
    viewer = viewer_of(request)
    person = person_or_404(viewer, person_id)
    initial = {"name": person.name, "email": person.email or "", "role": person.role}
    form = PersonForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            edit_person(person=person, by=viewer, at=clock.now(), **form.cleaned_data)
        except ProductError as error:
            form.refuse(error)
        else:
            messages.success(request, "Saved.")
            return redirect("person_edit", person.pk)
    context = {
        "form": form,
        "person": person,
        "state": state_of(person),
        "can_be_invited": person.is_active and not person.has_usable_password(),
        "teams": person.teams.filter(archived_at__isnull=True).order_by("name"),
        "led_teams": person.led_teams.filter(archived_at__isnull=True).order_by("name"),
        "shelf": "people",
    }
    return render(request, "people/person_edit.html", context, status=422 if form.errors else 200)


@administrators_only
@require_POST
def person_deactivate(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """End sign-ins and tokens at once."""
    viewer = viewer_of(request)
    person = person_or_404(viewer, person_id)
    try:
        deactivate_person(person=person, by=viewer, at=clock.now())
    except ProductError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, f"{person.name} no longer signs in. Their words stay.")
    return redirect("person_edit", person.pk)


@administrators_only
@require_POST
def person_reactivate(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Let somebody come back."""
    viewer = viewer_of(request)
    person = person_or_404(viewer, person_id)
    try:
        reactivate_person(person=person, by=viewer, at=clock.now())
    except ProductError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, f"{person.name} can sign in again.")
    return redirect("person_edit", person.pk)


@administrators_only
@require_http_methods(["GET", "HEAD", "POST"])
def person_merge(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Choose whom a placeholder stands for; search with `?q=`."""
    viewer = viewer_of(request)
    placeholder = person_or_404(viewer, person_id)
    words = request.GET.get("q", placeholder.name if request.method == "GET" else "").strip()[:200]
    problem = ""
    if request.method == "POST":
        try:
            into = person_or_404(viewer, UUID(request.POST.get("into", "")))
            merge_people(placeholder=placeholder, into=into, by=viewer, at=clock.now())
        except ValueError:
            problem = "Choose who it is."
        except ProductError as error:
            problem = error.message
        else:
            messages.success(request, f"Everything of {placeholder.name} now belongs to {into.name}.")
            return redirect("person_edit", into.pk)
    matching = people_matching(viewer, words).filter(is_active=True).exclude(pk=placeholder.pk)
    context = {
        "placeholder": placeholder,
        "words": words,
        "candidates": matching.order_by("name", "id")[:CANDIDATES],
        "problem": problem,
        "shelf": "people",
    }
    return render(request, "people/person_merge.html", context, status=422 if problem else 200)
