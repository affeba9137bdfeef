"""Change a priority that is in force: a draft that leaders see, and what publishing it would do."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from alignment.models import PriorityRevision, StrategicPriority
from alignment.queries.revisions import versions_of
from alignment.services import discard_revision, draft_of, publish_revision, save_draft
from alignment.services.show_draft import show_draft, who_may_look
from common import clock
from common.errors import ProductError, StaleVersion
from common.redline import changed_words
from dashboards.context import current_cycle, today_of
from dashboards.forms.priority_form import ChangeForm
from dashboards.queries.priority_change import impact_of
from dashboards.views.priority_access import priority_or_404, stater_of
from dashboards.views.priority_versions import version_pairs
from dashboards.views.words import count_words
from people.models import User
from people.views.access import viewer_of

WORDS = ("title", "narrative", "not_doing", "owner", "sponsor", "starts_on", "ends_on")
ANSWER_IN = timedelta(days=14)


def change_page(request: HttpRequest, row: StrategicPriority) -> HttpResponse:
    """Show the draft with whom it reaches; save, show to another leader, publish or discard it.

    When somebody else was faster, both versions are shown and nothing is lost.
    """
    viewer = viewer_of(request)
    draft = draft_of(row)
    form = ChangeForm(request.POST or None, viewer=viewer, initial=_initial(draft or row, today_of(request)))
    theirs: Any = None
    if request.method == "POST":
        if draft is not None and request.POST.get("step") == "discard":
            return _discard(request, row, draft, viewer)
        if form.is_valid():
            try:
                return _do(request, row, form, viewer)
            except StaleVersion:
                theirs = draft_of(row) or priority_or_404(viewer, row.pk)
            except ProductError as error:
                form.refuse(error)
    return _page(request, row, form, theirs)


@login_required
@require_POST
def priority_draft(request: HttpRequest, priority_id: UUID) -> HttpResponse:
    """Keep what is typed, for the page's own saving: when it was kept, and the version to go on from."""
    viewer = stater_of(request)
    row = priority_or_404(viewer, priority_id)
    form = ChangeForm(request.POST, viewer=viewer)
    if not form.is_valid():
        return JsonResponse({"saved": "Not kept yet: look at the marked fields"})
    try:
        draft = _save(request, row, form, viewer)
    except StaleVersion:
        return JsonResponse({"saved": "Somebody else changed this draft. Save to see both."}, status=409)
    except ProductError as error:
        return JsonResponse({"saved": error.message}, status=422)
    at = timezone.localtime(clock.now()).strftime("%H:%M")
    return JsonResponse({"saved": f"Draft saved {at}", "draft_version": draft.version if draft else 0})


def _do(request: HttpRequest, row: StrategicPriority, form: ChangeForm, viewer: User) -> HttpResponse:
    """Save what was typed and take the step that was asked for, all or nothing. Raises ProductError."""
    step = request.POST.get("step", "save")
    with transaction.atomic():
        draft = _save(request, row, form, viewer)
        if draft is not None and step == "publish":
            publish_revision(
                revision=draft,
                by=viewer,
                at=clock.now(),
                reason=form.cleaned_data["reason"],
                is_minor=form.is_minor,
                answer_by_on=form.cleaned_data["answer_by_on"],
            )
            messages.success(request, f"Version {draft.number} is in force.")
            return redirect("priority", row.pk)
        if draft is not None and step.startswith("show:"):
            name = show_draft(revision=draft, to_id=UUID(step[5:]), by=viewer, at=clock.now())
            messages.success(request, f"{name} is told of the draft.")
        else:
            messages.success(request, "Draft saved." if draft else "Nothing differs from what is in force.")
    return redirect("priority_edit", row.pk)


def _save(
    request: HttpRequest, row: StrategicPriority, form: ChangeForm, viewer: User
) -> PriorityRevision | None:
    return save_draft(
        priority=row,
        by=viewer,
        at=clock.now(),
        expected_version=_number(request, "revision"),
        expected_draft=_number(request, "draft") or 0,
        reason=form.cleaned_data["reason"],
        is_minor=form.is_minor,
        answer_by_on=form.cleaned_data["answer_by_on"],
        **{name: form.cleaned_data[name] for name in WORDS},
    )


def _discard(
    request: HttpRequest, row: StrategicPriority, draft: PriorityRevision, viewer: User
) -> HttpResponse:
    try:
        discard_revision(revision=draft, by=viewer, at=clock.now())
        messages.success(request, "The draft is gone. What is in force stays.")
    except ProductError as error:
        messages.error(request, error.message)
    return redirect("priority", row.pk)


def _page(request: HttpRequest, row: StrategicPriority, form: ChangeForm, theirs: Any) -> HttpResponse:
    viewer, today = viewer_of(request), today_of(request)
    if theirs is not None:
        row = priority_or_404(viewer, row.pk)
    draft = draft_of(row)
    said = form.cleaned_data if form.is_bound and form.is_valid() else _initial(draft or row, today)
    title, narrative = said.get("title", row.title), said.get("narrative", row.narrative)
    words = changed_words(row.title, title) + changed_words(row.narrative, narrative)
    status = 409 if theirs else 422 if form.errors else 200
    context = {
        "form": form,
        "row": row,
        "draft": draft,
        "theirs": theirs,
        "pairs": version_pairs(theirs, form) if theirs else [],
        "title": title,
        "narrative": narrative,
        "reason": said.get("reason", ""),
        "is_minor": said.get("size") == "wording",
        "changed_words": words,
        "impact": impact_of(viewer, row, f"{title} {narrative}" if words else "", today=today),
        "versions": versions_of(row, with_draft=True),
        "lookers": who_may_look(row, viewer),
        "answer_by_on": said.get("answer_by_on"),
        "week_words": _week_words(request, today),
    }
    return render(request, "dashboards/priority_change.html", context, status=status)


def _week_words(request: HttpRequest, today: date) -> str:
    """ "Week 8 of 13. Teams have five weeks to act on it.", "" outside a cycle with dates."""
    cycle = current_cycle(request)
    if cycle is None or cycle.starts_on is None or cycle.ends_on is None:
        return ""
    if not cycle.starts_on <= today <= cycle.ends_on:
        return ""
    weeks = ((cycle.ends_on - cycle.starts_on).days + 7) // 7
    week = (today - cycle.starts_on).days // 7 + 1
    left = max(0, weeks - week)
    return f"Week {week} of {weeks}. Teams have {count_words(left, 'week', 'weeks').lower()} to act on it."


def _initial(source: Any, today: date) -> dict[str, Any]:
    is_draft = isinstance(source, PriorityRevision)
    return {
        **{name: getattr(source, name) for name in WORDS},
        "reason": source.reason if is_draft else "",
        "size": "wording" if is_draft and source.is_minor else "meaning",
        "answer_by_on": (source.answer_by_on if is_draft else None) or today + ANSWER_IN,
    }


def _number(request: HttpRequest, name: str) -> int | None:
    text = request.POST.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else None
