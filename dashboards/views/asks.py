"""The page of one ask, and the form that asks somebody."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from checkins.models import Ask
from checkins.permissions import can_ask, can_do_to_ask
from checkins.rules.asks import AskAction, usual_answer_by
from checkins.rules.kinds import AskKind
from checkins.services.ask_person import ask_person
from checkins.services.see_ask import see_ask
from common import clock
from common.errors import FieldProblem, InvalidInput, ProductError
from common.templatetags.forms import ProblemLine
from dashboards.context import today_of
from dashboards.forms.ask_line import TypedAsk, read_ask_line
from dashboards.queries.ask_page import ask_page, find_ask
from dashboards.queries.askable import askable_words, find_people
from dashboards.views.where_next import where_next
from objectives.models import KeyResult, Objective
from objectives.permissions import visible_key_results, visible_objectives
from people.views.access import viewer_of

NEW_FIELDS = ("of", "text", "by", "options")
ON_THE_PAGE = {"asked_of": "of", "to": "to", "answer_by_on": "by", "chosen_option": "option-0", "": "text"}
"""Ids of fields on the pages of asks, by what services call them; others have the same name."""


@login_required
@require_safe
def ask(request: HttpRequest, ask_id: UUID) -> HttpResponse:
    """Whoever sees the objective; that the person who was asked, or who asked, opens it is noted."""
    row = ask_or_404(request, ask_id)
    if request.method == "GET":
        see_ask(ask=row, by=viewer_of(request), at=clock.now())
    return show_ask(request, row)


def ask_or_404(request: HttpRequest, ask_id: UUID) -> Ask:
    row = find_ask(viewer_of(request), ask_id)
    if row is None:
        raise Http404("There is no ask at this address.")
    return row


def show_ask(
    request: HttpRequest,
    row: Ask,
    *,
    status: int = 200,
    typed: dict[str, str] | None = None,
    problem: dict[str, str] | None = None,
    conflict: str = "",
) -> HttpResponse:
    """The page; after a refusal with what was typed, what is wrong by field, or what somebody did meanwhile."""
    user = viewer_of(request)
    page = ask_page(row, today=today_of(request))
    waits = page.row.is_waiting
    context: dict[str, Any] = {
        "page": page,
        "row": page.row,
        "can_answer": waits and can_do_to_ask(user, row, AskAction.ANSWERED),
        "can_withdraw": waits and can_do_to_ask(user, row, AskAction.WITHDRAWN),
        "can_reword": waits and can_do_to_ask(user, row, AskAction.REWORDED),
        "can_follow_up": not waits and can_ask(user, row.objective),
        "next": where_next(request),
        "typed": typed or {},
        "problem": problem or {},
        "problems": [ProblemLine(f"#{name}", words) for name, words in (problem or {}).items()],
        "conflict": conflict,
    }
    if context["can_answer"]:
        context["askable"] = askable_words(user)
    return render(request, "dashboards/asks/ask.html", context, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def ask_new(request: HttpRequest) -> HttpResponse:
    """Ask about an objective or one of its key results. What was typed stays when it is refused."""
    user = viewer_of(request)
    objective, key_result = _subject(request)
    if not can_ask(user, objective):
        raise PermissionDenied("Viewers read. Ask somebody who works on the objective to ask for you.")
    typed = {name: (request.POST or request.GET).get(name, "") for name in NEW_FIELDS}
    problem: dict[str, str] = {}
    if request.method == "POST":
        try:
            made = _ask(request, objective, key_result, typed)
        except ProductError as error:
            problem = problem_of(error)
        else:
            messages.success(request, f"Asked. {made.asked_of.name} finds it on the strategy page.")
            return redirect(where_next(request, reverse("ask", args=[made.pk])))
    else:
        typed["by"] = typed["by"] or usual_answer_by(today_of(request)).isoformat()
        typed["of"] = _name_of(request, typed["of"])
    context = {
        "objective": objective,
        "key_result": key_result,
        "typed": typed,
        "problem": problem,
        "problems": [ProblemLine(f"#{name}", words) for name, words in problem.items()],
        "askable": askable_words(user),
        "next": where_next(request),
    }
    return render(request, "dashboards/asks/new.html", context, status=422 if problem else 200)


def _subject(request: HttpRequest) -> tuple[Objective, KeyResult | None]:
    """What the address names; Http404 when it is not there for the reader."""
    user, given = viewer_of(request), request.POST or request.GET
    if given.get("key_result"):
        rows = visible_key_results(user).select_related("objective__organisation")
        key_result = get_object_or_404(rows, pk__in=_ids(given["key_result"]))
        return key_result.objective, key_result
    rows_of_objectives = visible_objectives(user).select_related("organisation")
    return get_object_or_404(rows_of_objectives, pk__in=_ids(given.get("objective", ""))), None


def _ask(
    request: HttpRequest, objective: Objective, key_result: KeyResult | None, typed: dict[str, str]
) -> Ask:
    user = viewer_of(request)
    line = TypedAsk(typed["of"], typed["text"], typed["by"])
    asked, wrong = read_ask_line(line, find_people(user, [typed["of"]]), today=today_of(request))
    if asked is None:
        raise InvalidInput([FieldProblem(name, "invalid", words) for name, words in wrong.items()])
    options = [one for one in typed["options"].splitlines() if one.strip()]
    return ask_person(
        by=user,
        at=clock.now(),
        objective=objective,
        key_result=key_result,
        kind=AskKind.DECISION if options else AskKind.ASK,
        options=options,
        **asked._asdict(),
    )


def problem_of(error: ProductError) -> dict[str, str]:
    """What is wrong, by the id of the field on the page."""
    if isinstance(error, InvalidInput):
        return {ON_THE_PAGE.get(one.field, one.field): one.message for one in error.problems}
    return {"text": error.message}


def _name_of(request: HttpRequest, text: str) -> str:
    """The words that stand for a person in the field, when a link names one by id."""
    found = find_people(viewer_of(request), [text]).get(text)
    return found.person.name if found is not None and found.person is not None else text


def _ids(text: str) -> list[UUID]:
    """The id that an address names; none when it is not even well formed."""
    try:
        return [UUID(text)]
    except ValueError:
        return []
