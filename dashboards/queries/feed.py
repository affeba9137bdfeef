"""The feed: what changed around a person since they were last here, latest first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from checkins.models import Thanks
from checkins.permissions import visible_asks
from checkins.queries.reactions import reactions_on
from checkins.rules.kinds import AskState
from dashboards.queries.ask_rows import AskRow, ask_rows
from dashboards.queries.feed_entries import entry_of, read_words
from dashboards.queries.feed_lines import feed_lines, read_source
from dashboards.queries.feed_rows import FeedKind, FeedPage, Line
from dashboards.queries.feed_scope import Scope, ScopeRows, either
from dashboards.queries.feed_sources import Source, sources
from people.models import User

PAGE_SIZE = 20
MOST_ON_PAGE = 30
MOST_LINES = 240
MOST_NEW = 100
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
    lines, cut = feed_lines(user, scopes[scope], kind, since=since, before=before, most=MOST_LINES)
    page, earlier = first_days(lines, cut=cut, zone=zone)
    words = read_words(user, [line for group in page for line in group], today=today)
    told = [entry_of(user, group, words, scopes[scope], zone=zone, seen_at=new_since) for group in page]
    entries = tuple(entry for entry in told if entry is not None)
    by_kind, by_scope, is_more = _new_counts(user, scopes, scope, since=new_since)
    return FeedPage(
        entries=entries,
        earlier=earlier,
        new_by_kind=by_kind,
        new_by_scope=by_scope,
        is_more_new=is_more,
        reactions=reactions_on(user, [entry.subject_id for entry in entries if entry.subject_id]),
        seen_at=user.feed_seen_at,
    )


def new_count(user: User, scopes: Scopes, *, since: datetime) -> int:
    """How many entries around the person are new, at most MOST_NEW. Three statements."""
    read = [read_source(one, MOST_NEW)[0] for one in _news(user, scopes[Scope.AROUND], since)]
    return min(MOST_NEW, sum(map(_weight, _grouped(_by_others(user, read)))))


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


def first_days(
    lines: Sequence[Line], *, cut: datetime | None, zone: ZoneInfo
) -> tuple[Groups, datetime | None]:
    """Whole days with PAGE_SIZE entries or a few more, and the moment before which to go on; None: that is all.

    `cut`: lines before it were not read. A page ends with a day, so that what one person said on one day stays
    together; only a day with very many entries is cut in itself, and goes on as entries of the next page. A page holds
    every line at or after the moment it returns.
    """
    groups = _grouped(lines)
    days: list[date] = [group[0].at.astimezone(zone).date() for group in groups]
    for place in range(PAGE_SIZE, len(groups)):
        if days[place] != days[place - 1]:
            return groups[:place], _end_of(days[place], zone)
        if place >= MOST_ON_PAGE:
            end = groups[place - 1][0].at
            return _grouped([line for line in lines if line.at >= end]), end
    if cut is None:
        return groups, None
    unfinished = cut.astimezone(zone).date()
    whole = [group for group, day in zip(groups, days, strict=True) if day > unfinished]
    return (whole, _end_of(unfinished, zone)) if whole else (groups, cut)


def _end_of(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), zone)


def _news(user: User, place: ScopeRows, since: datetime) -> Iterator[Source]:
    return sources(user, place, FeedKind.EVERYTHING, since=since, before=None)


def _by_others(user: User, read: Iterable[Sequence[Line]]) -> list[Line]:
    """Nobody's own doing is news to them."""
    return [line for lines in read for line in lines if line.who_id != user.pk]


def _new_counts(
    user: User, scopes: Scopes, scope: Scope, *, since: datetime
) -> tuple[dict[str, int], dict[str, int], bool]:
    """By kind in this scope, by scope, and whether there are more than were counted.

    Counted from everybody's lines; where those are too many, the two narrower scopes are asked for together.
    """
    wide = [read_source(source, MOST_NEW) for source in _news(user, scopes[Scope.EVERYONE], since)]
    near = [lines for lines, _ in wide]
    is_more = any(cut is not None for _, cut in wide)
    if is_more:
        places = _news(user, either(scopes[Scope.AROUND], scopes[Scope.TEAMS]), since)
        for place, (source, (_, cut)) in enumerate(zip(places, wide, strict=True)):
            if cut is not None:
                near[place], _ = read_source(source, MOST_NEW)
    everyones, nearer = _by_others(user, (lines for lines, _ in wide)), _by_others(user, near)
    counted = {
        name: _grouped(
            [line for line in (everyones if name is Scope.EVERYONE else nearer) if rows.holds(line)]
        )
        for name, rows in scopes.items()
    }
    kinds: Counter[str] = Counter()
    for group in counted[scope]:
        kinds[group[0].kind] += _weight(group)
        kinds[FeedKind.WINS] += any(line.facts.get("has_win") for line in group)
    by_scope = {str(name): sum(map(_weight, groups)) for name, groups in counted.items()}
    return {str(kind): count for kind, count in kinds.items()}, by_scope, is_more


def _weight(group: Sequence[Line]) -> int:
    """What an entry counts as: each value of a system by itself, though a day of them is one entry."""
    return len(group) if group[0].kind is FeedKind.AUTOMATIC else 1
