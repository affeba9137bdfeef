"""A new aim for a key result: proposed with a reason, and answered by its sponsor where that is needed."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from alignment.queries.sponsors import sponsors_who_see
from alignment.services.answer_recalibration import agree_to_aim, can_agree, decline_aim
from alignment.services.recalibrate import AimChanges, preview_aim, recalibrate
from common import clock
from common.errors import InvalidInput, NotAllowed, ProductError
from common.templatetags.forms import ProblemLine
from dashboards.forms.problem_words import said_of
from dashboards.forms.typed_values import NotANumber, as_number, typed_number
from dashboards.views.where_next import where_next
from objectives.models import KeyResult, Recalibration
from objectives.permissions import can_edit_objective, visible_key_results
from objectives.rules.kinds import KeyResultKind, RecalibrationState
from objectives.services.check_key_result import numbers_of
from people.views.access import viewer_of

LABELS = {
    "target_value": "New target",
    "lower_bound": "New lower bound",
    "upper_bound": "New upper bound",
}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_aim(request: HttpRequest, key_result_id: UUID) -> HttpResponse:
    """Write a new target or band, with the reason. What was typed stays when it is refused."""
    user = viewer_of(request)
    row = _key_result(request, key_result_id)
    if not can_edit_objective(user, row.objective):
        raise PermissionDenied(
            "Its owner, contributors, the lead of its team and administrators give it a new aim."
        )
    names = [name for name in LABELS if name in numbers_of(KeyResultKind(row.kind))]
    typed = {name: request.POST.get(name, typed_number(getattr(row, name))) for name in names}
    typed["reason"] = request.POST.get("reason", "").replace("\r\n", "\n")
    problem: dict[str, str] = {}
    if request.method == "POST":
        try:
            changes = _read(row, typed, names)
            if request.POST.get("step") == "look":
                preview = preview_aim(key_result=row, by=user, at=clock.now(), changes=changes)
                return _form(request, row, typed, {}, names, preview=preview)
            made = recalibrate(key_result=row, by=user, at=clock.now(), reason=typed["reason"], **changes)
        except InvalidInput as error:
            problem = {one.field: said_of(one, "key_result", row.kind) for one in error.problems}
        except ProductError as error:
            problem = {"": error.message}
        else:
            asked = made.asked_of.name if made.asked_of else ""
            words = (
                f"Proposed. {asked} is asked; the old aim counts until then."
                if asked
                else "It has a new aim."
            )
            messages.success(request, words)
            return redirect(where_next(request, f"/key-results/{row.pk}/"))
    return _form(request, row, typed, problem, names)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def aim(request: HttpRequest, recalibration_id: UUID) -> HttpResponse:
    """One new aim: both plans, the reason, and the sponsor's answer."""
    user = viewer_of(request)
    rows = Recalibration.objects.filter(key_result__in=visible_key_results(user)).select_related(
        "key_result__objective__organisation", "by", "asked_of", "answered_by"
    )
    row = rows.filter(pk=recalibration_id).first()
    if row is None:
        raise Http404("There is no new aim at this address.")
    typed, problem, status = request.POST.get("answer", ""), {}, 200
    if request.method == "POST":
        try:
            if "agree" in request.POST:
                agree_to_aim(proposal=row, by=user, at=clock.now(), answer=typed)
                messages.success(request, "Agreed. The new aim counts from now on.")
            else:
                decline_aim(proposal=row, by=user, at=clock.now(), answer=typed)
                messages.success(request, "The old aim stays. The team reads why.")
            return redirect(where_next(request, request.path))
        except NotAllowed as error:
            raise PermissionDenied(error.message) from error
        except InvalidInput as error:
            problem, status = {"answer": said_of(error.problems[0])}, 422
        except ProductError as error:
            problem, status = {"": error.message}, 409
            row.refresh_from_db()
    is_open = row.state == RecalibrationState.PROPOSED
    context = {
        "row": row,
        "changes": aim_changes(row),
        "is_open": is_open,
        "can_agree": is_open and can_agree(user, row),
        "typed": typed,
        "problem": problem,
        "problems": _lines(problem),
        "next": where_next(request),
    }
    return render(request, "dashboards/negotiation/aim.html", context, status=status)


def aim_changes(row: Recalibration) -> list[dict[str, str]]:
    """The numbers that differ, by their names: `name`, `before`, `after`; an empty text where there was none."""
    names = {"target_value": "Target", "lower_bound": "Lower bound", "upper_bound": "Upper bound"}
    changed = [
        {"name": words, "before": _shown(row.before.get(name)), "after": _shown(row.after.get(name))}
        for name, words in names.items()
        if row.before.get(name) != row.after.get(name)
    ]
    if row.before.get("planned_values") != row.after.get("planned_values"):
        changed.append({"name": "Plan", "before": "as it was", "after": "new points on the way"})
    return changed


def _shown(value: str | None) -> str:
    return "" if value is None else typed_number(Decimal(value))


def _key_result(request: HttpRequest, key_result_id: UUID) -> KeyResult:
    rows = visible_key_results(viewer_of(request)).select_related(
        "objective__cycle", "objective__organisation", "objective__team", "objective__owner", "owner"
    )
    row = rows.filter(pk=key_result_id).first()
    if row is None:
        raise Http404("There is no key result at this address.")
    return row


def _read(row: KeyResult, typed: dict[str, str], names: list[str]) -> AimChanges:
    changes: dict[str, Any] = {}
    for name in names:
        try:
            changes[name] = as_number(typed[name], row.unit)
        except NotANumber as error:
            raise InvalidInput.of(name, "not_a_number", str(error)) from error
    return AimChanges(**changes)  # type: ignore[typeddict-item]


def _form(
    request: HttpRequest,
    row: KeyResult,
    typed: dict[str, str],
    problem: dict[str, str],
    names: list[str],
    preview: Any = None,
) -> HttpResponse:
    context = {
        "row": row,
        "fields": [
            {
                "name": name,
                "label": LABELS[name],
                "value": typed[name],
                "before": getattr(row, name),
                "problem": problem.get(name, ""),
            }
            for name in names
        ],
        "reason": typed["reason"],
        "problem": problem,
        "problems": _lines(problem),
        "preview": preview,
        "sponsor": next(
            (person for person in sponsors_who_see(row.objective) if person != viewer_of(request)), None
        ),
        "next": where_next(request),
    }
    status = 200 if not problem else 409 if "" in problem else 422
    return render(request, "dashboards/negotiation/new_aim.html", context, status=status)


def _lines(problem: dict[str, str]) -> list[ProblemLine]:
    return [ProblemLine(f"#{name or 'main'}", words.rstrip(".")) for name, words in problem.items()]
