"""Answers to me: what came back on what somebody asked, and what still waits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q

from checkins.permissions import visible_asks
from checkins.rules.kinds import WAITING, AskState
from dashboards.queries.ask_rows import AskRow, ask_rows
from people.models import User

SHOWN_FOR = timedelta(days=14)
MOST_ROWS = 40
ANSWERED = (AskState.ANSWERED, AskState.ANSWERED_IN_PERSON)


@dataclass(frozen=True, slots=True)
class AnswersToMe:
    """`answered`: unseen or of the last fourteen days, latest first; `open`: still waiting, oldest first."""

    answered: tuple[AskRow, ...]
    open: tuple[AskRow, ...]

    def __bool__(self) -> bool:
        return bool(self.answered or self.open)

    @property
    def unseen_ids(self) -> list[UUID]:
        """Answers that the asker has not seen before."""
        return [row.id for row in self.answered if row.answer_is_new]


def answers_to_me(user: User, *, at: datetime, today: date) -> AnswersToMe:
    """One statement."""
    is_new = Q(answer_seen_at__isnull=True) | Q(ended_at__gte=at - SHOWN_FOR)
    shown = Q(state__in=list(WAITING)) | (Q(state__in=ANSWERED) & is_new)
    rows = ask_rows(
        visible_asks(user).filter(shown, asked_by=user).order_by("-created_at", "-id")[:MOST_ROWS],
        today=today,
    )
    answered = sorted(
        (row for row in rows if not row.is_waiting), key=lambda row: row.ended_on or today, reverse=True
    )
    return AnswersToMe(tuple(answered), tuple(row for row in reversed(rows) if row.is_waiting))
