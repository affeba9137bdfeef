"""What can be done to an ask, one step a post: answer, pass on, reword, take back; and the friendly question."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from checkins.models import Ask
from checkins.permissions import can_do_to_ask
from checkins.rules.asks import AskAction
from checkins.services.answer_ask import answer_ask
from checkins.services.nudge import nudge
from checkins.services.pass_on_ask import pass_on_ask
from checkins.services.withdraw_ask import reword_ask, withdraw_ask
from common import clock
from common.errors import InvalidInput, NotAllowed, ProductError, RuleConflict
from dashboards.queries.askable import find_people
from dashboards.views.asks import ask_or_404, problem_of, show_ask
from dashboards.views.where_next import where_next
from objectives.permissions import visible_key_results
from people.views.access import viewer_of


@login_required
@require_POST
def ask_answer(request: HttpRequest, ask_id: UUID) -> HttpResponse:
    """Answer, or note that it was answered in person. What was typed stays on the page when it is refused."""
    row, user = ask_or_404(request, ask_id), viewer_of(request)
    typed = {"text": request.POST.get("text", ""), "option": request.POST.get("option", "")}
    in_person = bool(request.POST.get("in_person"))
    option = typed["option"]
    try:
        done = answer_ask(
            ask=row,
            by=user,
            at=clock.now(),
            text=typed["text"],
            chosen_option=int(option) if option.isascii() and option.isdigit() and len(option) < 3 else None,
            in_person=in_person,
        )
    except RuleConflict as error:
        if _is_the_same(row, typed["text"]):
            return redirect(where_next(request, _at(row)))
        return show_ask(request, row, status=409, typed=typed, conflict=error.message)
    except ProductError as error:
        return _refused(request, row, error, typed)
    words = "Noted" if in_person else "Decided" if done.kind == "decision" else "Answered"
    messages.success(request, f"{words}. {done.asked_by.name} reads it on My week.")
    return redirect(where_next(request, _at(row)))


@login_required
@require_POST
def ask_pass_on(request: HttpRequest, ask_id: UUID) -> HttpResponse:
    """Hand it to somebody who can answer it better."""
    row, user = ask_or_404(request, ask_id), viewer_of(request)
    typed = {"to": request.POST.get("to", ""), "words": request.POST.get("words", "")}
    try:
        found = find_people(user, [typed["to"]]).get(typed["to"])
        if can_do_to_ask(user, row, AskAction.PASSED_ON) and (found is None or found.person is None):
            raise InvalidInput.of("to", "required", found.problem if found else "who could answer it?")
        to = found.person if found is not None and found.person is not None else user
        done = pass_on_ask(ask=row, by=user, at=clock.now(), to=to, words=typed["words"])
    except RuleConflict as error:
        return show_ask(request, row, status=409, typed=typed, conflict=error.message)
    except ProductError as error:
        return _refused(request, row, error, typed)
    messages.success(request, f"Passed on to {done.asked_of.name}. {done.asked_by.name} is told.")
    return redirect(where_next(request, _at(row)))


@login_required
@require_POST
def ask_reword(request: HttpRequest, ask_id: UUID) -> HttpResponse:
    """Say it in better words while nobody has answered."""
    row = ask_or_404(request, ask_id)
    typed = {"reworded": request.POST.get("reworded", "")}
    try:
        reword_ask(ask=row, by=viewer_of(request), at=clock.now(), text=typed["reworded"])
    except RuleConflict as error:
        return show_ask(request, row, status=409, typed=typed, conflict=error.message)
    except InvalidInput as error:
        return show_ask(request, row, status=422, typed=typed, problem={"reworded": error.message})
    except NotAllowed as error:
        raise PermissionDenied(error.message) from error
    messages.success(request, "Kept. The earlier words stay in its history.")
    return redirect(_at(row))


@login_required
@require_POST
def ask_withdraw(request: HttpRequest, ask_id: UUID) -> HttpResponse:
    """Take it back."""
    row = ask_or_404(request, ask_id)
    try:
        withdraw_ask(ask=row, by=viewer_of(request), at=clock.now())
    except RuleConflict as error:
        return show_ask(request, row, status=409, conflict=error.message)
    except NotAllowed as error:
        raise PermissionDenied(error.message) from error
    messages.success(request, f"Taken back. {row.asked_of.name} need not answer it any more.")
    return redirect(where_next(request, _at(row)))


@login_required
@require_POST
def nudge_key_result(request: HttpRequest, key_result_id: UUID) -> HttpResponse:
    """Ask how it is going, at most once a week."""
    rows = visible_key_results(viewer_of(request)).select_related(
        "objective__organisation", "objective__owner", "objective__cycle", "owner"
    )
    row = rows.filter(pk=key_result_id).first()
    if row is None:
        raise Http404("There is no such key result.")
    try:
        made = nudge(key_result=row, by=viewer_of(request), at=clock.now())
    except NotAllowed as error:
        raise PermissionDenied(error.message) from error
    except ProductError as error:
        messages.error(request, f"Not asked: {error}." if isinstance(error, InvalidInput) else error.message)
    else:
        messages.success(request, f"{made.to.name} is asked how it is going.")
    return redirect(where_next(request, reverse("key_result", args=[row.pk])))


def _refused(request: HttpRequest, row: Ask, error: ProductError, typed: dict[str, str]) -> HttpResponse:
    """The page with what was typed, and why it was not taken."""
    if isinstance(error, NotAllowed):
        return show_ask(request, row, status=403, typed=typed, conflict=error.message)
    return show_ask(request, row, status=422, typed=typed, problem=problem_of(error))


def _is_the_same(row: Ask, text: str) -> bool:
    """The same answer was sent twice, as by a double click."""
    row.refresh_from_db(fields=["answer", "state"])
    return bool(text.strip()) and row.answer == text.strip()


def _at(row: Ask) -> str:
    return reverse("ask", args=[row.pk])
