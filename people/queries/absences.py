"""Who is away, until when, and what somebody has planned."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from people.models import Absence, User

MOST_DAYS = 800


@dataclass(frozen=True, slots=True)
class AbsenceRow:
    """Days away, both ends included. `stand_in` is a name, "" for nobody."""

    id: UUID
    starts_on: date
    ends_on: date
    stand_in: str


def planned_absences(user: User, *, today: date) -> tuple[AbsenceRow, ...]:
    """What the person has planned and is not over, the next one first. One query."""
    rows = Absence.objects.filter(user=user, ends_on__gte=today).select_related("stand_in")
    return tuple(
        AbsenceRow(row.pk, row.starts_on, row.ends_on, row.stand_in.name if row.stand_in else "")
        for row in rows.order_by("starts_on", "id")
    )


def back_on(user_ids: Iterable[UUID], *, today: date) -> dict[UUID, date]:
    """Person → the first working day after their absence, for everybody who is away `today`. One query.

    Absences that follow each other without a working day between them count as one.
    """
    wanted = list(user_ids)
    rows = Absence.objects.filter(user_id__in=wanted, ends_on__gte=today).order_by("starts_on", "id")
    periods: dict[UUID, list[tuple[date, date]]] = {}
    working: dict[UUID, str] = {}
    for row in rows.values_list("user_id", "starts_on", "ends_on", "user__working_days"):
        periods.setdefault(row[0], []).append((row[1], row[2]))
        working[row[0]] = row[3]
    found: dict[UUID, date] = {}
    for user_id, days in periods.items():
        if any(starts <= today <= ends for starts, ends in days):
            found[user_id] = _first_day_back(days, working[user_id], today)
    return found


def _first_day_back(periods: list[tuple[date, date]], working_days: str, today: date) -> date:
    day = today
    for _ in range(MOST_DAYS):
        is_away = any(starts <= day <= ends for starts, ends in periods)
        if not is_away and (not working_days or str(day.weekday()) in working_days):
            return day
        day += timedelta(days=1)
    return day
