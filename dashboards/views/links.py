"""Linking an objective to what it helps, with a plain form; the outline and the map lead here."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from alignment.permissions import can_edit_link, visible_links
from alignment.rules.kinds import LinkKind
from alignment.services import create_link, delete_link
from common import clock
from common.errors import InvalidInput, ProductError
from dashboards.context import current_cycle
from dashboards.queries.link_choices import find_child, find_parent, link_choices
from people.views.access import viewer_of

LINKED = "Linked. Everything above counts it now."


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def link_new(request: HttpRequest) -> HttpResponse:
    """Choose the objective, what it helps, how and how much. What was chosen stays when it is refused.

    The map sends the same form and asks for JSON: what happened, in the same words.
    """
    viewer = viewer_of(request)
    if viewer.is_viewer:
        raise PermissionDenied("Viewers read. Ask somebody who works on the objective.")
    typed = {
        name: (request.POST or request.GET).get(name, "")
        for name in ("child", "parent", "kind", "weight", "reason")
    }
    problem: dict[str, str] = {}
    if request.method == "POST":
        try:
            link = create_link(**_values(request, typed), by=viewer, at=clock.now())
        except InvalidInput as error:
            problem = {one.field: one.message for one in error.problems}
        except ProductError as error:
            problem = {"parent": error.message}
        else:
            if _wants_json(request):
                return JsonResponse({"message": LINKED, "id": str(link.pk)}, status=201)
            messages.success(request, LINKED)
            return redirect("objective", link.child_id)
        if _wants_json(request):
            return JsonResponse({"message": " ".join(problem.values())}, status=422)
    row = current_cycle(request)
    context = {
        "choices": link_choices(viewer, row.id if row else None, child_id=typed["child"]),
        "typed": typed,
        "problem": problem,
        "problems": [{"href": f"#{field}", "words": words} for field, words in problem.items()],
        "kinds": (
            (LinkKind.CONTRIBUTES.value, "contributes", "counts in its progress, with a weight"),
            (LinkKind.SUPPORTS.value, "supports", "is shown there, never counted"),
            (LinkKind.DEPENDS_ON.value, "depends on", "asks its team for something"),
        ),
    }
    return render(request, "dashboards/link_new.html", context, status=422 if problem else 200)


@login_required
@require_POST
def link_delete(request: HttpRequest, link_id: UUID) -> HttpResponse:
    """Take a link back; the message offers to put it back."""
    viewer = viewer_of(request)
    link = visible_links(viewer).select_related("child").filter(pk=link_id).first()
    if link is None:
        raise Http404
    if not can_edit_link(viewer, link):
        raise PermissionDenied("Whoever may edit the objective may change where it leads.")
    try:
        delete_link(link=link, by=viewer, at=clock.now())
        messages.success(request, "Taken back. The objective stays as it is.")
    except ProductError as error:
        messages.error(request, error.message)
    return redirect("objective", link.child_id)


def _wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "") == "application/json"


def _values(request: HttpRequest, typed: dict[str, str]) -> dict[str, Any]:
    """Arguments for `create_link`. Raises InvalidInput with every field that says nothing usable."""
    viewer = viewer_of(request)
    child = find_child(viewer, typed["child"])
    if child is None:
        raise InvalidInput.of("child", "required", "choose the objective that helps")
    parent = find_parent(viewer, typed["parent"])
    if parent is None:
        raise InvalidInput.of("parent", "required", "choose what it helps")
    if typed["kind"] and typed["kind"] not in list(LinkKind):
        raise InvalidInput.of("kind", "unknown", "choose how it helps")
    try:
        weight = Decimal(typed["weight"].replace(",", ".") or "1")
    except InvalidOperation:
        raise InvalidInput.of("weight", "not_a_number", "a number, such as 1 or 40") from None
    return {
        "child": child,
        "parent": parent,
        "kind": LinkKind(typed["kind"]) if typed["kind"] else None,
        "weight": weight,
        "reason": typed["reason"],
    }
