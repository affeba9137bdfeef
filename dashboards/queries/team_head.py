"""What stands above every page of a team: who it is, when it meets, and whether it meets right now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import F, FilteredRelation, OuterRef, Q, Subquery

from checkins.models import Review
from people.models import Team, User
from people.permissions import visible_teams

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True)
class Running:
    """A review that has not ended; it speaks of what happened after `since`."""

    id: UUID
    started_at: datetime
    started_by: str
    since: datetime
    cycle_id: UUID | None

    def minutes_gone(self, at: datetime) -> int:
        """Whole minutes since it started."""
        return max(0, int((at - self.started_at).total_seconds() // 60))


@dataclass(frozen=True, slots=True)
class TeamHead:
    """A team with lead and parent. `last` is (since, ended_at) of the review before; None when there was none."""

    team: Team
    running: Running | None
    last: tuple[datetime, datetime] | None


def find_team_head(user: User, team_id: UUID) -> TeamHead | None:
    """The team, or None where the person may not know of it; one statement."""
    ended = Review.objects.filter(team=OuterRef("pk"), ended_at__isnull=False).order_by("-started_at", "-pk")
    rows = (
        visible_teams(user)
        .select_related("parent", "lead")
        .annotate(run=FilteredRelation("reviews", condition=Q(reviews__ended_at__isnull=True)))
        .annotate(
            run_id=F("run__id"),
            run_started_at=F("run__started_at"),
            run_by=F("run__started_by__name"),
            run_since=F("run__since"),
            run_cycle_id=F("run__cycle_id"),
            last_since=Subquery(ended.values("since")[:1]),
            last_ended_at=Subquery(ended.values("ended_at")[:1]),
        )
    )
    row = rows.filter(pk=team_id).first()
    if row is None:
        return None
    found = {name: getattr(row, name) for name in ("run_id", "run_started_at", "run_by", "run_since")}
    running = None
    if found["run_id"] is not None:
        running = Running(
            found["run_id"], found["run_started_at"], found["run_by"] or "", found["run_since"],
            getattr(row, "run_cycle_id", None),
        )  # fmt: skip
    since, ended_at = getattr(row, "last_since", None), getattr(row, "last_ended_at", None)
    return TeamHead(row, running, (since, ended_at) if since and ended_at else None)


def meets_words(team: Team, user: User) -> str:
    """ "Weekly review every Thursday at 10:00.": the team's own day and hour, or else the organisation's."""
    organisation = user.organisation
    weekday = team.review_weekday if team.review_weekday is not None else organisation.review_weekday
    hour = team.review_hour if team.review_hour is not None else organisation.review_hour
    return f"Weekly review every {DAYS[weekday]} at {hour}:00."
