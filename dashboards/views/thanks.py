"""Thanks on pages: given, read, changed, taken back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from checkins.models import Thanks
from checkins.permissions import can_delete_words, can_edit_words, visible_thanks
from checkins.queries.reactions import reactions_on
from checkins.queries.thanks import thanks_row, with_receivers
from checkins.services.edit_thanks import delete_thanks, edit_thanks, restore_thanks
from checkins.services.give_thanks import give_thanks
from common import clock
from common.errors import FieldProblem, InvalidInput, NotAllowed, ProductError, StaleVersion
from common.ids import new_id
from dashboards.queries.people_to_thank import ReadNames, people_near, read_names
from dashboards.queries.words_place import WordsPlace
from dashboards.views.words_page import moment_of, next_of, place_or_404, posted_id, words_of
from people.models import User
from people.views.access import viewer_of


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def thanks_new(request: HttpRequest) -> HttpResponse:
    """Whom, and what for; about `?objective=`, `?key_result=`, `?check_in=`, `?ask=`; `to` ticks people."""
    user, place = viewer_of(request), place_or_404(request)
    if request.method != "POST":
        answers = [str(place.answers.pk)] if place.answers else []
        return _form(request, place, ticked=request.GET.getlist("to") or answers, typed="", problems={})
    ticked, typed = request.POST.getlist("to"), request.POST.get("name", "")
    names = read_names(user, place.objective, ticked, typed)
    try:
        thanks = give_thanks(
            by=user,
            at=clock.now(),
            objective=place.objective,
            receivers=_receivers(names),
            text=request.POST.get("text", ""),
            key_result=place.key_result,
            check_in=place.check_in,
            ask=place.ask,
            is_private=request.POST.get("private") == "1",
            thanks_id=posted_id(request),
        )
    except InvalidInput as error:
        problems = {problem.field: problem.message for problem in error.problems}
        return _form(request, place, ticked=ticked, typed=typed, problems=problems)
    to = ", ".join(person.name for person in names.people)
    messages.success(request, f"Thanks sent to {to}.")
    return HttpResponseRedirect(next_of(request, reverse("thanks", args=[thanks.pk])))


def _receivers(names: ReadNames) -> list[User]:
    if names.problems:
        raise InvalidInput([FieldProblem("receivers", "unclear", words) for words in names.problems])
    return list(names.people)


def _form(
    request: HttpRequest, place: WordsPlace, *, ticked: list[str], typed: str, problems: dict[str, str]
) -> HttpResponse:
    user = viewer_of(request)
    context: dict[str, Any] = {
        "place": place,
        "people": people_near(user, place.objective, ticked=ticked),
        "ticked": ticked,
        "typed": typed,
        "text": request.POST.get("text", ""),
        "is_private": request.POST.get("private") == "1",
        "problems": problems,
        "form_id": new_id(),
        "next": next_of(request, ""),
    }
    return render(request, "dashboards/thanks/new.html", context, status=422 if problems else 200)


@login_required
@require_safe
def thanks(request: HttpRequest, thanks_id: UUID) -> HttpResponse:
    """Thanks by themselves, for whoever may read them."""
    user = viewer_of(request)
    row = thanks_row(user, _visible_or_404(user, thanks_id))
    context = {"row": row, "reactions": reactions_on(user, [row.id])}
    return render(request, "dashboards/thanks/thanks.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def thanks_edit(request: HttpRequest, thanks_id: UUID) -> HttpResponse:
    """For whoever gave them: other words, or for the receivers alone."""
    user = viewer_of(request)
    row = _visible_or_404(user, thanks_id)
    if not can_edit_words(user, row):
        raise PermissionDenied("Only whoever gave thanks changes them.")
    text, is_private, problem, is_stale = row.text, row.is_private, "", False
    if request.method == "POST":
        text, is_private = request.POST.get("text", ""), request.POST.get("private") == "1"
        try:
            edit_thanks(
                thanks=row,
                by=user,
                at=clock.now(),
                text=text,
                is_private=is_private,
                expected_updated_at=moment_of(request),
            )
        except StaleVersion:
            row, is_stale = _visible_or_404(user, thanks_id), True
        except ProductError as error:
            problem = words_of(error)
        else:
            return redirect("thanks", row.pk)
    context = {
        "row": thanks_row(user, row),
        "text": text,
        "is_private": is_private,
        "problem": problem,
        "is_stale": is_stale,
        "opened_at": row.updated_at.isoformat(),
    }
    status = 409 if is_stale else 422 if problem else 200
    return render(request, "dashboards/thanks/edit.html", context, status=status)


@login_required
@require_POST
def thanks_delete(request: HttpRequest, thanks_id: UUID) -> HttpResponse:
    """Taken back at once, with the way back in the message."""
    user = viewer_of(request)
    row = _visible_or_404(user, thanks_id)
    if not can_delete_words(user, row):
        raise PermissionDenied("Thanks are taken back by whoever gave them, or by an administrator.")
    delete_thanks(thanks=row, by=user, at=clock.now())
    undo = reverse("thanks_restore", args=[row.pk])
    messages.success(request, "The thanks were taken back.", extra_tags=undo)
    return HttpResponseRedirect(next_of(request, reverse("objective", args=[row.objective_id])))


@login_required
@require_POST
def thanks_restore(request: HttpRequest, thanks_id: UUID) -> HttpResponse:
    """Undo of taking them back."""
    user = viewer_of(request)
    row = get_object_or_404(visible_thanks(user, Thanks.everything.all()), pk=thanks_id)
    try:
        restore_thanks(thanks=row, by=user, at=clock.now())
    except NotAllowed as error:
        raise PermissionDenied(error.message) from error
    except ProductError as error:
        messages.error(request, error.message)
        return redirect("objective", row.objective_id)
    return redirect("thanks", row.pk)


def _visible_or_404(user: User, thanks_id: UUID) -> Thanks:
    return get_object_or_404(with_receivers(visible_thanks(user)), pk=thanks_id)
