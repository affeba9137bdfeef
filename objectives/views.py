"""Cycles: set up, start, close."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from common import clock
from common.clock import day_in
from common.errors import ProductError
from objectives.cycle_form import CycleForm
from objectives.models import Cycle
from objectives.permissions import visible_cycles
from objectives.queries.cycle_list import cycle_list
from objectives.rules.kinds import CycleState
from objectives.services import activate_cycle, close_cycle, create_cycle, edit_cycle
from people.models import User
from people.views.access import administrators_only, viewer_of


@administrators_only
@require_GET
def cycles(request: HttpRequest) -> HttpResponse:
    """Every cycle with what can be done next; `?close=` asks before one takes its last steps."""
    viewer = viewer_of(request)
    today = day_in(viewer.organisation.time_zone, clock.now())
    rows = cycle_list(viewer, today)
    closable = (row for row in rows if row.state in (CycleState.ACTIVE, CycleState.CLOSING))
    asked = next((row for row in closable if str(row.id) == request.GET.get("close")), None)
    context = {"rows": rows, "asked": asked, "shelf": "cycles"}
    return render(request, "objectives/cycles.html", context)


@administrators_only
@require_http_methods(["GET", "HEAD", "POST"])
def cycle_new(request: HttpRequest) -> HttpResponse:
    """Set up a cycle; it begins in planning."""
    viewer = viewer_of(request)
    form = CycleForm(request.POST or None, viewer=viewer)
    if request.method == "POST" and form.is_valid():
        try:
            cycle = create_cycle(by=viewer, at=clock.now(), **_values(form, viewer))
        except ProductError as error:
            form.refuse(error)
        else:
            messages.success(request, f"{cycle.name} is set up. Start it when it begins.")
            return redirect("cycles")
    context = {"form": form, "cycle": None, "shelf": "cycles"}
    return render(request, "objectives/cycle_edit.html", context, status=422 if form.errors else 200)


@administrators_only
@require_http_methods(["GET", "HEAD", "POST"])
def cycle_edit(request: HttpRequest, cycle_id: UUID) -> HttpResponse:
    """Change name, days and place; a closed cycle is only read."""
    viewer = viewer_of(request)
    cycle = get_object_or_404(visible_cycles(viewer), pk=cycle_id)
    initial = {
        "name": cycle.name,
        "starts_on": cycle.starts_on,
        "ends_on": cycle.ends_on,
        "parent": str(cycle.parent_id or ""),
    }
    form = CycleForm(request.POST or None, viewer=viewer, cycle=cycle, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            edit_cycle(cycle=cycle, by=viewer, at=clock.now(), **_values(form, viewer))
        except ProductError as error:
            form.refuse(error)
        else:
            messages.success(request, "Saved.")
            return redirect("cycles")
    context = {"form": form, "cycle": cycle, "shelf": "cycles"}
    return render(request, "objectives/cycle_edit.html", context, status=422 if form.errors else 200)


@administrators_only
@require_POST
def cycle_activate(request: HttpRequest, cycle_id: UUID) -> HttpResponse:
    """Start a cycle."""
    cycle = get_object_or_404(visible_cycles(viewer_of(request)), pk=cycle_id)
    return _moved(request, cycle, activate_cycle)


@administrators_only
@require_POST
def cycle_close(request: HttpRequest, cycle_id: UUID) -> HttpResponse:
    """Start closing an active cycle, or close one whose objectives are all closed."""
    cycle = get_object_or_404(visible_cycles(viewer_of(request)), pk=cycle_id)
    return _moved(request, cycle, close_cycle)


def _moved(request: HttpRequest, cycle: Cycle, move: Any) -> HttpResponse:
    """Run one step of a cycle's life and say how it went."""
    try:
        moved = move(cycle=cycle, by=viewer_of(request), at=clock.now())
    except ProductError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, f"{moved.name} is {moved.state}.")
    return redirect("cycles")


def _values(form: CycleForm, viewer: User) -> dict[str, Any]:
    values = dict(form.cleaned_data)
    values["parent"] = (
        visible_cycles(viewer).filter(pk=values["parent"]).first() if values["parent"] else None
    )
    return values
