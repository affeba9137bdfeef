"""The feed: what changed around the reader since they were last here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import TypeVar
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import formats
from django.utils.dateparse import parse_datetime
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from checkins.permissions import can_converse
from common import clock
from dashboards.context import current_cycle, cycles_within, today_of
from dashboards.queries.feed import feed_page, new_count, unthanked_answers
from dashboards.queries.feed_rows import FeedEntry, FeedKind, FeedPage
from dashboards.queries.feed_scope import Scope, feed_scopes
from dashboards.views.words import count_words, in_words
from people.services.note_visit import note_feed_seen
from people.views.access import viewer_of

Chosen = TypeVar("Chosen", FeedKind, Scope)
FIRST_LOOK = timedelta(days=7)
UNDATED_REACH = timedelta(days=92)
MOST_ABOUT = 5
KIND_WORDS = {
    FeedKind.EVERYTHING: "Everything",
    FeedKind.CHECK_INS: "Check-ins",
    FeedKind.WINS: "Wins and thanks",
    FeedKind.DECISIONS: "Decisions",
    FeedKind.PRIORITIES: "Priority changes",
    FeedKind.ASKS: "Asks and answers",
    FeedKind.COMMENTS: "Comments",
    FeedKind.DEPENDENCIES: "Dependencies",
    FeedKind.OBJECTIVES: "Objectives",
    FeedKind.AUTOMATIC: "Automatic values",
}
SCOPE_WORDS = {
    Scope.AROUND: "Around me",
    Scope.TEAMS: "Teams I follow",
    Scope.EVERYONE: "Everyone",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of the menu on the left. `count`: new entries."""

    words: str
    href: str
    count: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Stretch:
    """Entries under one heading. `seam`: the reader has seen everything from here on."""

    id: str
    words: str
    entries: tuple[FeedEntry, ...]
    seam: datetime | None = None


@login_required
@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """`?show=` a FeedKind, `?from=` a Scope, `?before=` a moment to go on from; what is unknown means the default."""
    user = viewer_of(request)
    kind = _one_of(FeedKind, request.GET.get("show"), FeedKind.EVERYTHING)
    scope = _one_of(Scope, request.GET.get("from"), Scope.AROUND)
    today, at, zone = today_of(request), clock.now(), ZoneInfo(user.organisation.time_zone)
    row = current_cycle(request)
    scopes = feed_scopes(user, cycles_within(request, row) if row else ())
    since = datetime.combine(row.starts_on, time(), zone) if row and row.starts_on else at - UNDATED_REACH
    before = _moment(request.GET.get("before"))
    new_since = user.feed_seen_at or at - FIRST_LOOK
    page = feed_page(user, scopes, scope, kind, since=since, before=before, new_since=new_since, today=today)
    return render(
        request,
        "dashboards/feed/feed.html",
        {
            "page": page,
            "kinds": _kinds(page, kind, scope),
            "scopes": _scopes(page, kind, scope),
            "stretches": stretches(page, today=today, zone=zone),
            "lede": lede(page, scope, zone),
            "about": [entry for entry in page.entries if entry.is_about_reader][:MOST_ABOUT],
            "unthanked": unthanked_answers(user, since=at - FIRST_LOOK * 2, today=today),
            "may_react": can_converse(user, user.organisation_id),
            "earlier": _address(kind, scope, page.earlier) if page.earlier else "",
            "is_later_page": before is not None,
            "kind": kind,
            "scope": scope,
            "today": today,
            "yesterday": today - timedelta(days=1),
            "up_to_date_at": at.isoformat(),
        },
    )


@login_required
@require_safe
@cache_control(private=True, max_age=60)
def feed_count(request: HttpRequest) -> HttpResponse:
    """The number beside Feed, asked for by pages once they are there; a browser asks again after a minute."""
    user = viewer_of(request)
    row = current_cycle(request)
    scopes = feed_scopes(user, cycles_within(request, row) if row else ())
    count = new_count(user, scopes, since=user.feed_seen_at or clock.now() - FIRST_LOOK)
    return render(request, "dashboards/feed/count.html", {"count": count})


@login_required
@require_POST
def feed_seen(request: HttpRequest) -> HttpResponse:
    """The reader is up to date: what was there when the page was made counts as seen, not what came since."""
    shown_at = _moment(request.POST.get("at")) or clock.now()
    note_feed_seen(user=viewer_of(request), at=min(shown_at, clock.now()))
    return HttpResponseRedirect(reverse("feed"))


def stretches(page: FeedPage, *, today: date, zone: ZoneInfo) -> list[Stretch]:
    """Days of this week one by one, weeks before that together; cut where the reader was last up to date."""
    found: list[Stretch] = []
    seam = page.seen_at.astimezone(zone) if page.seen_at else None
    for (words, is_old), entries in groupby(
        page.entries, key=lambda entry: (_day_words(entry.on, today), bool(seam and entry.at <= seam))
    ):
        is_first_old = is_old and seam is not None and all(one.seam is None for one in found)
        draws = seam if is_first_old and found else None
        found.append(Stretch(f"s{len(found)}", words, tuple(entries), draws))
    return found


def lede(page: FeedPage, scope: Scope, zone: ZoneInfo) -> str:
    """How much is new, since when, and how much of it is about the reader."""
    count = page.new_by_scope.get(scope, 0)
    more = " or more" if page.is_more_new and count else ""
    since = (
        f"since you were here on {formats.date_format(page.seen_at.astimezone(zone), 'D j M')}"
        if page.seen_at
        else "in the last seven days"
    )
    if not count:
        return f"Nothing new {since}."
    about = sum(entry.is_about_reader and entry.is_new for entry in page.entries)
    tail = f" {in_words(about).capitalize()} {'is' if about == 1 else 'are'} about you." if about else ""
    return f"{count_words(count, 'thing', 'things')}{more} {since}.{tail}"


def _day_words(day: date, today: date) -> str:
    if day == today:
        return "Today"
    if day == today - timedelta(days=1):
        return "Yesterday"
    monday = today - timedelta(days=today.weekday())
    if day >= monday:
        return "Earlier this week"
    if day >= monday - timedelta(days=7):
        return "Last week"
    start = day - timedelta(days=day.weekday())
    return f"Week of {formats.date_format(start, 'j M Y' if start.year != today.year else 'j M')}"


def _kinds(page: FeedPage, kind: FeedKind, scope: Scope) -> list[Choice]:
    plus = "+" if page.is_more_new else ""
    total = page.new_by_scope.get(scope, 0)
    counts = page.new_by_kind | {FeedKind.EVERYTHING: total}
    return [
        Choice(
            words, _address(one, scope), f"{counts.get(one, 0)}{plus if counts.get(one) else ''}", one is kind
        )
        for one, words in KIND_WORDS.items()
    ]


def _scopes(page: FeedPage, kind: FeedKind, scope: Scope) -> list[Choice]:
    plus = "+" if page.is_more_new else ""
    counts = page.new_by_scope
    return [
        Choice(
            words, _address(kind, one), f"{counts.get(one, 0)}{plus if counts.get(one) else ''}", one is scope
        )
        for one, words in SCOPE_WORDS.items()
    ]


def _address(kind: FeedKind, scope: Scope, before: datetime | None = None) -> str:
    query = {
        "show": kind if kind is not FeedKind.EVERYTHING else "",
        "from": scope if scope is not Scope.AROUND else "",
        "before": before.isoformat() if before else "",
    }
    kept = urlencode({name: str(value) for name, value in query.items() if value})
    return reverse("feed") + (f"?{kept}" if kept else "")


def _one_of(kinds: type[Chosen], asked: str | None, default: Chosen) -> Chosen:
    return next((one for one in kinds if one.value == asked), default)


def _moment(asked: str | None) -> datetime | None:
    try:
        found = parse_datetime(asked or "")
    except ValueError:
        return None
    return found if found is not None and found.tzinfo is not None else None
