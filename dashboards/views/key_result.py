"""The page of one key result: its chart, its numbers, and everything that was said about it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from alignment.queries.explain import Explained
from checkins.permissions import can_ask, can_check_in, can_converse
from common.ids import new_id
from common.ratio import shown_percent
from dashboards.context import href
from dashboards.queries.ask_page import asked_about
from dashboards.queries.key_result_page import KeyResultPage, key_result_page
from dashboards.queries.key_result_talk import key_result_talk, said_by_people
from dashboards.queries.nudges import can_be_nudged, nudge_of_week
from dashboards.views.check_in import why_not
from objectives.models import KeyResult
from objectives.permissions import can_edit_objective, visible_key_results
from objectives.rules.kinds import KeyResultKind, KeyResultState, ObjectiveState
from objectives.services.check_key_result import numbers_of
from people.models import User
from people.views.access import viewer_of


@login_required
@require_safe
def key_result(request: HttpRequest, key_result_id: UUID) -> HttpResponse:
    """Everybody who may see its objective may read it."""
    user = viewer_of(request)
    rows = visible_key_results(user).select_related(
        "objective__cycle", "objective__organisation", "objective__team", "objective__owner", "owner"
    )
    row = get_object_or_404(rows, pk=key_result_id)
    number = request.GET.get("page", "1")
    page = key_result_page(
        user,
        row,
        today=request.today,  # type: ignore[attr-defined]
        page=int(number) if number.isascii() and number.isdigit() and len(number) < 6 else 1,
    )
    refusal = why_not(row)
    is_quiet = page.freshness in ("stale", "silent")
    context: dict[str, Any] = {
        "page": page,
        "row": row,
        "crumbs": crumbs_of(row),
        "why": why_panel(page.explained) if page.explained else None,
        "can_check_in": not refusal and can_check_in(user, row),
        "is_open": not refusal,
        "check_in_href": f"{reverse('check_in', args=[row.pk])}?next={request.path}",
        "pages": pages_of(page),
        "ask_href": f"{href('ask_new')}?key_result={row.pk}&next={request.path}"
        if can_ask(user, row.objective)
        else "",
        "asks": asked_about(row, today=request.today),  # type: ignore[attr-defined]
        "nudge": nudge_of_week(row, today=request.today) if is_quiet else None,  # type: ignore[attr-defined]
        "new_aim_href": f"{href('new_aim', row.pk)}?next={request.path}" if _can_re_aim(user, row) else "",
        "can_nudge": is_quiet and not refusal and can_be_nudged(user, row),
        "talk": key_result_talk(user, row, said_by_people(page), shows_all="all" in request.GET),
        "may_speak": can_converse(user, row.organisation_id),
        "key_result_key": str(row.pk),
        "form_id": str(new_id()),
    }
    return render(request, "dashboards/key_result.html", context)


def _can_re_aim(user: User, row: KeyResult) -> bool:
    """Who may edit it gives it a new aim, as long as it runs and has a number to aim at."""
    runs = row.objective.state in (ObjectiveState.ACTIVE, ObjectiveState.PAUSED)
    has_aim = bool(numbers_of(KeyResultKind(row.kind)))
    return runs and has_aim and row.state == KeyResultState.ACTIVE and can_edit_objective(user, row.objective)


def crumbs_of(row: KeyResult, last: str = "") -> list[dict[str, str]]:
    """Objectives, the objective, the key result, and what is below it."""
    crumbs = [
        {"words": "Objectives", "href": href("objectives")},
        {"words": row.objective.title, "href": href("objective", row.objective_id)},
        {"words": row.title, "href": reverse("key_result", args=[row.pk]) if last else ""},
    ]
    return [*crumbs, {"words": last, "href": ""}] if last else crumbs


def why_panel(explained: Explained) -> dict[str, Any]:
    """For components/why_panel.html."""
    sums, _, advice = explained.sentence.partition(". ")
    return {
        "title": f"Why {shown_percent(explained.value)} %?"
        if explained.value is not None
        else "Why no number yet?",
        "value": explained.value,
        "expected": explained.expected,
        "parts": [
            {
                "title": part.title,
                "href": href("objective", part.id) if part.id else "",
                "progress": part.progress,
                "share": part.share,
                "contribution": part.contribution,
            }
            for part in explained.parts
        ],
        "sentence": sums.rstrip(".") + ".",
        "advice": advice,
        "left_out": [{"title": part.title, "reason": part.words} for part in explained.left_out],
    }


def pages_of(page: KeyResultPage) -> dict[str, int | None]:
    """The neighbours of this page of the history."""
    return {
        "newer": page.page - 1 if page.page > 1 else None,
        "older": page.page + 1 if page.page < page.page_count else None,
    }
