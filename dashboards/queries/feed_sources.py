"""Where a feed's lines come from: check-ins, the log, and news of priorities. Few columns, latest first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import BooleanField, Case, Exists, OuterRef, Q, QuerySet, Value, When

from activity.models import Event
from alignment.models import PriorityNews
from alignment.permissions import visible_priorities
from checkins.models import Ask, CheckIn, Comment, Decision, ThanksReceiver
from checkins.permissions import (
    visible_asks,
    visible_check_ins,
    visible_comments,
    visible_thanks,
    visible_wins,
)
from checkins.rules.kinds import AskState, CheckInSource
from dashboards.queries.feed_rows import FeedKind, Line
from dashboards.queries.feed_scope import Scope, ScopeRows
from objectives.permissions import visible_objectives
from people.models import User

KIND_OF = {
    "thanks.given": FeedKind.WINS,
    "win.told": FeedKind.WINS,
    "decision.kept": FeedKind.DECISIONS,
    "comment.written": FeedKind.COMMENTS,
    "ask.made": FeedKind.ASKS,
    "ask.answered": FeedKind.ASKS,
    "priority.created": FeedKind.PRIORITIES,
    "priority.activated": FeedKind.PRIORITIES,
    "priority.edited": FeedKind.PRIORITIES,
    "priority.retired": FeedKind.PRIORITIES,
    "objective.activated": FeedKind.OBJECTIVES,
    "objective.paused": FeedKind.OBJECTIVES,
    "objective.closed": FeedKind.OBJECTIVES,
    "objective.cancelled": FeedKind.OBJECTIVES,
    "objective.reopened": FeedKind.OBJECTIVES,
}
ENDS = ("objective.closed", "objective.cancelled", "objective.paused")
WORDED = ("title", "narrative", "not_doing")
"""Fields of a priority whose change is told, in words."""
OF_A_CHECK_IN = ("pk", "known_at", "source", "author_id", "author__name", "author_label")
OF_AN_EVENT = (
    "pk",
    "at",
    "verb",
    "subject_type",
    "subject_id",
    "objective_id",
    "by_id",
    "payload",
)
OF_NEWS = ("pk", "created_at", "author_id", "author__name", "priority_id", "priority__title", "text")


class Source:
    """One table's rows of a stretch of time, and how each becomes a line."""

    def __init__(self, rows: QuerySet[Any, Any], moment: str, line: Callable[..., Line | None]) -> None:
        self.rows, self.moment, self.line = rows, moment, line

    def latest(self, most: int) -> list[Any]:
        """At most `most` rows, latest first. One statement."""
        return list(self.rows.order_by(f"-{self.moment}", "-pk")[:most])

    def at(self, moment: datetime) -> list[Any]:
        """All rows of one moment. One statement."""
        return list(self.rows.filter(**{self.moment: moment}).order_by("-pk"))


def sources(
    user: User, scope: ScopeRows, kind: FeedKind, *, since: datetime, before: datetime | None
) -> Iterator[Source]:
    """At most three, of lines in (since, before)."""
    zone = ZoneInfo(user.organisation.time_zone)

    def between(field: str) -> dict[str, datetime]:
        return {f"{field}__gt": since} | ({f"{field}__lt": before} if before else {})

    everything = kind is FeedKind.EVERYTHING
    if everything or kind in (FeedKind.CHECK_INS, FeedKind.WINS, FeedKind.AUTOMATIC):
        rows = _check_ins(user, scope, kind).filter(**between("known_at"))
        found = rows.values_list(*OF_A_CHECK_IN, "key_result__objective_id", "win")
        yield Source(found, "known_at", lambda row: _said(row, zone))
    if everything or kind not in (FeedKind.CHECK_INS, FeedKind.AUTOMATIC):
        wanted = [verb for verb, known in KIND_OF.items() if _belongs(known, kind)]
        rows_of_log = _events(user, scope, wanted)
        if kind is FeedKind.DEPENDENCIES:
            rows_of_log = rows_of_log.filter(verb__in=ENDS, objective_id__in=list(scope.needed_by))
        events = rows_of_log.filter(**between("at")).values_list(*OF_AN_EVENT, "is_about")
        yield Source(events, "at", lambda row: _logged(row, scope))
    if everything or kind is FeedKind.PRIORITIES:
        news = _news(user, scope).filter(**between("created_at")).values_list(*OF_NEWS)
        yield Source(news, "created_at", _posted)


def plan_sources(user: User, scope: ScopeRows, *, since: datetime) -> tuple[Source, Source]:
    """What can change the reader's plans: ends of what they lean on, and changes and news of priorities they serve."""
    ends = Q(verb__in=ENDS, objective_id__in=list(scope.needed_by))
    wanted = [verb for verb, kind in KIND_OF.items() if kind is FeedKind.PRIORITIES]
    events = _events(user, scope, [*wanted, *ENDS]).filter(ends | Q(subject_type="priority"), at__gt=since)
    news = _news(user, scope).filter(created_at__gt=since)
    return (
        Source(events.values_list(*OF_AN_EVENT, "is_about"), "at", lambda row: _logged(row, scope)),
        Source(news.values_list(*OF_NEWS), "created_at", _posted),
    )


def _check_ins(user: User, scope: ScopeRows, kind: FeedKind) -> QuerySet[CheckIn]:
    """What an import brought is history, not news."""
    rows = visible_check_ins(user).filter(organisation_id=user.organisation_id, imported_at__isnull=True)
    if scope.objective_ids is not None:
        rows = rows.filter(key_result__objective_id__in=scope.objective_ids)
    if kind is FeedKind.AUTOMATIC:
        return rows.exclude(source=CheckInSource.MANUAL)
    if kind is FeedKind.EVERYTHING:
        return rows
    rows = rows.filter(source=CheckInSource.MANUAL)
    return rows.exclude(win="") if kind is FeedKind.WINS else rows


def _events(user: User, scope: ScopeRows, wanted: Sequence[str]) -> QuerySet[Event]:
    """Entries of the log that the reader may see: each asks for the row that its words are in."""
    rows = Event.objects.filter(organisation_id=user.organisation_id, verb__in=wanted)
    if scope.scope is not Scope.EVERYONE:
        rows = rows.filter(_near(user, scope))
    seen: dict[str, QuerySet[Any]] = {
        "thanks": visible_thanks(user),
        "comment": visible_comments(user),
        "ask": visible_asks(user).exclude(state=AskState.WITHDRAWN),
        "win": visible_wins(user),
        "decision": Decision.objects.filter(taken_back_at__isnull=True),
    }
    may = Q(subject_type="objective")
    for subject, table in seen.items():
        may |= Q(Exists(table.order_by().filter(pk=OuterRef("subject_id"))), subject_type=subject)
    objectives = visible_objectives(user).order_by()
    may &= Q(objective_id__isnull=True) | Q(Exists(objectives.filter(pk=OuterRef("objective_id"))))
    may |= Q(_in_force(user), subject_type="priority")
    about = Case(When(_about(user), then=Value(True)), default=Value(False), output_field=BooleanField())
    return rows.filter(may).annotate(is_about=about)


def _in_force(user: User) -> Exists:
    """What was done to a priority that the reader may see; what it was while a draft is for those who see drafts."""
    rows = visible_priorities(user).order_by().filter(pk=OuterRef("subject_id"))
    return Exists(rows if user.is_leader else rows.filter(activated_at__lte=OuterRef("at")))


def _belongs(known: FeedKind, kind: FeedKind) -> bool:
    if kind is FeedKind.EVERYTHING or known is kind:
        return True
    return kind is FeedKind.DEPENDENCIES and known is FeedKind.OBJECTIVES


def _near(user: User, scope: ScopeRows) -> Q:
    """The same as `ScopeRows.holds` says of a line."""
    team_ids = [str(pk) for pk in scope.team_ids or ()]
    near = Q(objective_id__in=scope.objective_ids or ())
    near |= Q(subject_type="priority", subject_id__in=scope.priority_ids or ())
    near |= Q(subject_type__in=("win", "decision"), payload__team_id__in=team_ids)
    return near | _about(user) if scope.scope is Scope.AROUND else near


def _about(user: User) -> Q:
    """Asks of and by the reader, thanks to them, and comments that name them."""
    mine = Q(asked_by=user) | Q(asked_of=user)
    named: dict[str, QuerySet[Any]] = {
        "ask": Ask.objects.filter(mine).order_by().values("pk"),
        "thanks": ThanksReceiver.objects.filter(user=user).order_by().values("thanks_id"),
        "comment": Comment.mentions.through.objects.filter(user_id=user.pk).values("comment_id"),
    }
    about = Q()
    for subject, ids in named.items():
        about |= Q(subject_type=subject, subject_id__in=ids)
    return about


def _news(user: User, scope: ScopeRows) -> QuerySet[PriorityNews]:
    rows = PriorityNews.objects.filter(priority__in=visible_priorities(user).order_by().values("pk"))
    return rows if scope.priority_ids is None else rows.filter(priority_id__in=scope.priority_ids)


def _said(row: tuple[Any, ...], zone: ZoneInfo) -> Line:
    """What one person said on one day about one objective is one group; what systems said on a day is another."""
    pk, at, source, author_id, name, label, objective_id, win = row
    who, day = name or label, at.astimezone(zone).date()
    if source != CheckInSource.MANUAL:
        return Line(FeedKind.AUTOMATIC, at, ("automatic", day), None, who, objective_id, pk)
    group = ("said", author_id or who, objective_id, day)
    return Line(FeedKind.CHECK_INS, at, group, author_id, who, objective_id, pk, facts={"has_win": bool(win)})


def _logged(row: tuple[Any, ...], scope: ScopeRows) -> Line | None:
    """None for an edit of a priority that changed no words. Names are read with the words of a page."""
    pk, at, verb, subject_type, subject_id, objective_id, by_id, payload, is_about = row
    kind, facts = KIND_OF[verb], dict(payload)
    if subject_type == "priority":
        facts["priority_id"] = subject_id
    if verb == "priority.edited" and not any(field in WORDED for field in facts.get("changes") or ()):
        return None
    if verb in ENDS and objective_id in scope.needed_by:
        kind = FeedKind.DEPENDENCIES
    return Line(
        kind=kind,
        at=at,
        group=("event", pk),
        who_id=by_id,
        who="",
        objective_id=objective_id,
        subject_id=subject_id,
        verb=verb,
        facts=facts,
        is_about_reader=bool(is_about),
    )


def _posted(row: tuple[Any, ...]) -> Line:
    pk, at, author_id, name, priority_id, title, text = row
    facts = {"priority_id": priority_id, "title": title, "text": text}
    return Line(
        FeedKind.PRIORITIES, at, ("news", pk), author_id, name or "", None, pk, "priority.news", facts
    )
