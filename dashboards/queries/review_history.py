"""A team's past reviews, and the minutes of one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from checkins.models import Review
from checkins.permissions import visible_reviews
from checkins.queries.minutes import Minutes, read_minutes
from people.models import Team, User

PAGE = 25


@dataclass(frozen=True, slots=True)
class PastReview:
    """One line of the history. Counts are of what the reader may see."""

    id: UUID
    started_at: datetime
    ended_at: datetime
    ended_by: str
    decisions: tuple[str, ...]
    decision_count: int
    next_step_count: int
    win_count: int

    @property
    def minutes_taken(self) -> int:
        return max(1, round((self.ended_at - self.started_at).total_seconds() / 60))


@dataclass(frozen=True, slots=True)
class History:
    """`next_page` is 0 on the last one."""

    rows: tuple[PastReview, ...]
    next_page: int


def review_history(user: User, team: Team, page: int = 1) -> History:
    """Reviews that ended, the latest first; two statements."""
    start = max(0, page - 1) * PAGE
    rows = visible_reviews(user).filter(team=team, ended_at__isnull=False).select_related("ended_by")
    found = list(rows.order_by("-started_at", "-pk")[start : start + PAGE + 1])
    kept = read_minutes(user, found[:PAGE])
    return History(
        tuple(_row(row, kept[row.pk]) for row in found[:PAGE]), page + 1 if len(found) > PAGE else 0
    )


def find_review(user: User, team_id: UUID, review_id: UUID) -> Review | None:
    """One review of a team, running or ended; one statement."""
    rows = visible_reviews(user).select_related("team__lead", "started_by", "ended_by", "cycle")
    return rows.filter(pk=review_id, team_id=team_id).first()


def _row(row: Review, minutes: Minutes) -> PastReview:
    return PastReview(
        id=row.pk,
        started_at=row.started_at,
        ended_at=row.ended_at or row.started_at,
        ended_by=row.ended_by.name if row.ended_by else "",
        decisions=tuple(one["text"] for one in minutes.decisions[:2]),
        decision_count=len(minutes.decisions),
        next_step_count=len(minutes.next_steps),
        win_count=len(minutes.wins),
    )
