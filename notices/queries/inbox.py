"""The inbox: what a person was told, newest first, in words made now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from notices.models import Notice
from notices.queries.person_times import times_of
from notices.rendering import Line, render_kind
from notices.rules.kinds import NoticeKind
from notices.rules.zones import local_day
from people.models import User

PAGE_SIZE = 40


@dataclass(frozen=True, slots=True)
class InboxRow:
    """One notice as a sentence. `words` is what somebody wrote, `facts` who and where."""

    id: UUID
    kind: NoticeKind
    sentence: str
    words: str
    facts: str
    at: datetime
    is_seen: bool


@dataclass(frozen=True, slots=True)
class InboxDay:
    """The notices of one of the person's days."""

    on: date
    rows: tuple[InboxRow, ...]


@dataclass(frozen=True, slots=True)
class Inbox:
    """One page. `after` is the id to ask the next page with, None at the end.

    `has_unseen`: something is left to mark as read, be it only what the bell counts and nobody can tell any more.
    """

    days: tuple[InboxDay, ...]
    has_unseen: bool
    after: UUID | None


def shown_notices(user: User, *, at: datetime) -> QuerySet[Notice]:
    """What the inbox may hold, before looking whether the person may still see each thing."""
    return Notice.objects.filter(user=user, is_shown_here=True, dropped_at__isnull=True, due_at__lte=at)


def inbox(user: User, *, at: datetime, after: UUID | None = None) -> Inbox:
    """A page of the inbox, without what the person may no longer see."""
    rows = shown_notices(user, at=at).order_by("-due_at", "-id")
    before = rows.filter(pk=after).first() if after is not None else None
    if before is not None:
        rows = rows.filter(Q(due_at__lt=before.due_at) | Q(due_at=before.due_at, pk__lt=before.pk))
    found = list(rows[: PAGE_SIZE + 1])
    page = found[:PAGE_SIZE]
    lines = lines_of(page, user, at)
    days: dict[date, list[InboxRow]] = defaultdict(list)
    zone = times_of(user).schedule.zone
    for notice in page:
        line = lines.get(notice.pk)
        if line is not None:
            days[local_day(notice.due_at, zone)].append(_row(notice, line))
    shown = tuple(InboxDay(on, tuple(rows)) for on, rows in days.items())
    has_unseen = rows.filter(seen_at__isnull=True).exists()
    return Inbox(shown, has_unseen, page[-1].pk if len(found) > PAGE_SIZE else None)


def lines_of(notices: Sequence[Notice], user: User, at: datetime) -> dict[UUID, Line]:
    """Notice → the line that tells it; what cannot be told (any more) is left out.

    Each kind is rendered once. A section whose lines name no notice, such as a digest, is told by its headline.
    """
    by_kind: dict[NoticeKind, list[Notice]] = defaultdict(list)
    for notice in notices:
        by_kind[NoticeKind(notice.kind)].append(notice)
    found: dict[UUID, Line] = {}
    for kind, rows in by_kind.items():
        section = render_kind(kind, rows, user, at)
        if section is None:
            continue
        named = {line.notice_id: line for line in section.lines if line.notice_id is not None}
        if named:
            found |= {pk: line for pk, line in named.items() if pk is not None}
            continue
        for notice in rows:
            own = section if len(rows) == 1 else render_kind(kind, [notice], user, at)
            if own is not None:
                href = own.button_href or own.lines[0].href
                is_one = len(own.lines) == 1 and not own.headline
                whole = Line(title=own.headline or own.title, href=href)
                found[notice.pk] = own.lines[0] if is_one else whole
    return found


def _row(notice: Notice, line: Line) -> InboxRow:
    is_sentence = not line.words or bool(line.title and line.title in line.words)
    sentence = (line.words or line.title) if is_sentence else line.title
    return InboxRow(
        id=notice.pk,
        kind=NoticeKind(notice.kind),
        sentence=sentence or line.facts or line.words,
        words="" if is_sentence else line.words,
        facts=line.facts if sentence else "",
        at=notice.due_at,
        is_seen=notice.seen_at is not None,
    )
