"""The feed: what changed around a person since they were last here, latest first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from checkins.models import Thanks
from checkins.permissions import visible_asks
from checkins.queries.reactions import reactions_on
from checkins.rules.kinds import AskState
from dashboards.queries.ask_rows import AskRow, ask_rows
from dashboards.queries.feed_entries import entry_of, read_words
from dashboards.queries.feed_lines import feed_lines
from dashboards.queries.feed_rows import FeedKind, FeedPage, Line
from dashboards.queries.feed_scope import Scope, ScopeRows
from people.models import User

PAGE_SIZE = 20
MOST_ON_PAGE = 60
MOST_LINES = 240
MOST_NEW = 200
MOST_UNTHANKED = 2

Groups = list[list[Line]]
Scopes = Mapping[Scope, ScopeRows]


def feed_page(
    user: User,
    scopes: Scopes,
    scope: Scope,
    kind: FeedKind,
    *,
    since: datetime,
    before: datetime | None,
    new_since: datetime,
    today: date,
) -> FeedPage:
    """One page of entries of (since, before), and how many are new since `new_since`.

    As many statements for ten entries as for a thousand: three for lines, three for counts, one for each kind of
    thing on the page.
    """
    zone = ZoneInfo(user.organisation.time_zone)
    lines, is_all = feed_lines(user, scopes[scope], kind, since=since, before=before, most=MOST_LINES)
    groups = [group for group in _grouped(lines) if _is_shown(group, kind)]
    page, earlier = _first_days(groups, is_all=is_all, zone=zone)
    words = read_words(user, [line for group in page for line in group], today=today)
    told = [entry_of(user, group, words, scopes[scope], zone=zone, seen_at=new_since) for group in page]
    entries = tuple(entry for entry in told if entry is not None)
    by_kind, by_scope, is_more = _new_counts(user, scopes, scope, since=new_since)
    return FeedPage(
        entries=entries,
        earlier=earlier if earlier or is_all else lines[-1].at,
        new_by_kind=by_kind,
        new_by_scope=by_scope,
        is_more_new=is_more,
        reactions=reactions_on(user, [entry.subject_id for entry in entries if entry.subject_id]),
        seen_at=user.feed_seen_at,
    )


def new_count(user: User, scopes: Scopes, *, since: datetime) -> int:
    """How many entries around the person are new, at most MOST_NEW. Three statements."""
    return len(_new_groups(user, scopes[Scope.AROUND], since=since)[0][:MOST_NEW])


def unthanked_answers(user: User, *, since: datetime, today: date) -> tuple[AskRow, ...]:
    """Answers to the person's asks that nobody has thanked for yet, latest first. One statement."""
    thanked = Thanks.objects.filter(author=user, ask__isnull=False).values("ask_id")
    rows = visible_asks(user).filter(asked_by=user, state=AskState.ANSWERED, ended_at__gte=since)
    rows = rows.exclude(pk__in=thanked).exclude(answered_by=user).order_by("-ended_at", "-pk")
    return ask_rows(rows[:MOST_UNTHANKED], today=today)


def _grouped(lines: Sequence[Line]) -> Groups:
    """Lines of one group at the place of its latest one; latest first within it."""
    groups: dict[tuple[object, ...], list[Line]] = {}
    for line in lines:
        groups.setdefault(line.group, []).append(line)
    return list(groups.values())


def _first_days(groups: Groups, *, is_all: bool, zone: ZoneInfo) -> tuple[Groups, datetime | None]:
    """Whole days with PAGE_SIZE entries or a few more, and the moment to go on from; None when that is all.

    A page ends with a day, so that what one person said on one day stays together; only a day with very many
    entries, or with lines that were not read to its end, is cut in itself.
    """
    days: list[date] = [group[0].at.astimezone(zone).date() for group in groups]
    end = len(groups)
    for place in range(PAGE_SIZE, len(groups)):
        if days[place] != days[place - 1] or place >= MOST_ON_PAGE:
            end = place
            break
    if end == len(groups):
        if is_all or not groups:
            return groups, None
        whole = [group for group, day in zip(groups, days, strict=True) if day != days[-1]]
        if not whole:
            return groups, groups[-1][0].at
        return whole, _end_of(days[len(whole)], zone)
    is_whole = days[end] != days[end - 1]
    return groups[:end], _end_of(days[end], zone) if is_whole else groups[end - 1][0].at


def _end_of(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), zone)


def _is_shown(group: Sequence[Line], kind: FeedKind) -> bool:
    if kind is FeedKind.EVERYTHING:
        return True
    return group[0].kind is kind or (kind is FeedKind.WINS and group[0].kind is FeedKind.CHECK_INS)


def _new_groups(user: User, scope: ScopeRows, *, since: datetime) -> tuple[Groups, bool]:
    """Entries by others since then, and whether that is all of them."""
    lines, is_all = feed_lines(user, scope, FeedKind.EVERYTHING, since=since, before=None, most=MOST_NEW)
    return _grouped([line for line in lines if line.who_id != user.pk]), is_all


def _new_counts(
    user: User, scopes: Scopes, scope: Scope, *, since: datetime
) -> tuple[dict[str, int], dict[str, int], bool]:
    """By kind in this scope, by scope, and whether there are more than were counted.

    Counted from everybody's lines; where those are too many, a narrower scope is asked for its own.
    """
    everyones, is_all = _new_groups(user, scopes[Scope.EVERYONE], since=since)
    counted: dict[Scope, Groups] = {}
    for name, rows in scopes.items():
        if is_all or name is Scope.EVERYONE:
            counted[name] = [group for group in everyones if rows.holds(group[0])]
        else:
            counted[name], _ = _new_groups(user, rows, since=since)
    kinds = Counter(str(group[0].kind) for group in counted[scope])
    kinds[str(FeedKind.WINS)] += sum(_tells_win(group) for group in counted[scope])
    return dict(kinds), {str(name): len(groups) for name, groups in counted.items()}, not is_all


def _tells_win(group: Sequence[Line]) -> bool:
    """Whether a check-in among them carries a win, so that it also shows among the wins."""
    return any(line.facts["row"].win for line in group if "row" in line.facts)
