"""My week of one person through the signed link of a mail: to fill in, keep and put off, and nothing else.

Nobody is signed in by it. While one of these views runs, the views of My week see the person of the link; what they
would keep in the session is forgotten, so nothing of it meets whoever uses the browser next.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from checkins.services.rebuild_numbers import turn_day
from common import clock
from dashboards.forms.kept_lines import waiting_rows
from dashboards.queries.my_week import draft_of
from dashboards.views.my_week import my_week
from dashboards.views.my_week_actions import my_week_draft, my_week_skip, my_week_unskip
from notices.services.sign_link import read_week_link
from people.models import User

PLAIN_FIELDS = frozenset({"row", "form_id", "opened_at", "win", "csrfmiddlewaretoken"})
ROW_FIELDS = frozenset(
    {
        *("value", "confidence", "steps", "note", "no_words", "challenge", "win", "observed_on"),
        *("next_step", "next_step_due_on", "skip_reason", "skip_other", "skip_until"),
    }
)
"""What a check-in consists of. Asking or thanking somebody needs a sign-in, as it reads who is here."""
WAITS = "Whom you began to ask or thank waits on My week for you to sign in."
UUID_LENGTH = 36


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def my_week_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """The form, and sharing it."""
    return _as_person(request, token, my_week, done="Shared. Your team can read it.")


@never_cache
@require_POST
def my_week_draft_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Keep what was typed."""
    return _as_person(request, token, my_week_draft)


@never_cache
@require_POST
def my_week_skip_by_link(request: HttpRequest, token: str, key_result_id: UUID) -> HttpResponse:
    """Put one row off."""
    return _as_person(request, token, my_week_skip, key_result_id)


@never_cache
@require_POST
def my_week_unskip_by_link(request: HttpRequest, token: str, key_result_id: UUID) -> HttpResponse:
    """Bring a row back."""
    return _as_person(request, token, my_week_unskip, key_result_id)


def _as_person(
    request: HttpRequest, token: str, view: Callable[..., HttpResponse], *args: Any, done: str = ""
) -> HttpResponse:
    person = read_week_link(token, at=clock.now())
    if person is None:
        return _quiet(render(request, "dashboards/my_week_link_over.html", status=410))
    if request.method != "POST" and request.user.is_authenticated and request.user.pk == person.pk:
        return _quiet(redirect("my_week"))
    response = _lent(request, token, person, lambda: view(request, *args))
    if response.status_code == 302:
        if done:
            draft = draft_of(person)
            waits = draft is not None and waiting_rows(draft.rows, shown=())
            messages.success(request, f"{done} {WAITS}" if waits else done)
        response = redirect("my_week_by_link", token)
    return _quiet(response)


def _lent(request: HttpRequest, token: str, person: User, call: Callable[[], HttpResponse]) -> HttpResponse:
    """The answer to `call` while the request is the person's; afterwards it is again whose it was."""
    visitor, session = request.user, request.session
    organisation = person.organisation
    request.user = person
    request.session = {}  # type: ignore[assignment]
    request.link_key = token  # type: ignore[attr-defined]
    request.today = clock.day_in(organisation.time_zone, clock.now())  # type: ignore[attr-defined]
    if organisation.expected_on != request.today:  # type: ignore[attr-defined]
        turn_day(organisation=organisation, today=request.today, waits=False)  # type: ignore[attr-defined]
    if request.method == "POST":
        request.POST = _only_check_ins(request.POST)  # type: ignore[assignment]
    zone = ZoneInfo(person.time_zone or organisation.time_zone)
    try:
        with timezone.override(zone), translation.override(person.locale or organisation.locale):
            return call()
    finally:
        request.user, request.session = visitor, session


def _only_check_ins(posted: QueryDict) -> QueryDict:
    kept = QueryDict(mutable=True)
    for name, values in posted.lists():
        is_row_field = name[UUID_LENGTH : UUID_LENGTH + 1] == "-" and name[UUID_LENGTH + 1 :] in ROW_FIELDS
        if name in PLAIN_FIELDS or is_row_field:
            kept.setlist(name, values)
    return kept


def _quiet(response: HttpResponse) -> HttpResponse:
    """The address is a key: no search engine keeps it, and no other site is told it."""
    response["Referrer-Policy"] = "same-origin"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
