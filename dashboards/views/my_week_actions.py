"""What else the check-in form can do: keep a draft, put a row off, take the last sharing back."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import formats
from django.views.decorators.http import require_POST

from checkins.models import CheckIn
from checkins.queries.due import looked_after_by
from checkins.services.edit_check_in import delete_check_in
from checkins.services.save_draft import save_draft
from checkins.services.skip_key_result import skip_key_result, undo_skip
from checkins.services.withdraw_ask import withdraw_ask
from common import clock
from common.errors import ProductError, RuleConflict
from dashboards.forms.check_in_rows import ReadRow, posted_ids
from dashboards.queries.my_week import draft_of, rows_to_share
from dashboards.views.check_in_form import SKIP_REASONS, USUAL_SKIP, change_words, draft_words, ready_words
from dashboards.views.last_sharing import forget_sharing, last_sharing
from dashboards.views.share_rows import keep_draft, read_posted, shared_before
from dashboards.views.share_words import take_good_thing_back, take_thanks_back
from objectives.permissions import visible_key_results
from people.models import User
from people.views.access import viewer_of


@login_required
@require_POST
def my_week_draft(request: HttpRequest) -> HttpResponse:
    """Keep what was typed. Answers JSON to the page's script: when it was kept, and what each row asks for."""
    user, at, today = viewer_of(request), clock.now(), request.today  # type: ignore[attr-defined]
    groups = rows_to_share(user, posted_ids(request.POST), today=today)
    reads = read_posted(request.POST, groups, at=at, today=today)
    saved_at = keep_draft(user, request.POST, groups, at=at, shared=shared_before(user, request.POST, reads))
    if "application/json" not in request.headers.get("Accept", ""):
        messages.success(request, f"{draft_words(saved_at).capitalize()}. It waits here until you share it.")
        return redirect("my_week")
    rows = [row for group in groups for row in group.rows if not row.is_skipped]
    ready = [row.id in reads and reads[row.id].to_share is not None for row in rows]
    return JsonResponse(
        {
            "saved": draft_words(saved_at),
            "state": ready_words(ready),
            "rows": {str(pk): _asked(read) for pk, read in reads.items()},
        }
    )


def _asked(read: ReadRow) -> dict[str, Any]:
    prompt = read.prompt
    return {
        "prompt": prompt.words if prompt else "",
        "needs_words": bool(prompt and prompt.is_required),
        "is_win": bool(prompt and prompt.kind == "win"),
        "change": "" if read.change is None else change_words(read.change, read.row),
    }


@login_required
@require_POST
def my_week_skip(request: HttpRequest, key_result_id: UUID) -> HttpResponse:
    """Put one row off until a day, with a reason; what was typed in the others is kept."""
    user, at, today = viewer_of(request), clock.now(), request.today  # type: ignore[attr-defined]
    _exists_for(request, key_result_id)
    keep_draft(user, request.POST, rows_to_share(user, posted_ids(request.POST), today=today), at=at)
    chosen = request.POST.get(f"{key_result_id}-skip_reason", "")
    other = request.POST.get(f"{key_result_id}-skip_other", "").strip()
    until = _day(request.POST.get(f"{key_result_id}-skip_until", ""), today)
    try:
        if until is None:
            messages.error(request, "Not put off: say on which day it comes back, such as 2026-11-23.")
        else:
            reason = SKIP_REASONS.get(chosen, other)
            skip = skip_key_result(key_result_id=key_result_id, by=user, at=at, reason=reason, until=until)
            messages.success(
                request, f"Put off: {skip.reason}, back on {formats.date_format(until, 'D j M')}."
            )
    except ProductError as error:
        messages.error(request, f"Not put off: {error.message}.")
    return redirect("my_week")


@login_required
@require_POST
def my_week_unskip(request: HttpRequest, key_result_id: UUID) -> HttpResponse:
    """Bring a row back to its day."""
    user, at, today = viewer_of(request), clock.now(), request.today  # type: ignore[attr-defined]
    _exists_for(request, key_result_id)
    keep_draft(user, request.POST, rows_to_share(user, posted_ids(request.POST), today=today), at=at)
    try:
        undo_skip(key_result_id=key_result_id, by=user, at=at)
    except ProductError as error:
        messages.error(request, error.message)
    return redirect("my_week")


@login_required
@require_POST
def my_week_undo(request: HttpRequest) -> HttpResponse:
    """Take the last sharing back within ten minutes; the words return to the fields."""
    user, at = viewer_of(request), clock.now()
    last = last_sharing(request, at=at)
    if last is None or not last.can_undo:
        messages.error(
            request, "This can be taken back for ten minutes. Edit the check-in in its history instead."
        )
        return redirect("my_week")
    kept: dict[str, Any] = {}
    for check_in in CheckIn.objects.filter(pk__in=last.check_in_ids, author=user):
        try:
            delete_check_in(check_in=check_in, by=user, at=at)
        except ProductError as error:
            messages.error(request, error.message)
        else:
            _take_asks_back(check_in, user, at)
            take_thanks_back(check_in, user, at=at)
            kept[str(check_in.key_result_id)] = last.typed.get(str(check_in.key_result_id), {})
    if last.win is not None:
        kept |= take_good_thing_back(user, last.win, at=at)
    draft = draft_of(user)
    save_draft(by=user, at=at, rows={**(draft.rows if draft else {}), **kept})
    forget_sharing(request)
    messages.success(request, "Taken back. Your words are in the fields again.")
    return redirect("my_week")


def _take_asks_back(check_in: CheckIn, user: User, at: datetime) -> None:
    """What was asked in it and waits; an ask that was answered meanwhile stays."""
    for ask in check_in.asks.waiting().filter(asked_by=user):
        try:
            withdraw_ask(ask=ask, by=user, at=at)
        except RuleConflict:
            continue


def _exists_for(request: HttpRequest, key_result_id: UUID) -> None:
    user = viewer_of(request)
    known = visible_key_results(user).filter(pk=key_result_id).exists()
    if not known and not looked_after_by(user).filter(pk=key_result_id).exists():
        raise Http404("There is no such key result.")


def _day(text: str, today: date) -> date | None:
    if not text.strip():
        return today + USUAL_SKIP
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None
