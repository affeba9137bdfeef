"""Comments on pages: written, read with their earlier wordings, edited, taken away; and reactions."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from checkins.models import Comment
from checkins.permissions import can_delete_words, can_edit_words, visible_comments
from checkins.queries.comments import comment_row, earlier_wordings, with_versions
from checkins.queries.reaction_places import find_reaction_place
from checkins.queries.reactions import reactions_on
from checkins.rules.kinds import Reactable
from checkins.services.delete_comment import delete_comment, restore_comment
from checkins.services.edit_comment import edit_comment
from checkins.services.react import react as leave_word
from checkins.services.write_comment import write_comment
from common import clock
from common.errors import InvalidInput, NotAllowed, ProductError, StaleVersion
from common.ids import new_id
from dashboards.queries.words_place import WordsPlace
from dashboards.views.words_page import (
    home_of,
    moment_of,
    next_of,
    note_unheard,
    place_or_404,
    posted_id,
    readable_text,
    words_of,
)
from objectives.permissions import visible_objectives
from people.models import User
from people.views.access import viewer_of

WITH_PLACE = ("objective__organisation", "key_result", "check_in")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def comment_new(request: HttpRequest) -> HttpResponse:
    """A form for words on `?objective=`, `?key_result=`, `?check_in=`, `?ask=`, or in answer to `?comment=`."""
    user, place = viewer_of(request), place_or_404(request)
    if request.method != "POST":
        return _form(request, place, text=place.opening)
    text = request.POST.get("text", "")
    try:
        comment = write_comment(
            by=user,
            at=clock.now(),
            objective=place.objective,
            text=text,
            key_result=place.key_result,
            check_in=place.check_in,
            ask=place.ask,
            comment_id=posted_id(request),
        )
    except NotAllowed as error:
        raise PermissionDenied(error.message) from error
    except ProductError as error:
        return _form(request, place, text=text, problem=words_of(error))
    note_unheard(request, comment.text, place.objective)
    return _go(next_of(request, home_of(comment)), comment)


def _go(address: str, comment: Comment) -> HttpResponse:
    return HttpResponseRedirect(f"{address.partition('#')[0]}#c-{comment.pk}")


def _form(request: HttpRequest, place: WordsPlace, *, text: str, problem: str = "") -> HttpResponse:
    """The form alone for htmx, else a page around it."""
    context: dict[str, Any] = {
        "place": place,
        "text": text,
        "problem": problem,
        "form_id": new_id(),
        "next": next_of(request, ""),
        "is_part": bool(getattr(request, "htmx", False)),
    }
    part = "dashboards/conversation/form.html" if context["is_part"] else "dashboards/conversation/new.html"
    return render(request, part, context, status=422 if problem else 200)


@login_required
@require_safe
def comment(request: HttpRequest, comment_id: UUID) -> HttpResponse:
    """One comment with everything it said before."""
    user = viewer_of(request)
    row = _visible_or_404(user, comment_id)
    context = {
        "row": comment_row(user, row),
        "comment": row,
        "versions": earlier_wordings(row),
        "reactions": reactions_on(user, [row.pk]),
        "home": home_of(row),
    }
    return render(request, "dashboards/conversation/comment.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def comment_edit(request: HttpRequest, comment_id: UUID) -> HttpResponse:
    """For its author. A change in between is shown beside the words that were typed, which stay."""
    user = viewer_of(request)
    row = _visible_or_404(user, comment_id)
    if not can_edit_words(user, row):
        raise PermissionDenied("Only whoever wrote a comment changes it.")
    text, problem, is_stale = readable_text(row.text, row.objective), "", False
    if request.method == "POST":
        text = request.POST.get("text", "")
        try:
            saved = edit_comment(
                comment=row, by=user, at=clock.now(), text=text, expected_updated_at=moment_of(request)
            )
        except StaleVersion:
            row, is_stale = _visible_or_404(user, comment_id), True
        except ProductError as error:
            problem = words_of(error)
        else:
            note_unheard(request, saved.text, row.objective)
            return _go(next_of(request, home_of(row)), row)
    context = {
        "comment": row,
        "text": text,
        "problem": problem,
        "is_stale": is_stale,
        "opened_at": row.updated_at.isoformat(),
        "next": next_of(request, ""),
        "home": home_of(row),
    }
    status = 409 if is_stale else 422 if problem else 200
    return render(request, "dashboards/conversation/edit.html", context, status=status)


@login_required
@require_POST
def comment_delete(request: HttpRequest, comment_id: UUID) -> HttpResponse:
    """Taken away at once, with the way back in the message."""
    user = viewer_of(request)
    row = _visible_or_404(user, comment_id)
    if not can_delete_words(user, row):
        raise PermissionDenied("A comment is taken away by whoever wrote it, or by an administrator.")
    delete_comment(comment=row, by=user, at=clock.now())
    messages.success(
        request, "The comment was taken away.", extra_tags=reverse("comment_restore", args=[row.pk])
    )
    return HttpResponseRedirect(next_of(request, home_of(row).partition("#")[0]))


@login_required
@require_POST
def comment_restore(request: HttpRequest, comment_id: UUID) -> HttpResponse:
    """Undo of taking it away."""
    user = viewer_of(request)
    seen = visible_objectives(user).order_by().values("pk")
    row = get_object_or_404(Comment.everything.filter(objective__in=seen), pk=comment_id)
    try:
        restore_comment(comment=row, by=user, at=clock.now())
    except NotAllowed as error:
        raise PermissionDenied(error.message) from error
    except ProductError as error:
        messages.error(request, error.message)
        return redirect("objective", row.objective_id)
    return redirect(home_of(row))


@login_required
@require_POST
def react(request: HttpRequest) -> HttpResponse:
    """Leave one of the words on something, or take it back: `word` is `thank_you:on` or `thank_you:off`."""
    user = viewer_of(request)
    word, _, wanted = request.POST.get("word", "").partition(":")
    subject_type, subject_id = request.POST.get("subject_type", ""), _uuid(request.POST.get("subject_id", ""))
    if subject_id is None or subject_type not in set(Reactable):
        raise Http404("There is nothing here to react to.")
    place = find_reaction_place(user, subject_type, subject_id)
    if place is None:
        raise Http404("There is nothing here to react to.")
    try:
        leave_word(
            by=user,
            at=clock.now(),
            subject_type=subject_type,
            subject_id=subject_id,
            word=word,
            is_on=wanted != "off",
        )
    except NotAllowed as error:
        raise PermissionDenied(error.message) from error
    except InvalidInput as error:
        raise Http404("There is no such word.") from error
    except ProductError as error:
        messages.info(request, error.message)
    if getattr(request, "htmx", False):
        context = {
            "subject_type": subject_type,
            "subject_id": subject_id,
            "found": reactions_on(user, [subject_id]),
            "is_own": place.author_id == user.pk,
        }
        return render(request, "dashboards/conversation/reacted.html", context)
    objective = place.objective_id
    home = reverse("objective", args=[objective]) if objective else reverse("home")
    return HttpResponseRedirect(f"{next_of(request, home).partition('#')[0]}#r-{subject_id}")


def _visible_or_404(user: User, comment_id: UUID) -> Comment:
    rows = with_versions(visible_comments(user)).select_related("author", *WITH_PLACE)
    return get_object_or_404(rows, pk=comment_id)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
