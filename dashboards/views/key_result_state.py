"""The life of one key result, and the work below it."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from common import clock
from common.errors import ProductError
from dashboards.forms.state_form import StateForm
from dashboards.views.objective_state import score_context
from dashboards.views.state_steps import KEY_RESULT_STEPS, Step
from objectives.models import Initiative, KeyResult
from objectives.permissions import can_edit_objective, visible_key_results
from objectives.queries.restorable import restorable_key_results
from objectives.rules.kinds import InitiativeState, KeyResultState
from objectives.services import (
    activate_key_result,
    cancel_key_result,
    close_key_result,
    create_initiative,
    delete_initiative,
    delete_key_result,
    edit_initiative,
    pause_key_result,
    restore_key_result,
)
from people.models import User
from people.views.access import viewer_of

OPEN_STEPS: dict[str, tuple[str, ...]] = {
    KeyResultState.ACTIVE: ("pause", "close", "cancel", "delete"),
    KeyResultState.PAUSED: ("activate", "close", "cancel", "delete"),
    KeyResultState.CLOSED: ("activate", "delete"),
    KeyResultState.CANCELLED: ("activate", "delete"),
}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def key_result_state(request: HttpRequest, key_result_id: UUID) -> HttpResponse:
    """GET asks about `?action=`, or shows every step that is open; POST takes it (`action`, `reason`, `score`)."""
    user, at = viewer_of(request), clock.now()
    row = _editable(user, key_result_id, at=at)
    action = request.POST.get("action") or request.GET.get("action", "")
    if action and action not in KEY_RESULT_STEPS:
        raise Http404("There is no such step.")
    if request.method != "POST" or not action:
        return _ask(request, row, action, StateForm())
    form = StateForm.of(request.POST)
    try:
        take_step(row, action, form, by=user, at=at)
    except ProductError as error:
        form.refuse(error)
        return _ask(request, row, action, form, status=422 if form.problems.get("") is None else 409)
    step = KEY_RESULT_STEPS[action]
    undo = f"{reverse('key_result_state', args=[row.pk])}?action={step.undo}" if step.undo else ""
    messages.success(request, f"{step.done} “{row.title[:80]}”", extra_tags=undo)
    return redirect("objective", row.objective_id)


@login_required
@require_POST
def initiative_save(request: HttpRequest, key_result_id: UUID) -> HttpResponse:
    """Add a piece of work (`title`, `url`, `state`), change one (`id`), or take one away (`id`, `delete`)."""
    user, at, posted = viewer_of(request), clock.now(), request.POST
    row = _editable(user, key_result_id, at=at)
    state = posted.get("state", "")
    fields: dict[str, Any] = {"title": posted.get("title", ""), "url": posted.get("url", "")}
    fields["state"] = InitiativeState(state) if state in list(InitiativeState) else InitiativeState.PLANNED
    try:
        if not posted.get("id"):
            create_initiative(key_result=row, by=user, at=at, **fields)
            messages.success(request, "Added.")
        elif "delete" in posted:
            delete_initiative(initiative=_initiative(row, posted["id"]), by=user, at=at)
            messages.success(request, "Taken away. What it said stays in the history.")
        else:
            edit_initiative(initiative=_initiative(row, posted["id"]), by=user, at=at, **fields)
            messages.success(request, "Saved.")
    except ProductError as error:
        messages.error(request, str(error))
    return redirect("key_result", row.pk)


def take_step(row: KeyResult, action: str, form: StateForm, *, by: User, at: datetime) -> None:
    """One step. Raises what the services raise."""
    match action:
        case "activate":
            activate_key_result(key_result=row, by=by, at=at)
        case "pause":
            pause_key_result(key_result=row, by=by, at=at, reason=form.reason)
        case "close":
            close_key_result(key_result=row, by=by, at=at, score=form.read_score())
        case "cancel":
            cancel_key_result(key_result=row, by=by, at=at, reason=form.reason)
        case "delete":
            delete_key_result(key_result=row, by=by, at=at)
        case "restore":
            restore_key_result(key_result=row, by=by, at=at)


def _ask(
    request: HttpRequest, row: KeyResult, action: str, form: StateForm, *, status: int = 200
) -> HttpResponse:
    found = (action,) if action else OPEN_STEPS[row.state]
    steps: list[tuple[str, Step]] = [(one, KEY_RESULT_STEPS[one]) for one in found]
    context = {
        "row": row,
        "above": row.objective.title,
        "steps": steps,
        "form": form,
        "problems": [
            {"href": f"#{name or 'main'}", "words": words.rstrip(".")}
            for name, words in form.problems.items()
        ],
        "action_href": reverse("key_result_state", args=[row.pk]),
        "back_href": reverse("objective", args=[row.objective_id]),
        "is_single": bool(action),
        "hides_score_reason": True,
        **score_context(row.progress, form),
    }
    return render(request, "dashboards/state.html", context, status=status)


def _editable(user: User, key_result_id: UUID, *, at: datetime) -> KeyResult:
    with_place = ("objective__team", "objective__cycle")
    row = visible_key_results(user).select_related(*with_place).filter(pk=key_result_id).first()
    row = (
        row
        or restorable_key_results(user, at=at).select_related(*with_place).filter(pk=key_result_id).first()
    )
    if row is None:
        raise Http404
    if not can_edit_objective(user, row.objective):
        raise PermissionDenied(
            "The objective’s owner, contributors, the lead of its team and administrators decide about it."
        )
    return row


def _initiative(row: KeyResult, text: str) -> Initiative:
    try:
        found = Initiative.objects.filter(key_result=row, pk=UUID(text)).first()
    except ValueError:
        found = None
    if found is None:
        raise Http404
    found.key_result = row
    return found
