"""Numbers follow at once when the shape of the graph changes."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from alignment.services.roll_up import Lifted, roll_up
from people.models import Organisation


def roll_up_after_change(
    *,
    organisation_id: UUID,
    at: datetime,
    objective_ids: Collection[UUID] = (),
    key_result_ids: Collection[UUID] = (),
    priority_ids: Collection[UUID] = (),
) -> tuple[Lifted, ...]:
    """Roll up what was named, as of the organisation's day of `at`. The caller holds the graph exclusively."""
    zone = Organisation.objects.only("time_zone").get(pk=organisation_id).time_zone
    return roll_up(
        organisation_id=organisation_id,
        today=at.astimezone(ZoneInfo(zone)).date(),
        objective_ids=objective_ids,
        key_result_ids=key_result_ids,
        priority_ids=priority_ids,
        at=at,
    )
