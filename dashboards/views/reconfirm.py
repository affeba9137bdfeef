"""Does your objective still point the right way? Keep, adapt or stop it after a change of its priority."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.views.decorators.http import require_http_methods

from alignment.services import answer_reconfirmation, put_off_reconfirmation
from checkins.permissions import can_ask
from common import clock
from common.errors import ProductError, RuleConflict, StaleVersion
from dashboards.context import href, today_of
from dashboards.forms.reconfirm_form import ReconfirmForm
from dashboards.queries.my_questions import DID
from dashboards.queries.reconfirm_page import ReconfirmPage, find_reconfirmation, reconfirm_page
from people.views.access import viewer_of

DONE = {
    "kept": "Kept. It serves the new words as it is.",
    "adapted": "Adapted. Both versions stay in the history.",
    "stopped": "Stopped. What you learned stays with it.",
}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def reconfirm(request: HttpRequest, reconfirmation_id: UUID) -> HttpResponse:
    """Whoever sees the objective reads it; whoever may edit it answers."""
    user = viewer_of(request)
    row = find_reconfirmation(user, reconfirmation_id)
    if row is None:
        raise Http404("There is no question at this address.")
    page = reconfirm_page(user, row)
    if request.method != "POST":
        return _page(request, page, ReconfirmForm(initial=_initial(page)))
    if not page.can_answer:
        raise PermissionDenied("Whoever works on the objective answers.")
    if request.POST.get("step") == "later":
        return _later(request, page)
    form = ReconfirmForm(request.POST)
    status = 422
    if form.is_valid():
        try:
            answer_reconfirmation(
                reconfirmation=row,
                by=user,
                at=clock.now(),
                answer=form.cleaned_data["answer"],
                words=form.cleaned_data["words"],
                adapting=form.adapting(row.objective, page.key_results, page.others),
            )
        except (StaleVersion, RuleConflict) as error:
            form.refuse(error)
            status = 409
            row = find_reconfirmation(user, reconfirmation_id) or row
            page = reconfirm_page(user, row)
        except ProductError as error:
            form.refuse(error)
        else:
            messages.success(request, DONE[form.cleaned_data["answer"]])
            return redirect("my_week")
    return _page(request, page, form, status=status)


def _later(request: HttpRequest, page: ReconfirmPage) -> HttpResponse:
    monday = next_monday(today_of(request))
    try:
        put_off_reconfirmation(
            reconfirmation=page.row, by=viewer_of(request), at=clock.now(), remind_on=monday
        )
        messages.success(request, f"It comes back on {date_format(monday, 'D j M')}.")
    except ProductError as error:
        messages.error(request, error.message)
    return redirect("my_week")


def next_monday(today: date) -> date:
    """The first Monday after today."""
    return today + timedelta(days=7 - today.weekday())


def _page(request: HttpRequest, page: ReconfirmPage, form: ReconfirmForm, status: int = 200) -> HttpResponse:
    user, row = viewer_of(request), page.row
    revision = row.revision
    who = revision.published_by or revision.owner
    may_ask = who is not None and who.pk != user.pk and can_ask(user, row.objective)
    is_past = row.state != "open" and row.answer_by_on is not None and today_of(request) > row.answer_by_on
    context: dict[str, Any] = {
        "page": page,
        "row": row,
        "revision": revision,
        "objective": row.objective,
        "form": form,
        "who": who.name if who else "Somebody",
        "did": DID.get(revision.kind, "changed a priority"),  # type: ignore[call-overload]
        "is_retired": revision.kind == "retired",
        "is_over": row.state == "released" or is_past,
        "unchanged": unchanged_words(page),
        "talk_href": f"{href('ask_new')}?objective={row.objective_id}&to={who.pk}&next={request.path}"
        if may_ask and who
        else "",
    }
    return render(request, "dashboards/reconfirm.html", context, status=status)


def unchanged_words(page: ReconfirmPage) -> str:
    """ "Unchanged: Amara looks after it, it runs until the end of 2027, and it is still one of five."."""
    now, before = page.row.revision, page.before
    if before is None or now.kind == "retired":
        return ""
    parts = []
    if now.owner is not None and now.owner_id == before.owner_id:
        parts.append(f"{now.owner.name} looks after it")
    if now.ends_on is not None and now.ends_on == before.ends_on:
        parts.append(f"it runs until {date_format(now.ends_on, 'j M Y')}")
    if page.priority_count > 1:
        parts.append(f"it is one of {page.priority_count}")
    return f"Unchanged: {', '.join(parts)}." if parts else ""


def _initial(page: ReconfirmPage) -> dict[str, Any]:
    row = page.row
    answered = row.state in DONE
    return {
        "answer": row.state if answered else "kept",
        "helps": row.helps_after if answered else (page.link.reason if page.link else ""),
        "what": "helps",
        "title": row.objective.title,
        "version": row.objective.version,
        "words": row.words,
    }
