"""Priorities: read one, write, order, activate, retire, and tell what is new."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from alignment.models import StrategicPriority
from alignment.permissions import can_post_news, can_state_priorities, visible_priorities
from alignment.queries.revisions import versions_of
from alignment.rules.kinds import PriorityState
from alignment.services import (
    activate_priority,
    create_priority,
    edit_priority,
    post_news,
    rank_priorities,
    retire_priority,
)
from common import clock
from common.errors import ProductError, StaleVersion
from dashboards.context import current_cycle, today_of
from dashboards.forms.priority_form import NewsForm, PriorityForm
from dashboards.queries.pointed_right import tallies_of_priority
from dashboards.queries.priority_page import priority_page
from dashboards.views.priority_access import priority_or_404, stater_of
from dashboards.views.priority_change import change_page
from dashboards.views.priority_versions import version_pairs
from objectives.models import Cycle
from people.models import User
from people.views.access import viewer_of

FIELDS = ("title", "narrative", "not_doing", "owner", "sponsor", "starts_on", "ends_on")


@login_required
@require_GET
def priority(request: HttpRequest, priority_id: UUID) -> HttpResponse:
    """Why it matters, what leads to it in the chosen cycle, why its number is what it is, and its news."""
    viewer = viewer_of(request)
    return _page(request, priority_or_404(viewer, priority_id), NewsForm())


@login_required
@require_POST
def priority_news(request: HttpRequest, priority_id: UUID) -> HttpResponse:
    """Post one dated line; what was typed stays when it is refused."""
    viewer = viewer_of(request)
    row = priority_or_404(viewer, priority_id)
    if not can_post_news(viewer, row):
        raise PermissionDenied("The owner of this priority and leaders write its news.")
    form = NewsForm(request.POST)
    if form.is_valid():
        try:
            post_news(priority=row, text=form.cleaned_data["text"], by=viewer, at=clock.now())
        except ProductError as error:
            form.refuse(error)
        else:
            messages.success(request, "Posted. It stands on the strategy page now.")
            return redirect("priority", row.pk)
    return _page(request, row, form, status=422)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def priority_new(request: HttpRequest) -> HttpResponse:
    """Write a priority: active at once, or kept as a draft that leaders see."""
    viewer = stater_of(request)
    form = PriorityForm(request.POST or None, viewer=viewer)
    if request.method == "POST" and form.is_valid():
        state = PriorityState.DRAFT if "draft" in request.POST else PriorityState.ACTIVE
        try:
            made = create_priority(by=viewer, at=clock.now(), state=state, **_values(form))
        except ProductError as error:
            form.refuse(error)
        else:
            messages.success(request, "Kept as a draft." if state == PriorityState.DRAFT else "It stands.")
            return redirect("priority", made.pk)
    context = {"form": form, "row": None, "theirs": None}
    return render(request, "dashboards/priority_edit.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def priority_edit(request: HttpRequest, priority_id: UUID) -> HttpResponse:
    """Change the wording, of an active one through a draft; when somebody else was faster, both versions are shown."""
    viewer = stater_of(request)
    row = priority_or_404(viewer, priority_id)
    if row.state == PriorityState.ACTIVE:
        return change_page(request, row)
    form = PriorityForm(
        request.POST or None, viewer=viewer, initial={name: getattr(row, name) for name in FIELDS}
    )
    theirs: StrategicPriority | None = None
    if request.method == "POST" and form.is_valid():
        seen = request.POST.get("revision", "")
        expected = int(seen) if seen.isdigit() else None
        try:
            edit_priority(priority=row, by=viewer, at=clock.now(), expected_version=expected, **_values(form))
        except StaleVersion:
            theirs = priority_or_404(viewer, priority_id)
        except ProductError as error:
            form.refuse(error)
        else:
            messages.success(request, "Saved.")
            return redirect("priority", row.pk)
    status = 409 if theirs else 422 if form.errors else 200
    pairs = version_pairs(theirs, form) if theirs else []
    context = {"form": form, "row": theirs or row, "theirs": theirs, "pairs": pairs}
    return render(request, "dashboards/priority_edit.html", context, status=status)


@login_required
@require_POST
def priority_state(request: HttpRequest, priority_id: UUID) -> HttpResponse:
    """Activate, or retire with a reason."""
    viewer = stater_of(request)
    row = priority_or_404(viewer, priority_id)
    try:
        if request.POST.get("action") == "retire":
            retire_priority(priority=row, by=viewer, at=clock.now(), reason=request.POST.get("reason", ""))
            messages.success(request, "Retired. Its objectives are asked what they do now.")
        else:
            activate_priority(priority=row, by=viewer, at=clock.now())
            messages.success(request, "Active.")
    except ProductError as error:
        messages.error(request, error.message)
    return redirect("priority", row.pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def priorities(request: HttpRequest) -> HttpResponse:
    """All priorities with their order; moved by buttons, or by dragging where there is a script."""
    viewer = viewer_of(request)
    if request.method == "POST":
        _reorder(request, stater_of(request))
        return redirect("priorities")
    rows = list(visible_priorities(viewer).select_related("owner").order_by("rank", "pk"))
    context = {
        "active": [row for row in rows if row.state == PriorityState.ACTIVE],
        "drafts": [row for row in rows if row.state == PriorityState.DRAFT],
        "retired": [row for row in rows if row.state == PriorityState.RETIRED],
        "can_state": can_state_priorities(viewer),
    }
    return render(request, "dashboards/priorities.html", context)


def _reorder(request: HttpRequest, viewer: User) -> None:
    """`order` names every active priority (drag); or `up`/`down` one id (buttons)."""
    rows = visible_priorities(viewer).filter(state=PriorityState.ACTIVE).order_by("rank", "pk")
    ids = [str(pk) for pk in rows.values_list("pk", flat=True)]
    wanted = [pk for pk in request.POST.getlist("order") if pk in ids]
    if wanted:
        ids = wanted + [pk for pk in ids if pk not in wanted]
    for name, step in (("up", -1), ("down", 1)):
        moved = request.POST.get(name, "")
        if moved in ids:
            place = ids.index(moved)
            ids.insert(max(0, min(len(ids) - 1, place + step)), ids.pop(place))
    try:
        rank_priorities(ordered_ids=[UUID(pk) for pk in ids], by=viewer, at=clock.now())
    except ProductError as error:
        messages.error(request, error.message)


def _page(request: HttpRequest, row: StrategicPriority, form: NewsForm, status: int = 200) -> HttpResponse:
    viewer = viewer_of(request)
    chosen = current_cycle(request)
    cycle = Cycle(pk=chosen.id, organisation_id=viewer.organisation_id, name=chosen.name) if chosen else None
    context = {
        "row": row,
        "page": priority_page(viewer, row, cycle, today=today_of(request)),
        "form": form,
        "cycle": cycle,
        "can_state": can_state_priorities(viewer),
        "versions": versions_of(row, with_draft=can_state_priorities(viewer)),
        "tally": next(iter(tallies_of_priority(row).values()), None),
        "can_post_news": can_post_news(viewer, row),
    }
    return render(request, "dashboards/priority.html", context, status=status)


def _values(form: PriorityForm) -> dict[str, Any]:
    return {name: form.cleaned_data[name] for name in FIELDS}
