"""The page of one objective: where it leads, why its number, what each key result does, and what was said."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from checkins.permissions import can_ask, can_converse
from common.ids import new_id
from dashboards.context import current_cycle, href, today_of
from dashboards.queries.ask_page import waiting_about
from dashboards.queries.conversation import SHOWS, Show
from dashboards.queries.objective_links import grouped_links
from dashboards.queries.objective_page import ObjectivePage, find_objective, objective_page
from dashboards.queries.objective_why import Why
from dashboards.views.objective_page_words import (
    actions_of,
    due_words,
    history_words,
    kind_words,
    resume_href,
    score_words,
    state_notice,
    talk_words,
)
from objectives.models import Objective
from objectives.permissions import can_edit_objective
from objectives.queries.restorable import restorable_objectives
from objectives.rules.kinds import InitiativeState
from people.models import User
from people.views.access import viewer_of

SHOW_WORDS = {
    "everything": "Everything",
    "check_ins": "Check-ins",
    "decisions": "Decisions",
    "changes": "Changes",
}


@login_required
@require_safe
def objective(request: HttpRequest, objective_id: UUID) -> HttpResponse:
    """Whoever may see it; to everybody else there is nothing at this address."""
    user, today = viewer_of(request), today_of(request)
    cycle = current_cycle(request)
    row = find_objective(user, objective_id)
    if row is None:
        return _deleted(request, user, objective_id)
    show = _show(request)
    page = objective_page(user, row, today=today, show=show, page=_page_number(request))
    if page.conversation.page > 1 and not page.conversation.entries:
        raise Http404("The conversation is shorter than that.")
    context: dict[str, Any] = {
        "page": page,
        "objective": row,
        "today": today,
        "kind_words": kind_words(row),
        "is_open": row.state not in ("draft", "closed", "cancelled"),
        "is_running": row.state in ("active", "paused"),
        "has_moved": any(point.progress for point in page.history),
        "crumb": page.links.priority,
        "other_cycle": row.cycle if cycle is None or cycle.id != row.cycle_id else None,
        "notice": state_notice(page),
        "check_in_href": f"{reverse('check_in_objective', args=[row.pk])}?next={request.path}",
        "asks": waiting_about(row, today=today),
        "ask_href": f"{href('ask_new')}?objective={row.pk}&next={request.path}" if can_ask(user, row) else "",
        "edit_href": href("objective_edit", row.pk) if _may_edit_now(page) else "",
        "link_href": f"{href('link_new')}?child={row.pk}" if _may_edit_now(page) else "",
        "initiative_states": [state.value for state in InitiativeState],
        "may_edit": _may_edit_now(page),
        "actions": [step for step in actions_of(page) if step.href != resume_href(page)],
        "resume_href": resume_href(page),
        "due_words": due_words(page, today),
        "score": score_words(row),
        "why": _why(page.why),
        "history_words": history_words(page),
        "up": grouped_links(page.links.up),
        "down": grouped_links(page.links.down),
        "objective_key": str(row.pk),
        "form_id": str(new_id()),
        "may_speak": can_converse(user, row.organisation_id),
        "tabs": _tabs(request, show),
        "talks": talk_words(page),
        "source_rows": source_rows(row.source_fields),
        **_neighbours(page, show),
    }
    return render(request, "dashboards/objective.html", context)


def _deleted(request: HttpRequest, user: User, objective_id: UUID) -> HttpResponse:
    """For thirty days those who may edit it can bring a deleted objective back."""
    row = restorable_objectives(user, at=request.at).filter(pk=objective_id).first()  # type: ignore[attr-defined]
    if row is None or not can_edit_objective(user, row):
        raise Http404("There is no objective at this address.")
    context = {"objective": row, "restore_href": action_href(row, "restore")}
    return render(request, "dashboards/objective_deleted.html", context, status=410)


def action_href(row: Objective, action: str) -> str:
    """Where a step in its life is asked about and taken; "" while there is no such page."""
    at = href("objective_state", row.pk)
    return f"{at}?action={action}" if at else ""


def _may_edit_now(page: ObjectivePage) -> bool:
    ended = page.objective.state in ("closed", "cancelled")
    return page.can_edit and not ended and page.objective.cycle.state != "closed"


def _show(request: HttpRequest) -> Show:
    asked = request.GET.get("show")
    return next((show for show in SHOWS if show == asked), "everything")


def _page_number(request: HttpRequest) -> int:
    text = request.GET.get("page", "1")
    is_number = text.isascii() and text.isdigit() and len(text) < 5
    return max(1, int(text)) if is_number else 1


def _tabs(request: HttpRequest, show: Show) -> list[dict[str, Any]]:
    return [
        {
            "words": SHOW_WORDS[one],
            "href": f"{request.path}{'' if one == 'everything' else f'?show={one}'}#conversation",
            "is_current": one == show,
        }
        for one in SHOWS
    ]


def _neighbours(page: ObjectivePage, show: Show) -> dict[str, str]:
    """Addresses of earlier and later entries of the conversation; "" at its ends."""
    kept = "" if show == "everything" else f"show={show}&"
    number = page.conversation.page
    return {
        "earlier": f"?{kept}page={number + 1}#conversation" if page.conversation.has_earlier else "",
        "later": f"?{kept}page={number - 1}#conversation" if number > 1 else "",
    }


def _why(why: Why) -> dict[str, Any]:
    """For components/why_panel.html: addresses are added to what may be opened."""

    def address(kind: str, key: UUID | None) -> str:
        return href(kind, key) if key is not None else ""

    return {
        "title": why.title,
        "value": why.value,
        "total": why.total,
        "digits": why.digits,
        "expected": why.expected,
        "sentence": why.sentence,
        "plan_sentence": why.plan_sentence,
        "advice": why.advice,
        "parts": [
            {
                "title": part.title,
                "href": address(part.type, part.id),
                "progress_words": part.progress,
                "share_words": part.share,
                "contribution": part.contribution,
                "points_words": part.points,
            }
            for part in why.parts
        ],
        "left_out": [
            {"title": one.title, "href": address(one.type, one.id), "reason": one.reason}
            for one in why.left_out
        ],
    }


def source_rows(fields: dict[str, Any]) -> list[tuple[str, str]]:
    """What an import said and has no field, in its own words; empty values left out."""
    return [
        (str(name).replace("_", " "), str(value))
        for name, value in fields.items()
        if value not in (None, "", [], {})
    ]
