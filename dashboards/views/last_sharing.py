"""What the last sharing did, kept in the session: shown beside My week, and taken back from there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone

from common.templatetags.numbers import number
from dashboards.context import href
from dashboards.queries.lifted_rows import LiftedRow
from dashboards.queries.my_week import OtherCheckIn
from dashboards.views.words import count_words

SESSION_KEY = "last_sharing"
CAN_UNDO_FOR = timedelta(minutes=10)
PLACES = {"objective": "objective", "priority": "priority"}


@dataclass(frozen=True, slots=True)
class LiftedView:
    title: str
    href: str
    before: Decimal | None
    after: Decimal | None
    expected: Decimal | None


@dataclass(frozen=True, slots=True)
class LastSharing:
    """`others` are sentences about what somebody else said in the meantime."""

    words: str
    check_in_ids: tuple[str, ...]
    lifted: tuple[LiftedView, ...]
    others: tuple[str, ...]
    can_undo: bool
    typed: Mapping[str, Any]
    win: tuple[str, str] | None = None


def remember_sharing(
    request: HttpRequest,
    *,
    at: datetime,
    check_ins: Sequence[UUID],
    lifted: Sequence[LiftedRow],
    others: Iterable[OtherCheckIn],
    typed: Mapping[str, Any],
    win: tuple[str, str] | None = None,
) -> None:
    """Keep it until the next sharing. `win` is the id and the words of the good thing that was told with it."""
    request.session[SESSION_KEY] = {
        "at": at.isoformat(),
        "check_ins": [str(pk) for pk in check_ins],
        "lifted": [
            [row.type, str(row.id), row.title, _text(row.before), _text(row.after), _text(row.expected)]
            for row in lifted
        ],
        "others": [_other_words(row) for row in others],
        "typed": dict(typed),
        "win": list(win) if win else None,
    }


def last_sharing(request: HttpRequest, *, at: datetime) -> LastSharing | None:
    """What was remembered; None before the first sharing and after it was taken back."""
    kept = request.session.get(SESSION_KEY)
    if not isinstance(kept, dict):
        return None
    shared_at = datetime.fromisoformat(kept["at"])
    count = len(kept["check_ins"])
    what = f"{count_words(count, 'check-in', 'check-ins')} shared" if count else "One good thing told"
    win = kept.get("win")
    return LastSharing(
        words=f"{what} at {timezone.localtime(shared_at):%H:%M}",
        check_in_ids=tuple(kept["check_ins"]),
        lifted=tuple(
            LiftedView(title, href(PLACES[kind], pk), _number(before), _number(after), _number(expected))
            for kind, pk, title, before, after, expected in kept["lifted"]
        ),
        others=tuple(kept["others"]),
        can_undo=at - shared_at <= CAN_UNDO_FOR,
        typed=kept["typed"],
        win=(str(win[0]), str(win[1])) if win else None,
    )


def forget_sharing(request: HttpRequest) -> None:
    request.session.pop(SESSION_KEY, None)


def _other_words(row: OtherCheckIn) -> str:
    said = f" {number(row.value)}" if row.value is not None else ""
    at = timezone.localtime(row.at)
    spoke = f"{row.who} checked in{said} at {at:%H:%M} on “{row.key_result_title}” while you were writing."
    return f"{spoke} Both are in the history."


def _text(value: Decimal | None) -> str | None:
    return None if value is None else str(value)


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
