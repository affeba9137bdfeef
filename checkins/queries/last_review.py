"""When the reader's teams last looked at their goals together."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from alignment.models import StrategicReview
from checkins.models import Review
from common.days import day_in
from people.roles import Role

if TYPE_CHECKING:
    from people.models import User


def last_review_on(user: User) -> date | None:
    """The day of the last review of a team of theirs; for leaders and others without one, of the organisation."""
    ended = Review.objects.filter(organisation=user.organisation_id, ended_at__isnull=False)
    if user.role not in (Role.LEADER, Role.ADMINISTRATOR):
        ended = ended.filter(team__memberships__user=user)
    reviews = list(ended.order_by("-started_at").values_list("started_at", flat=True)[:1])
    strategic = StrategicReview.objects.filter(organisation=user.organisation_id, ended_at__isnull=False)
    reviews += strategic.order_by("-started_at").values_list("started_at", flat=True)[:1]
    return day_in(user.organisation.time_zone, max(reviews)) if reviews else None
