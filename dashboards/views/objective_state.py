"""The life of an objective: start, pause, close, reopen, cancel, delete, and bring back. Plain pages, no dialogs."""

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
from django.views.decorators.http import require_http_methods, require_safe

from alignment.services.propose_objective import (
    agree_to_objective,
    can_agree_to_objective,
    propose_objective,
)
from common import clock
from common.errors import ProductError
from dashboards.forms.state_form import STRIP, StateForm, nearest_tenth
from dashboards.views.state_steps import OBJECTIVE_STEPS, Step
from objectives.models import Objective
from objectives.permissions import can_edit_objective, visible_objectives
from objectives.queries.restorable import restorable_key_results, restorable_objectives
from objectives.rules.kinds import CycleState, ObjectiveState
from objectives.rules.lifecycle import objective_actions
from objectives.rules.score import suggested_score
from objectives.services import (
    activate_objective,
    cancel_objective,
    close_objective,
    delete_objective,
    pause_objective,
    reopen_objective,
    restore_objective,
    take_back_cancel,
)
from people.models import User
from people.views.access import viewer_of


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def objective_state(request: HttpRequest, objective_id: UUID) -> HttpResponse:
    """GET asks about `?action=`, or shows every step that is open; POST takes it (`action`, `reason`, `score`)."""
    user, at = viewer_of(request), clock.now()
    action = request.POST.get("action") or request.GET.get("action", "")
    row = _takable(user, objective_id, action, at=at)
    if action and action not in OBJECTIVE_STEPS:
        raise Http404("There is no such step.")
    if request.method != "POST" or not action:
        return _ask(request, row, action, StateForm())
    form = StateForm.of(request.POST)
    try:
        take_step(row, action, form, by=user, at=at)
    except ProductError as error:
        form.refuse(error)
        return _ask(request, row, action, form, status=422 if form.problems.get("") is None else 409)
    step = _step(row, action)
    undo = f"{reverse('objective_state', args=[row.pk])}?action={step.undo}" if step.undo else ""
    messages.success(request, f"{step.done} “{row.title[:80]}”", extra_tags=undo)
    return redirect("objectives") if action == "delete" else redirect("objective", row.pk)


@login_required
@require_safe
def restorable(request: HttpRequest) -> HttpResponse:
    """What was deleted in the last thirty days, with the way back for whoever may."""
    user, at = viewer_of(request), clock.now()
    rows = restorable_objectives(user, at=at).select_related("deleted_by").prefetch_related("contributors")
    objectives = [row for row in rows[:200] if can_edit_objective(user, row)]
    results = restorable_key_results(user, at=at).select_related("objective__team", "deleted_by")
    kept = results.prefetch_related("objective__contributors")[:200]
    key_results = [row for row in kept if can_edit_objective(user, row.objective)]
    context = {"objectives": objectives, "key_results": key_results}
    return render(request, "dashboards/restorable.html", context)


def take_step(row: Objective, action: str, form: StateForm, *, by: User, at: datetime) -> None:
    """One step. Raises what the services raise."""
    match action:
        case "propose":
            propose_objective(objective=row, by=by, at=at)
        case "agree":
            agree_to_objective(objective=row, by=by, at=at)
        case "activate" | "resume":
            activate_objective(objective=row, by=by, at=at)
        case "pause":
            pause_objective(objective=row, by=by, at=at, reason=form.reason)
        case "close":
            score = form.read_score()
            close_objective(objective=row, by=by, at=at, score=score, score_reason=form.reason)
        case "reopen":
            reopen_objective(objective=row, by=by, at=at)
        case "cancel":
            cancel_objective(objective=row, by=by, at=at, reason=form.reason)
        case "uncancel":
            take_back_cancel(objective=row, by=by, at=at)
        case "delete":
            delete_objective(objective=row, by=by, at=at)
        case "restore":
            restore_objective(objective=row, by=by, at=at)


def score_context(progress: Any, form: StateForm) -> dict[str, Any]:
    """The strip from 0.0 to 1.0, with the suggested place and the chosen one."""
    suggested = suggested_score(progress)
    near = nearest_tenth(suggested)
    return {
        "suggested": suggested,
        "strip": [
            {
                "value": f"{step:.1f}",
                "is_near": step == near,
                "is_chosen": form.score.replace(",", ".") == f"{step:.1f}",
            }
            for step in STRIP
        ],
    }


def _ask(
    request: HttpRequest, row: Objective, action: str, form: StateForm, *, status: int = 200
) -> HttpResponse:
    steps = [(action, _step(row, action))] if action else _open_steps(row)
    back = reverse("objective", args=[row.pk]) if row.deleted_at is None else reverse("objectives")
    context = {
        "row": row,
        "steps": steps,
        "form": form,
        "problems": [
            {"href": f"#{name or 'main'}", "words": words.rstrip(".")}
            for name, words in form.problems.items()
        ],
        "action_href": reverse("objective_state", args=[row.pk]),
        "back_href": back,
        "is_single": bool(action),
        **score_context(row.progress, form),
    }
    return render(request, "dashboards/state.html", context, status=status)


def _step(row: Objective, action: str) -> Step:
    is_paused = action == "activate" and row.state == ObjectiveState.PAUSED
    return OBJECTIVE_STEPS["resume" if is_paused else action]


def _open_steps(row: Objective) -> list[tuple[str, Step]]:
    """Every step that its state allows now, deletion last."""
    cycle_state = CycleState(row.cycle.state)
    found = [action.value for action in objective_actions(ObjectiveState(row.state), cycle_state=cycle_state)]
    if cycle_state != CycleState.CLOSED:
        found.append("delete")
    return [
        (action, _step(row, action)) for action in found if action in OBJECTIVE_STEPS and action != "agree"
    ]


def _takable(user: User, objective_id: UUID, action: str, *, at: datetime) -> Objective:
    """The objective, also one that was deleted and can come back; its sponsors come to agree to it."""
    row = visible_objectives(user).select_related("team", "cycle").filter(pk=objective_id).first()
    row = row or restorable_objectives(user, at=at).filter(pk=objective_id).first()
    if row is None:
        raise Http404
    if action == "agree" and can_agree_to_objective(user, row):
        return row
    if not can_edit_objective(user, row):
        raise PermissionDenied(
            "Its owner, contributors, the lead of its team and administrators decide about an objective."
        )
    return row
