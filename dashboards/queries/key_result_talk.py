"""What people said about one key result, or one check-in, beside the check-in itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import F, Q, Window
from django.db.models.functions import RowNumber

from checkins.models import CheckIn
from checkins.queries.comments import (
    SHOWN,
    CommentRow,
    Thread,
    as_thread,
    comment_row,
    comments_on,
    thread_of,
    with_versions,
)
from checkins.queries.reactions import Reactions, reactions_on
from dashboards.queries.key_result_page import KeyResultPage
from objectives.models import KeyResult
from people.models import User


@dataclass(frozen=True, slots=True)
class KeyResultTalk:
    """`thread` is about the key result itself, the others are about check-ins; reactions on check-ins."""

    thread: Thread
    on_check_ins: Mapping[UUID, Thread]
    reactions: Reactions


def said_by_people(page: KeyResultPage) -> tuple[UUID, ...]:
    """Check-ins of people on this page of the history."""
    return tuple(row.id for entry in page.history for row in entry.rows if row.is_person)


def key_result_talk(
    user: User, key_result: KeyResult, check_in_ids: Collection[UUID], *, shows_all: bool = False
) -> KeyResultTalk:
    """Two statements. `shows_all` counts for what is about the key result itself."""
    place = Window(RowNumber(), partition_by=F("check_in_id"), order_by=("-created_at", "-pk"))
    on_shown = Q(check_in__isnull=True) | Q(check_in__in=list(check_in_ids))
    rows = with_versions(comments_on(user, key_result=key_result, ask__isnull=True).filter(on_shown))
    rows = rows.order_by().annotate(place=place)
    if not shows_all:
        rows = rows.filter(place__lte=SHOWN + 1)
    found: dict[UUID | None, list[CommentRow]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: (row.created_at, row.pk), reverse=True):
        found[row.check_in_id].append(comment_row(user, row))
    about = found.pop(None, [])
    return KeyResultTalk(
        as_thread(about, shows_all=shows_all),
        {key: as_thread(comments) for key, comments in found.items() if key is not None},
        reactions_on(user, check_in_ids),
    )


def check_in_talk(user: User, check_in: CheckIn, *, shows_all: bool = False) -> KeyResultTalk:
    """What was said on one check-in. Two statements."""
    thread = thread_of(user, comments_on(user, check_in=check_in), shows_all=shows_all)
    return KeyResultTalk(Thread(), {check_in.pk: thread}, reactions_on(user, [check_in.pk]))
