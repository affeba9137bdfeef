"""Whether somebody asked this week how a key result is going."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from checkins.models import Nudge
from common.days import day_in
from objectives.models import KeyResult
from people.models import User


@dataclass(frozen=True, slots=True)
class NudgeRow:
    """The question of this week."""

    on: date
    by: str


def nudge_of_week(key_result: KeyResult, *, today: date) -> NudgeRow | None:
    """None when nobody asked yet. One statement; the objective's organisation is read already."""
    week_on = today - timedelta(days=today.weekday())
    row = Nudge.objects.filter(key_result=key_result, week_on=week_on).select_related("by").first()
    if row is None:
        return None
    zone = key_result.objective.organisation.time_zone
    return NudgeRow(day_in(zone, row.created_at), row.by.name if row.by is not None else "")


def can_be_nudged(user: User, key_result: KeyResult) -> bool:
    """Whether asking makes sense: somebody else looks after it, reads here and takes part."""
    owner = key_result.owner or key_result.objective.owner
    if user.is_viewer or owner is None or owner.pk == user.pk:
        return False
    return owner.is_active and not owner.is_viewer and not owner.is_placeholder
