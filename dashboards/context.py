"""The frame around every page: a context processor, and which cycle the reader looks at."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject

from common import clock
from common.as_of_button import as_of_button
from common.shell import CycleChoice, NavItem, Shell, TeamLink
from dashboards.queries.shell import (
    CycleRow,
    ShellRows,
    choose_cycle,
    only_organisation_name,
    shell_rows,
)
from objectives.queries.cycles_around import around_of, cycles_inside
from objectives.rules.kinds import CycleState

# key, label, icon, letter after G; a place whose page does not exist is left out.
PLACES = (
    ("my_week", "My week", "week", "w"),
    ("strategy", "Strategy", "strategy", "s"),
    ("objectives", "Objectives", "objectives", "o"),
    ("alignment", "Alignment", "alignment", "a"),
    ("teams", "Teams", "teams", "t"),
    ("feed", "Feed", "feed", "f"),
    ("settings", "Settings", "settings", ""),
)
# Pages that belong to a place and do not lie below its address.
HOME_OF = {
    "priority": "strategy",
    "priority_new": "strategy",
    "priority_edit": "strategy",
    "priorities": "strategy",
    "what_changed": "strategy",
    "key_result": "objectives",
    "ask": "strategy",
    "ask_new": "objectives",
    "check_in": "my_week",
    "check_in_objective": "my_week",
    "person": "teams",
    "import": "settings",
}
THEMES = ("light", "dark")
SESSION_KEY = "cycle"


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context processor. Nothing is read from the database before a template asks."""
    return {"shell": SimpleLazyObject(lambda: shell_of(request))}


def shell_of(request: HttpRequest) -> Shell:
    """The frame for this request, made once."""
    made: Shell | None = getattr(request, "_shell", None)
    if made is None:
        made = _signed_in_shell(request) if _is_signed_in(request) else _quiet_shell(request)
        request._shell = made  # type: ignore[attr-defined]
    return made


def current_cycle(request: HttpRequest) -> CycleRow | None:
    """The cycle that a signed-in reader looks at: `?cycle=`, then the last choice, then the running one.

    None when the organisation has no cycle yet.
    """
    rows = _rows(request)
    asked = request.GET.get("cycle")
    is_new = asked != request.session.get(SESSION_KEY)
    if is_new and any(str(row.id) == asked for row in rows.cycles):
        request.session[SESSION_KEY] = asked
    return choose_cycle(rows.cycles, wanted=request.session.get(SESSION_KEY), today=today_of(request))


def cycles_within(request: HttpRequest, cycle: CycleRow) -> list[UUID]:
    """The cycle and every one that lies in it, without asking the database again."""
    return cycles_inside(cycle.id, around_of(_rows(request).parents))


def today_of(request: HttpRequest) -> date:
    """The day in the organisation's time zone, as the middleware set it."""
    today: date | None = getattr(request, "today", None)
    return today or clock.now().date()


def _moment_of(request: HttpRequest) -> datetime:
    at: datetime | None = getattr(request, "at", None)
    return at or clock.now()


def href(name: str, *args: Any) -> str:
    """The address of a named page; "" while that page does not exist."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def _is_signed_in(request: HttpRequest) -> bool:
    user = getattr(request, "user", None)
    return bool(user is not None and user.is_authenticated and getattr(user, "organisation_id", None))


def _rows(request: HttpRequest) -> ShellRows:
    rows: ShellRows | None = getattr(request, "_shell_rows", None)
    if rows is None:
        rows = shell_rows(request.user, today=today_of(request), at=_moment_of(request))  # type: ignore[arg-type]
        request._shell_rows = rows  # type: ignore[attr-defined]
    return rows


def _theme(request: HttpRequest) -> str:
    """A person's own choice; before sign-in that of this device, which the button keeps in a cookie."""
    chosen = request.user.theme if _is_signed_in(request) else request.COOKIES.get("theme", "")  # type: ignore[union-attr]
    return chosen if chosen in THEMES else ""


def _quiet_shell(request: HttpRequest) -> Shell:
    return Shell(
        organisation_name=only_organisation_name() or "OKR Platform",
        theme=_theme(request),
        shortcuts_on=False,
    )


def _signed_in_shell(request: HttpRequest) -> Shell:
    user: Any = request.user
    rows, today = _rows(request), today_of(request)
    chosen, is_past = current_cycle(request), hasattr(request, "seen_on")
    cycles = tuple(_cycle_choice(request, row, today, is_current=row is chosen) for row in rows.cycles)
    return Shell(
        organisation_name=rows.organisation_name,
        person_name=user.name,
        person_initial=user.initial,
        person_href=href("person", user.pk),
        places=_places(request, rows.due_count),
        creates=() if is_past else _creates(user),
        cycles=cycles,
        cycle=next((cycle for cycle in cycles if cycle.is_current), None),
        as_of=as_of_button(request, today, chosen.starts_on if chosen else None),
        teams=tuple(TeamLink(str(t.id), t.name, at) for t in rows.teams if (at := href("team", t.id))),
        theme=_theme(request),
        shortcuts_on=user.has_shortcuts,
        set_theme_href=href("set_theme"),
        inbox_href=href("inbox"),
        unseen_count=rows.unseen_count,
        search_href=href("search"),
        sign_out_href=href("account_logout"),
        can_write=not user.is_viewer and not is_past,
        can_set_priorities=user.is_leader and not is_past,
    )


def _places(request: HttpRequest, due_count: int) -> tuple[NavItem, ...]:
    match = request.resolver_match
    here = (match.url_name or "") if match else ""
    home = HOME_OF.get(here, here)
    places = []
    for key, label, icon, letter in PLACES:
        at = href(key)
        if not at:
            continue
        is_due = key == "my_week" and due_count > 0
        is_current = key == home or (home == here and at != "/" and request.path.startswith(at))
        places.append(
            NavItem(
                key, label, icon, at, is_current=is_current, letter=letter, is_due=is_due,
                count=due_count if is_due else 0, counts_what="check-ins due" if is_due else "",
                count_href=href("feed_count") if key == "feed" else "",
            )
        )  # fmt: skip
    return tuple(places)


def _creates(user: Any) -> tuple[NavItem, ...]:
    """What the New menu offers to this person."""
    wanted = []
    if not user.is_viewer:
        wanted.append(("objective_new", "Objective", "objectives"))
    if user.is_leader:
        wanted.append(("priority_new", "Priority", "strategy"))
    return tuple(NavItem(key, label, icon, at) for key, label, icon in wanted if (at := href(key)))


def _cycle_choice(request: HttpRequest, row: CycleRow, today: date, *, is_current: bool) -> CycleChoice:
    query = request.GET.copy()
    for stale in ("cursor", "page"):
        query.pop(stale, None)
    query["cycle"] = str(row.id)
    week, weeks = _weeks(row, today)
    return CycleChoice(
        str(row.id), row.name, _days(row, today), _tag(row, week, weeks), f"?{query.urlencode()}",
        is_current=is_current, is_open=row.is_open, week=week, weeks=weeks,
    )  # fmt: skip


def _weeks(row: CycleRow, today: date) -> tuple[int | None, int | None]:
    if row.starts_on is None or row.ends_on is None:
        return None, None
    weeks = -(-((row.ends_on - row.starts_on).days + 1) // 7)
    return max(0, min((today - row.starts_on).days // 7 + 1, weeks)), weeks


def _days(row: CycleRow, today: date) -> str:
    if row.starts_on is None or row.ends_on is None:
        return "no dates"
    same = row.starts_on.year == row.ends_on.year == today.year
    shown = [f"{day.day} {day:%b}" + ("" if same else f" {day:%Y}") for day in (row.starts_on, row.ends_on)]
    return " to ".join(shown)


def _tag(row: CycleRow, week: int | None, weeks: int | None) -> str:
    if row.state == CycleState.ACTIVE and week and weeks:
        return f"week {week} of {weeks}"
    return str(row.state)
