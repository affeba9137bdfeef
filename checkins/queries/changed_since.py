"""The moment that "since the last review", "last week" or a day means for a reader."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from uuid import UUID
from zoneinfo import ZoneInfo

from alignment.models import StrategicReview
from checkins.models import Review
from people.models import User
from people.permissions import team_ids_of

WEEK = timedelta(days=7)


class SinceKind(StrEnum):
    """What the reader asked for."""

    LAST_REVIEW = "last_review"
    WEEK = "week"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class Since:
    """`at`: what happened later is told. `is_found`: there was a review; without one it is a week."""

    kind: SinceKind
    at: datetime
    is_found: bool = True


def changed_since(
    viewer: User, asked: SinceKind | date, *, at: datetime, team_id: UUID | None = None
) -> Since:
    """The moment. A day begins in the organisation's time zone. At most two queries.

    The last review: that of the team; without a team the last strategic review, then the latest of the viewer's teams.
    """
    if isinstance(asked, date):
        zone = ZoneInfo(viewer.organisation.time_zone)
        return Since(SinceKind.DAY, datetime.combine(asked, time(), zone))
    if asked == SinceKind.WEEK:
        return Since(SinceKind.WEEK, at - WEEK)
    found = _last_review(viewer, team_id)
    return Since(SinceKind.LAST_REVIEW, found or at - WEEK, is_found=found is not None)


def _last_review(viewer: User, team_id: UUID | None) -> datetime | None:
    ended = Review.objects.filter(organisation_id=viewer.organisation_id, ended_at__isnull=False)
    if team_id is None:
        strategic = StrategicReview.objects.filter(
            organisation_id=viewer.organisation_id, ended_at__isnull=False
        ).order_by("-ended_at")
        moment = strategic.values_list("ended_at", flat=True).first()
        if moment is not None:
            return moment
        ended = ended.filter(team_id__in=team_ids_of(viewer))
    else:
        ended = ended.filter(team_id=team_id)
    return ended.order_by("-ended_at").values_list("ended_at", flat=True).first()
