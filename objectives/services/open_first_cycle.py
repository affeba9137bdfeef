"""A new organisation starts with the running quarter, so that objectives can be written at once."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from activity.models import Event
from common.days import day_in
from objectives.services.write_cycles import activate_cycle, create_cycle


def open_first_cycle(event: Event) -> None:
    """Reaction to `organisation.created`: the calendar quarter of that day, active."""
    by = event.by
    if by is None:
        return
    name, starts_on, ends_on = quarter_of(day_in(event.organisation.time_zone, event.at))
    cycle = create_cycle(by=by, at=event.at, name=name, starts_on=starts_on, ends_on=ends_on)
    activate_cycle(cycle=cycle, by=by, at=event.at)


def quarter_of(day: date) -> tuple[str, date, date]:
    """Name, first and last day of a day's calendar quarter: ("Q4 2026", 1 October, 31 December)."""
    quarter = (day.month - 1) // 3 + 1
    last_month = quarter * 3
    return (
        f"Q{quarter} {day.year}",
        date(day.year, last_month - 2, 1),
        date(day.year, last_month, monthrange(day.year, last_month)[1]),
    )
