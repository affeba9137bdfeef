"""Who changed an objective and its key results last."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from activity.models import Event

MOST_READ = 200
TYPES = ("objective", "key_result")


@dataclass(frozen=True, slots=True)
class LastChange:
    """The person, or "Somebody" where a machine or nobody known did it."""

    by: str
    at: datetime


def last_changes(objective_id: UUID) -> dict[UUID | None, LastChange]:
    """The latest change of the objective and of each of its key results, by their ids. One query."""
    rows = Event.objects.filter(objective_id=objective_id, subject_type__in=TYPES)
    found: dict[UUID | None, LastChange] = {}
    for subject, name, at in rows.order_by("-at", "-id").values_list("subject_id", "by__name", "at")[
        :MOST_READ
    ]:
        found.setdefault(subject, LastChange(name or "Somebody", at))
    return found
