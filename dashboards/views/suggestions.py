"""Suggested wordings: written by whoever reads, taken or not by whoever may edit."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from common import clock
from common.errors import InvalidInput, NotAllowed, ProductError
from common.templatetags.forms import ProblemLine
from dashboards.forms.problem_words import sentence
from dashboards.forms.typed_values import as_uuid
from dashboards.views.where_next import where_next
from objectives.models import KeyResult, Objective, Suggestion
from objectives.permissions import visible_objectives
from objectives.rules.kinds import SuggestionState
from objectives.services.suggest_wording import (
    accept_suggestion,
    can_answer_suggestion,
    can_suggest,
    decline_suggestion,
    suggest_wording,
    withdraw_suggestion,
)
from people.views.access import viewer_of


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def suggestion_new(request: HttpRequest, objective_id: UUID) -> HttpResponse:
    """Offer other words for the title, the why, or the title of a key result."""
    user = viewer_of(request)
    objective = visible_objectives(user).select_related("owner", "team__lead").filter(pk=objective_id).first()
    if objective is None:
        raise Http404("There is no objective at this address.")
    if not can_suggest(user, objective):
        raise PermissionDenied("Viewers read. Ask somebody who works on the objective.")
    key_results = list(KeyResult.objects.filter(objective=objective).order_by("position", "pk"))
    typed = {name: request.POST.get(name, "").replace("\r\n", "\n") for name in ("what", "after", "reason")}
    typed["what"] = typed["what"] or request.GET.get("what", "title")
    problem: dict[str, str] = {}
    if request.method == "POST":
        key_result = next((row for row in key_results if row.pk == as_uuid(typed["what"])), None)
        try:
            suggest_wording(
                objective=objective,
                by=user,
                at=clock.now(),
                field="title" if key_result is not None else typed["what"],
                after=typed["after"],
                reason=typed["reason"],
                key_result=key_result,
            )
        except InvalidInput as error:
            problem = {one.field: sentence(one.message) for one in error.problems}
        except ProductError as error:
            problem = {"after": error.message}
        else:
            messages.success(request, "Suggested. The words stay until the team takes yours.")
            return redirect("objective", objective.pk)
    context = {
        "objective": objective,
        "choices": _choices(objective, key_results),
        "typed": typed,
        "problem": problem,
        "problems": [ProblemLine(f"#{name}", words.rstrip(".")) for name, words in problem.items()],
    }
    return render(
        request, "dashboards/negotiation/suggestion_new.html", context, status=422 if problem else 200
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def suggestion(request: HttpRequest, suggestion_id: UUID) -> HttpResponse:
    """One suggestion with its marks; POST takes it, keeps the words, or takes it back."""
    user = viewer_of(request)
    rows = Suggestion.objects.filter(objective__in=visible_objectives(user)).select_related(
        "objective__team", "key_result", "by", "answered_by"
    )
    row = rows.filter(pk=suggestion_id).first()
    if row is None or (row.key_result is not None and row.key_result.deleted_at is not None):
        raise Http404("There is no suggestion at this address.")
    answer, conflict = request.POST.get("answer", ""), ""
    if request.method == "POST":
        try:
            words = _take(request, row, answer)
        except NotAllowed as error:
            raise PermissionDenied(error.message) from error
        except ProductError as error:
            conflict = error.message
            row.refresh_from_db()
        else:
            messages.success(request, words)
            return redirect(where_next(request, f"/objectives/{row.objective_id}/"))
    is_open = row.state == SuggestionState.OPEN
    context = {
        "row": row,
        "is_open": is_open,
        "can_answer": is_open and can_answer_suggestion(user, row),
        "can_withdraw": is_open and row.by_id == user.pk,
        "answer": answer,
        "conflict": conflict,
        "next": where_next(request),
    }
    return render(request, "dashboards/negotiation/suggestion.html", context, status=409 if conflict else 200)


def _take(request: HttpRequest, row: Suggestion, answer: str) -> str:
    user, at = viewer_of(request), clock.now()
    if "take" in request.POST:
        accept_suggestion(suggestion=row, by=user, at=at, answer=answer)
        return "Taken. The earlier words stay in its history."
    if "withdraw" in request.POST:
        withdraw_suggestion(suggestion=row, by=user, at=at)
        return "Taken back."
    decline_suggestion(suggestion=row, by=user, at=at, answer=answer)
    return "The words stay as they are."


def _choices(objective: Objective, key_results: list[KeyResult]) -> list[tuple[str, str, str]]:
    """(value, what, its words today) of everything whose words can be suggested."""
    return [
        ("title", "Its title", objective.title),
        ("why", "Why it matters", objective.why),
        *[(str(row.pk), f"Key result {place}", row.title) for place, row in enumerate(key_results, start=1)],
    ]
