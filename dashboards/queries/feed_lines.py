"""What happened, from three tables: check-ins, the log, and news of priorities. Latest first, as plain lines."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet

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
OF_PRIORITIES = [verb for verb in KIND_OF if verb.startswith("priority.")]
OF_OBJECTIVES = [verb for verb in KIND_OF if verb.startswith("objective.")]
ENDS = ("objective.closed", "objective.cancelled", "objective.paused")


def feed_lines(
    user: User,
    scope: ScopeRows,
    kind: FeedKind,
    *,
    since: datetime,
    before: datetime | None,
    most: int,
) -> tuple[list[Line], bool]:
    """Lines of (since, before), latest first, and whether they reach back to `since`. At most three statements.

    A source that holds more than `most` cuts all of them at its oldest line, so that nothing is skipped.
    """
    found: list[Line] = []
    cut: datetime | None = None
    for source in _sources(user, scope, kind, since=since, before=before):
        lines = source(most + 1)
        if len(lines) > most:
            cut = max(cut or lines[most - 1].at, lines[most - 1].at)
            lines = lines[:most]
        found += lines
    if cut is not None:
        found = [line for line in found if line.at >= cut]
    found.sort(key=lambda line: (line.at, str(line.subject_id)), reverse=True)
    return found, cut is None


def _sources(
    user: User, scope: ScopeRows, kind: FeedKind, *, since: datetime, before: datetime | None
) -> Iterable[Any]:
    zone = ZoneInfo(user.organisation.time_zone)
    everything = kind is FeedKind.EVERYTHING
    if everything or kind in (FeedKind.CHECK_INS, FeedKind.WINS, FeedKind.AUTOMATIC):
        rows = _between(_check_ins(user, scope, kind), "known_at", since, before)
        yield lambda most: [_said(row, zone) for row in rows[:most]]
    if everything or kind not in (FeedKind.CHECK_INS, FeedKind.AUTOMATIC):
        events = _between(_events(user, scope, kind), "at", since, before)
        yield lambda most: [_logged(row, scope) for row in events[:most]]
    if everything or kind is FeedKind.PRIORITIES:
        news = _between(_news(user, scope), "created_at", since, before)
        yield lambda most: [_posted(row) for row in news[:most]]


def _between(rows: QuerySet[Any], field: str, since: datetime, before: datetime | None) -> QuerySet[Any]:
    bounds = {f"{field}__gt": since} | ({f"{field}__lt": before} if before else {})
    return rows.filter(**bounds).order_by(f"-{field}", "-pk")


def _check_ins(user: User, scope: ScopeRows, kind: FeedKind) -> QuerySet[CheckIn]:
    """What an import brought is history, not news."""
    rows = visible_check_ins(user).filter(imported_at__isnull=True)
    if scope.objective_ids is not None:
        rows = rows.filter(key_result__objective_id__in=scope.objective_ids)
    if kind is FeedKind.WINS:
        rows = rows.exclude(win="")
    elif kind is FeedKind.AUTOMATIC:
        rows = rows.exclude(source=CheckInSource.MANUAL)
    elif kind is FeedKind.CHECK_INS:
        rows = rows.filter(source=CheckInSource.MANUAL)
    return rows.select_related("author", "key_result")


def _events(user: User, scope: ScopeRows, kind: FeedKind) -> QuerySet[Event]:
    """Entries of the log that the reader may see: each kind asks the table that its words are in."""
    rows = Event.objects.filter(organisation_id=user.organisation_id).select_related("by")
    seen = {
        "thanks": visible_thanks(user),
        "comment": visible_comments(user),
        "ask": visible_asks(user).exclude(state=AskState.WITHDRAWN),
        "win": visible_wins(user),
        "decision": Decision.objects.filter(taken_back_at__isnull=True),
    }
    wanted = [verb for verb, known in KIND_OF.items() if _belongs(known, kind)]
    may = Q(subject_type="objective")
    for subject, table in seen.items():
        may |= Q(subject_type=subject, subject_id__in=table.order_by().values("pk"))
    may &= Q(objective_id__isnull=True) | Q(objective_id__in=visible_objectives(user).order_by().values("pk"))
    may |= Q(subject_type="priority", subject_id__in=visible_priorities(user).order_by().values("pk"))
    about = ExpressionWrapper(_about(user), BooleanField())
    rows = rows.filter(may, verb__in=wanted).annotate(is_about_reader=about)
    if scope.scope is not Scope.EVERYONE:
        rows = rows.filter(_near(user, scope))
    if kind is FeedKind.DEPENDENCIES:
        rows = rows.filter(verb__in=ENDS, objective_id__in=list(scope.needed_by))
    return rows


def _belongs(known: FeedKind, kind: FeedKind) -> bool:
    if kind is FeedKind.EVERYTHING or known is kind:
        return True
    return kind is FeedKind.DEPENDENCIES and known is FeedKind.OBJECTIVES


def _near(user: User, scope: ScopeRows) -> Q:
    near = Q(objective_id__in=scope.objective_ids or ())
    near |= Q(subject_type="priority", subject_id__in=scope.priority_ids or ())
    near |= Q(subject_type="win", payload__team_id__in=[str(pk) for pk in scope.team_ids or ()])
    near |= Q(
        subject_type="decision",
        subject_id__in=Decision.objects.filter(team_id__in=scope.team_ids or ()).order_by().values("pk"),
    )
    if scope.scope is Scope.AROUND:
        near |= _about(user)
    return near


def _about(user: User) -> Q:
    """Asks of and by the reader, thanks to them, and comments that name them."""
    asks = Ask.objects.filter(Q(asked_by=user) | Q(asked_of=user)).order_by().values("pk")
    thanked = ThanksReceiver.objects.filter(user=user).values("thanks_id")
    mentioned = Comment.mentions.through.objects.filter(user_id=user.pk).values("comment_id")
    about = Q(subject_type="ask", subject_id__in=asks)
    about |= Q(subject_type="thanks", subject_id__in=thanked)
    return about | Q(subject_type="comment", subject_id__in=mentioned)


def _news(user: User, scope: ScopeRows) -> QuerySet[PriorityNews]:
    rows = PriorityNews.objects.filter(priority__in=visible_priorities(user).order_by().values("pk"))
    if scope.priority_ids is not None:
        rows = rows.filter(priority_id__in=scope.priority_ids)
    return rows.select_related("author", "priority")


def _said(row: CheckIn, zone: ZoneInfo) -> Line:
    is_person = row.source == CheckInSource.MANUAL
    day = row.known_at.astimezone(zone).date()
    objective_id = row.key_result.objective_id
    who = row.author.name if row.author else row.author_label
    kind = FeedKind.CHECK_INS if is_person else FeedKind.AUTOMATIC
    group = ("said", row.author_id or who, objective_id, day) if is_person else ("automatic", day)
    return Line(kind, row.known_at, group, row.author_id, who, objective_id, row.pk, facts={"row": row})


def _logged(row: Event, scope: ScopeRows) -> Line:
    kind = KIND_OF[row.verb]
    if row.verb in ENDS and row.objective_id in scope.needed_by:
        kind = FeedKind.DEPENDENCIES
    facts = dict(row.payload)
    if row.subject_type == "priority":
        facts["priority_id"] = row.subject_id
    return Line(
        kind=kind,
        at=row.at,
        group=("event", row.pk),
        who_id=row.by_id,
        who=row.by.name if row.by else "",
        objective_id=row.objective_id,
        subject_id=row.subject_id,
        verb=row.verb,
        facts=facts,
        is_about_reader=bool(getattr(row, "is_about_reader", False)),
    )


def _posted(row: PriorityNews) -> Line:
    return Line(
        kind=FeedKind.PRIORITIES,
        at=row.created_at,
        group=("news", row.pk),
        who_id=row.author_id,
        who=row.author.name if row.author else "",
        objective_id=None,
        subject_id=row.pk,
        verb="priority.news",
        facts={"priority_id": row.priority_id, "title": row.priority.title, "text": row.text},
    )
