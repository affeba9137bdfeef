"""Checking in on one key result, or on all those of one objective: the rows of My week on a page of their own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

from checkins.permissions import can_check_in
from common import clock
from dashboards.queries.askable import askable_words
from dashboards.queries.check_in_rows import with_all_for_rows
from dashboards.queries.my_week import WeekGroup, draft_of, groups_of, only_rows
from dashboards.queries.people_to_thank import near_rows
from dashboards.views.check_in_form import drafted, form_context, group_views
from dashboards.views.share_rows import Outcome, share_posted
from dashboards.views.words import count_words
from objectives.models import KeyResult
from objectives.permissions import visible_key_results
from objectives.rules.kinds import CycleState, KeyResultState, ObjectiveState
from objectives.rules.lifecycle import why_no_check_in
from people.views.access import viewer_of


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def check_in(request: HttpRequest, key_result_id: UUID) -> HttpResponse:
    """One key result."""
    found = with_all_for_rows(visible_key_results(viewer_of(request))).filter(pk=key_result_id)
    return _page(request, list(found), title="Check in")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def check_in_objective(request: HttpRequest, objective_id: UUID) -> HttpResponse:
    """Every open key result of an objective."""
    found = with_all_for_rows(visible_key_results(viewer_of(request))).filter(
        objective_id=objective_id, state__in=(KeyResultState.ACTIVE, KeyResultState.PAUSED)
    )
    return _page(request, list(found.order_by("position", "pk")), title="Check in")


def _page(request: HttpRequest, key_results: Sequence[KeyResult], *, title: str) -> HttpResponse:
    user, today = viewer_of(request), request.today  # type: ignore[attr-defined]
    if not key_results:
        raise Http404("There is no key result to check in on at this address.")
    if not can_check_in(user, key_results[0]):
        raise PermissionDenied(
            "Check-ins come from the owner, contributors and the team of this objective, or an administrator."
        )
    refusal = "" if request.method == "POST" else why_not(key_results[0])
    if refusal:
        context = {"title": title, "refusal": refusal, "objective": key_results[0].objective}
        return render(request, "dashboards/check_in_closed.html", context, status=409)
    outcome = share_posted(request) if request.method == "POST" else None
    if outcome is not None and outcome.is_clean:
        return _after(request)
    groups = outcome.groups if outcome else groups_of(list(key_results), user=user, today=today)
    return _form(request, groups, outcome, title)


def _form(
    request: HttpRequest, groups: tuple[WeekGroup, ...], outcome: Outcome | None, title: str
) -> HttpResponse:
    user, at, today = viewer_of(request), clock.now(), request.today  # type: ignore[attr-defined]
    rows = [row for group in groups for row in group.rows]
    draft = draft_of(user)
    if outcome is not None:
        shared = {row.key_result_id for row in outcome.sharing.recorded}
        groups = only_rows(groups, {row.id for row in rows} - shared)
    reads = {**drafted(draft, rows, at=at, today=today), **(outcome.unshared if outcome else {})}
    views = group_views(groups, reads, shows_problems=outcome is not None)
    context: dict[str, Any] = {
        **form_context(views, at=at, today=today, draft=draft),
        "askable": askable_words(user) if views else (),
        "near": near_rows(user, rows),
        "title": title,
        "lede": f"{count_words(len(rows), 'key result', 'key results')} of “{groups[0].title}”.",
        "objective_id": groups[0].objective_id,
        "next": _next(request),
    }
    return render(request, "dashboards/check_in.html", context, status=422 if outcome else 200)


def why_not(key_result: KeyResult) -> str:
    """Why no check-in is taken, naming the state; "" when it is."""
    objective = key_result.objective
    refusal = why_no_check_in(
        ObjectiveState(objective.state), CycleState(objective.cycle.state), KeyResultState(key_result.state)
    )
    return refusal or ""


def _next(request: HttpRequest) -> str:
    """Where to go afterwards: an address of this site, or ""."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    is_safe = url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure())
    return asked if is_safe else ""


def _after(request: HttpRequest) -> HttpResponse:
    asked = _next(request)
    return HttpResponseRedirect(asked) if asked else redirect("my_week")
