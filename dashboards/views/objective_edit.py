"""Write an objective with its key results and its links, or change one: one page, one save."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from alignment.services import StaleObjective, save_objective
from common import clock
from common.errors import InvalidInput, NotAllowed, ProductError
from dashboards.context import current_cycle, today_of
from dashboards.forms.kept_words import draft_id_of
from dashboards.forms.objective_actions import act
from dashboards.forms.objective_form import read_objective
from dashboards.forms.objective_initial import typed_row
from dashboards.forms.objective_typed import TypedObjective, typed_objective
from dashboards.forms.typed_values import as_uuid
from dashboards.queries.objective_choices import (
    ObjectiveChoices,
    initiatives_of,
    objective_choices,
)
from dashboards.views.objective_draft import continued, keep_posted, writer_of
from dashboards.views.objective_edit_conflict import after_conflict, conflict_units, settle
from dashboards.views.objective_edit_page import ObjectivePage
from dashboards.views.objective_first_words import first_words
from objectives.models import Objective
from objectives.permissions import can_edit_objective, visible_objectives
from objectives.queries.objective_for_edit import (
    EDIT_PARTS,
    ObjectiveEditRow,
    edit_row_of,
    objective_for_edit,
)
from objectives.rules.kinds import CycleState, ObjectiveState
from objectives.services.keep_writing import drop_writing
from people.models import User

ENDED = (ObjectiveState.CLOSED, ObjectiveState.CANCELLED)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def objective_new(request: HttpRequest) -> HttpResponse:
    """A new objective: kept as a draft, or shared. `?team= ?priority= ?parent= ?cycle= ?carry=` fill it in."""
    user = writer_of(request)
    choices = objective_choices(user)
    if not choices.cycles:
        return render(
            request, "dashboards/objective_no_cycle.html", {"is_administrator": user.is_administrator}
        )
    kept = continued(request, user, None) if request.method != "POST" else None
    if kept is not None:
        draft_id, words = kept
        page = ObjectivePage(user, _typed(words, choices), choices, is_unsaved=True, draft_id=draft_id)
        return _show(request, page)
    if request.method != "POST":
        typed = first_words(request, user, choices)
        return _show(request, ObjectivePage(user, typed, choices, is_unsaved=bool(typed.title)))
    return _posted(request, ObjectivePage(user, _typed(request.POST, choices), choices, is_unsaved=True))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def objective_edit(request: HttpRequest, objective_id: UUID) -> HttpResponse:
    """Change an objective that is running or a draft. Ended ones are read-only."""
    user = writer_of(request)
    current_cycle(request)  # reads the frame of the page, and with it the writer's teams
    rows = visible_objectives(user).select_related("team", "cycle", "owner").prefetch_related(*EDIT_PARTS)
    row = rows.filter(pk=objective_id).first()
    if row is None:
        raise Http404
    if not can_edit_objective(user, row):
        raise PermissionDenied(
            "Its owner, contributors, the lead of its team and administrators change an objective."
        )
    if row.state in ENDED or row.cycle.state == CycleState.CLOSED:
        return render(request, "dashboards/objective_ended.html", {"objective": row}, status=409)
    choices = objective_choices(user, row)
    now = edit_row_of(row)
    kept = continued(request, user, row) if request.method != "POST" else None
    if request.method != "POST" and kept is None:
        typed = typed_row(now, links=choices.links.values(), initiatives=initiatives_of(row.pk))
        return _show(request, ObjectivePage(user, typed, choices, row))
    typed = _typed(kept[1] if kept else request.POST, choices)
    _mark_ended(typed, now)
    if kept is not None:
        return _show(request, ObjectivePage(user, typed, choices, row, is_unsaved=True, draft_id=kept[0]))
    return _posted(request, ObjectivePage(user, typed, choices, row, is_unsaved=True))


@login_required
@require_POST
def objective_preview(request: HttpRequest) -> HttpResponse:
    """How the typed page reads, for the right side of it. Saves nothing."""
    user = writer_of(request)
    pk = as_uuid(request.POST.get("id", ""))
    objective = visible_objectives(user).filter(pk=pk).first() if pk is not None else None
    choices = objective_choices(user, objective)
    page = ObjectivePage(user, _typed(request.POST, choices), choices, objective)
    return render(request, "dashboards/objective_live.html", page.live())


def _typed(posted: QueryDict, choices: ObjectiveChoices) -> TypedObjective:
    """What was posted, with people by their ids, also where names were typed."""
    typed = typed_objective(posted)
    typed.owner = choices.id_of(typed.owner)
    typed.contributors = [choices.id_of(one) for one in typed.contributors]
    for row in typed.key_results:
        row.owner = choices.id_of(row.owner)
    return typed


def _posted(request: HttpRequest, page: ObjectivePage) -> HttpResponse:
    """One of the small buttons, a choice between two versions, or a save."""
    page.draft_id = draft_id_of(request.POST)
    keep_posted(request.POST, page.user, page.objective, draft_id=page.draft_id, at=clock.now())
    units = request.POST.getlist("conflict")
    for name, takes_theirs in (("take", True), ("mine", False)):
        if name in request.POST and page.objective is not None:
            unit = request.POST.get(name, "")
            settle(page.typed, _row_or_404(page.user, page.objective), unit, takes_theirs=takes_theirs)
            return _show_conflict(request, page, [one for one in units if one != unit], status=200)
    done = act(page.typed, request.POST)
    if done is not None:
        page.focus = done
        return _show_conflict(request, page, units, status=200)
    return _save(request, page)


def _save(request: HttpRequest, page: ObjectivePage) -> HttpResponse:
    user, typed, objective = page.user, page.typed, page.objective
    read = read_objective(typed, page.choices, by=user, objective=objective)
    page.problems = read.problems
    if read.problems:
        return _show(request, page, status=422)
    shares = "share" in request.POST
    try:
        saved = save_objective(
            by=user,
            at=clock.now(),
            draft=read.draft,
            objective=objective,
            expected_version=int(typed.version) if typed.version.isdigit() else None,
            activates=shares,
        )
    except StaleObjective as error:
        assert objective is not None
        units = after_conflict(typed, _row_or_404(user, objective), error)
        return _show_conflict(request, page, units, status=409)
    except InvalidInput as error:
        read.refuse(error)
        return _show(request, page, status=422)
    except ProductError as error:
        read.problems.add("title", error.message)
        return _show(request, page, status=403 if isinstance(error, NotAllowed) else 409)
    drop_writing(draft_id=page.draft_id, by=user)
    messages.success(request, _done_words(saved, shares=shares, is_new=objective is None))
    return redirect("objective", saved.pk)


def _show_conflict(
    request: HttpRequest, page: ObjectivePage, units: list[str], *, status: int
) -> HttpResponse:
    if page.objective is not None and units:
        row = _row_or_404(page.user, page.objective)
        page.conflicts = conflict_units(page.typed, row, units, page.choices)
    return _show(request, page, status=status)


def _show(request: HttpRequest, page: ObjectivePage, *, status: int = 200) -> HttpResponse:
    context = {**page.context(), "today": today_of(request)}
    return render(request, "dashboards/objective_edit.html", context, status=status)


def _mark_ended(typed: TypedObjective, row: ObjectiveEditRow) -> None:
    """Key results that have ended are shown from the database; nothing about them was posted."""
    ended = {one.key: one for one in typed_row(row).key_results if one.ended}
    typed.key_results = [ended.get(one.key, one) for one in typed.key_results]


def _done_words(row: Objective, *, shares: bool, is_new: bool) -> str:
    if shares:
        return "Shared. It counts from now on."
    if is_new:
        return "Kept as a draft. It counts nowhere until you share it."
    return "Saved. What it said before stays in the history."


def _row_or_404(user: User, objective: Objective) -> ObjectiveEditRow:
    row = objective_for_edit(user, objective.pk)
    if row is None:
        raise Http404
    return row
