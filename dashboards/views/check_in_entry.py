"""One check-in: read it with its earlier wordings, edit it, delete it and bring it back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from checkins.models import CheckIn
from checkins.permissions import can_converse, can_edit_check_in, visible_check_ins
from checkins.services.edit_check_in import delete_check_in, edit_check_in, restore_check_in
from checkins.services.refresh_key_results import steps_of
from common import clock
from common.errors import ProductError, StaleVersion
from common.ids import new_id
from dashboards.forms.check_in_edit import CheckInEditForm, as_milestones
from dashboards.queries.key_result_page import said_row, versions_of, with_versions
from dashboards.queries.key_result_talk import check_in_talk
from dashboards.views.check_in import why_not
from dashboards.views.key_result import crumbs_of
from dashboards.views.versions import version_rows
from objectives.permissions import visible_key_results
from people.models import User
from people.views.access import viewer_of

WITH_PLACE = (
    "key_result__objective__cycle",
    "key_result__objective__organisation",
    "key_result__objective__team",
)


@login_required
@require_safe
def check_in_detail(request: HttpRequest, check_in_id: UUID) -> HttpResponse:
    """What was said, and what it said before it was edited."""
    user = viewer_of(request)
    row = _visible_or_404(user, check_in_id)
    titles = _titles(row)
    refusal = why_not(row.key_result)
    context = {
        "said": said_row(user, row, titles),
        "row": row.key_result,
        "versions": version_rows(versions_of(row), titles),
        "crumbs": crumbs_of(row.key_result, "Check-in"),
        "can_edit": not refusal and can_edit_check_in(user, row),
        "talk": check_in_talk(user, row, shows_all="all" in request.GET),
        "may_speak": can_converse(user, row.organisation_id),
        "check_in_key": str(row.pk),
        "form_id": str(new_id()),
    }
    return render(request, "dashboards/check_in_detail.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def check_in_edit(request: HttpRequest, check_in_id: UUID) -> HttpResponse:
    """For its author and administrators, while its cycle is open. `?delete` asks before deleting."""
    user = viewer_of(request)
    row = _editable_or_403(user, check_in_id)
    form = CheckInEditForm(
        request.POST or None, check_in=row, steps=steps_of([row.key_result]).get(row.key_result_id, [])
    )
    if request.method == "POST" and form.is_valid():
        try:
            edit_check_in(
                check_in=row, by=user, at=clock.now(), expected_updated_at=form.opened_at, **form.changes()
            )
        except StaleVersion as error:
            messages.error(request, f"{error.message} Look at it, then save again.")
            form.refuse(error)
        except ProductError as error:
            form.refuse(as_milestones(error))
        else:
            messages.success(request, "Saved. The earlier wording stays in the history.")
            return redirect("check_in_detail", row.pk)
    context: dict[str, Any] = {
        "form": form,
        "said": row,
        "row": row.key_result,
        "crumbs": crumbs_of(row.key_result, "Edit check-in"),
        "asks_delete": "delete" in request.GET,
    }
    return render(request, "dashboards/check_in_edit.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def check_in_delete(request: HttpRequest, check_in_id: UUID) -> HttpResponse:
    """Out of every number, at once; it can be brought back."""
    user = viewer_of(request)
    row = _editable_or_403(user, check_in_id)
    try:
        delete_check_in(check_in=row, by=user, at=clock.now())
    except ProductError as error:
        messages.error(request, error.message)
        return redirect("check_in_detail", row.pk)
    return redirect("check_in_deleted", row.pk)


@login_required
@require_safe
def check_in_deleted(request: HttpRequest, check_in_id: UUID) -> HttpResponse:
    """Says that it is gone, with the way back."""
    user = viewer_of(request)
    row = _deleted_or_404(user, check_in_id)
    context = {"said": row, "row": row.key_result, "crumbs": crumbs_of(row.key_result, "Check-in")}
    return render(request, "dashboards/check_in_deleted.html", context)


@login_required
@require_POST
def check_in_restore(request: HttpRequest, check_in_id: UUID) -> HttpResponse:
    """Undo a deletion."""
    user = viewer_of(request)
    row = _deleted_or_404(user, check_in_id)
    try:
        restore_check_in(check_in=row, by=user, at=clock.now())
    except ProductError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, "It is back, and every number with it.")
    return redirect("key_result", row.key_result_id)


def _visible_or_404(user: User, check_in_id: UUID) -> CheckIn:
    rows = with_versions(visible_check_ins(user)).select_related("author", "recorded_by", *WITH_PLACE)
    return get_object_or_404(rows, pk=check_in_id)


def _editable_or_403(user: User, check_in_id: UUID) -> CheckIn:
    row = _visible_or_404(user, check_in_id)
    if not can_edit_check_in(user, row):
        raise PermissionDenied("A check-in is changed by its author or an administrator.")
    refusal = why_not(row.key_result)
    if refusal:
        raise PermissionDenied(f"This check-in can only be read: {refusal}.")
    return row


def _deleted_or_404(user: User, check_in_id: UUID) -> CheckIn:
    rows = CheckIn.everything.filter(
        deleted_at__isnull=False, key_result__in=visible_key_results(user).order_by().values("pk")
    )
    row = get_object_or_404(rows.select_related("author", *WITH_PLACE), pk=check_in_id)
    if not can_edit_check_in(user, row):
        raise PermissionDenied("A check-in is brought back by its author or an administrator.")
    return row


def _titles(row: CheckIn) -> dict[str, str]:
    return {str(step.pk): step.title for step in steps_of([row.key_result]).get(row.key_result_id, [])}
