"""The week of the teams that somebody leads: wins first, then what went quiet, then asks that wait."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import F, QuerySet
from django.utils import timezone, translation

from checkins.models import Ask
from checkins.permissions import visible_asks
from checkins.queries.tell_asks import ask_line
from checkins.queries.tell_changed import changed_section
from checkins.queries.telling import (
    address,
    for_reader,
    place_words,
    running_cycle,
    shortened,
    today_of,
)
from checkins.queries.week_wins import WinRow, week_wins, win_line
from checkins.rules.asks import working_days_between
from checkins.rules.kinds import WAITING
from common.days import day_in
from notices.models import Notice
from notices.rendering import Line, Section
from objectives.models import KeyResult
from objectives.permissions import visible_key_results
from objectives.rules.kinds import CycleState, KeyResultState, ObjectiveState, Visibility
from people.models import Team, User

ORDER = 40
WEEK = timedelta(days=7)
MOST_WINS, MOST_QUIET, MOST_ASKS = 6, 6, 6


@for_reader
def tell_lead_week(notices: Sequence[Notice], user: User, at: datetime) -> Section | None:
    """One section for all teams that the person leads; None when there is nothing to say."""
    teams = list(Team.objects.filter(lead=user, archived_at__isnull=True).order_by("name", "id"))
    if not teams:
        return None
    changed = changed_section(user, at, team_ids=[team.pk for team in teams])
    parts = week_parts(user, teams, at) + ((changed,) if changed else ())
    if not parts:
        return None
    today = today_of(user, at)
    name = teams[0].name if len(teams) == 1 else "your teams"
    return _as_section(parts, teams[0], f"The week of {name}", place_words(running_cycle(user, today), today))


def tell_team_week(team: Team, reader: User, at: datetime) -> Section | None:
    """The week of one team for its channel, where everybody reads along; None when there is nothing to say."""
    zone = ZoneInfo(reader.organisation.time_zone)
    with timezone.override(zone), translation.override(reader.organisation.locale):
        parts = week_parts(reader, [team], at, is_for_everybody=True)
        return _as_section(parts, team, f"The week of {team.name}", "") if parts else None


def _as_section(parts: Sequence[Section], team: Team, headline: str, place: str) -> Section:
    first, *rest = parts
    return Section(
        title=first.title,
        lines=first.lines,
        order=ORDER,
        headline=headline,
        lede=_lede(parts),
        button="Open the team's page",
        button_href=address("team", team.pk),
        after=tuple(rest),
        place=place,
    )


def week_parts(
    user: User, teams: Sequence[Team], at: datetime, *, is_for_everybody: bool = False
) -> tuple[Section, ...]:
    """Wins, what went quiet, asks that wait; empty ones left out. `is_for_everybody`: open objectives alone."""
    ids = [team.pk for team in teams]
    today = today_of(user, at)
    wins = week_wins(user, since=at - WEEK, team_ids=ids, is_for_everybody=is_for_everybody)[:MOST_WINS]
    found = (
        ("What went well", tuple(_win_lines(wins))),
        ("Gone quiet", tuple(_quiet_lines(user, ids, today, is_for_everybody=is_for_everybody))),
        ("Asks that wait", tuple(_ask_lines(user, ids, today, is_for_everybody=is_for_everybody))),
    )
    return tuple(Section(title, lines) for title, lines in found if lines)


def _lede(parts: Iterable[Section]) -> str:
    titles = {part.title for part in parts}
    if titles == {"What went well"}:
        return "Nothing went quiet, and nobody waits."
    if "What went well" not in titles:
        return "All of it can wait for the review."
    return "What went well comes first. The rest can wait for the review."


def _win_lines(wins: Sequence[WinRow]) -> list[Line]:
    return [win_line(win) for win in wins]


def _quiet_lines(user: User, team_ids: Sequence[UUID], today: date, *, is_for_everybody: bool) -> list[Line]:
    rows = _open(visible_key_results(user), team_ids, is_for_everybody=is_for_everybody).filter(
        due_until__lt=today
    )
    found = list(
        rows.select_related("owner", "objective__owner").order_by(
            F("last_heard_on").asc(nulls_first=True), "pk"
        )[: MOST_QUIET + 1]
    )
    lines = [_quiet_line(row, today, with_name=not is_for_everybody) for row in found[:MOST_QUIET]]
    if len(found) > MOST_QUIET:
        lines.append(Line("And more, on the team's page"))
    return lines


def _quiet_line(row: KeyResult, today: date, *, with_name: bool) -> Line:
    """How long nothing was said; whose it is stays out of what everybody reads."""
    days = (today - row.last_heard_on).days if row.last_heard_on else None
    who = row.owner or row.objective.owner
    heard = f"nothing said for {days} days" if days is not None else "nothing said yet"
    return Line(
        title=row.title,
        words=f"{row.title}: {heard}.",
        facts=who.name if who and with_name else "",
        href=address("key_result", row.pk),
    )


def _open(
    rows: QuerySet[KeyResult], team_ids: Sequence[UUID], *, is_for_everybody: bool
) -> QuerySet[KeyResult]:
    found = rows.filter(
        objective__team_id__in=team_ids,
        objective__state=ObjectiveState.ACTIVE,
        objective__cycle__state__in=(CycleState.ACTIVE, CycleState.CLOSING),
        state=KeyResultState.ACTIVE,
    )
    return found.filter(objective__visibility=Visibility.ORGANISATION) if is_for_everybody else found


def _ask_lines(user: User, team_ids: Sequence[UUID], today: date, *, is_for_everybody: bool) -> list[Line]:
    asks = visible_asks(user).filter(objective__team_id__in=team_ids, state__in=list(WAITING))
    if is_for_everybody:
        asks = asks.filter(objective__visibility=Visibility.ORGANISATION)
    found = asks.select_related("asked_by", "asked_of", "objective", "organisation").order_by(
        "created_at", "pk"
    )
    return [_aged(ask, today) for ask in found[:MOST_ASKS]]


def _aged(ask: Ask, today: date) -> Line:
    line = ask_line(ask)
    days = working_days_between(
        day_in(ask.organisation.time_zone, ask.created_at), today, ask.asked_of.working_days
    )
    facts = f"{ask.asked_by.name} to {ask.asked_of.name}, on {shortened(ask.objective.title, 120)}"
    return Line(line.title, line.words, f"{facts} · {waited_words(days)}", line.href)


def waited_words(days: int) -> str:
    """ "9 working days", "today"."""
    return "today" if days == 0 else f"{days} working day{'' if days == 1 else 's'}"
