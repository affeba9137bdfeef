"""How long ago a person was last heard on a key result (docs: RULES §3)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from objectives.rules.kinds import Freshness

FRESHNESS_ORDER = (Freshness.FRESH, Freshness.DUE, Freshness.STALE, Freshness.SILENT)


@dataclass(frozen=True, slots=True)
class FreshnessDates:
    """The last day of each stage; after `stale_until` comes silence. Stored, so that pages need no sums."""

    fresh_until: date
    due_until: date
    stale_until: date


def freshness_dates(
    *, last_heard_on: date | None, activated_on: date | None, cadence_days: int
) -> FreshnessDates | None:
    """One, two and three cadences after the last check-in of a person, or after activation before the first.

    None when neither day is known. Raises ValueError when the cadence is shorter than a day.
    """
    if cadence_days < 1:
        raise ValueError("a cadence lasts at least one day")
    heard_on = last_heard_on or activated_on
    if heard_on is None:
        return None
    first, second, third = (heard_on + timedelta(days=count * cadence_days) for count in (1, 2, 3))
    return FreshnessDates(fresh_until=first, due_until=second, stale_until=third)


def freshness_on(dates: FreshnessDates | None, on: date) -> Freshness | None:
    """The stage that holds on a day; None where nobody is expected to speak."""
    if dates is None:
        return None
    if on <= dates.fresh_until:
        return Freshness.FRESH
    if on <= dates.due_until:
        return Freshness.DUE
    if on <= dates.stale_until:
        return Freshness.STALE
    return Freshness.SILENT


def freshness(
    *, last_heard_on: date | None, activated_on: date | None, cadence_days: int, on: date
) -> Freshness | None:
    """`fresh` up to one cadence, `due` up to two, `stale` up to three, then `silent` ("gone quiet")."""
    dates = freshness_dates(last_heard_on=last_heard_on, activated_on=activated_on, cadence_days=cadence_days)
    return freshness_on(dates, on)


def least_fresh(rows: Iterable[FreshnessDates | None]) -> FreshnessDates | None:
    """The earliest of each date over an objective's open key results; None when there are none.

    The stage read from it on any day is that of the key result which is least fresh on that day.
    """
    known = [row for row in rows if row is not None]
    if not known:
        return None
    return FreshnessDates(
        fresh_until=min(row.fresh_until for row in known),
        due_until=min(row.due_until for row in known),
        stale_until=min(row.stale_until for row in known),
    )


def next_due_on(
    *,
    last_heard_on: date | None,
    activated_on: date | None,
    cadence_days: int,
    skip_until: date | None = None,
) -> date | None:
    """The day on which the next check-in is asked for: one cadence on, or the return day of a skip if later.

    A skip moves only this day, never the freshness. None before activation.
    """
    dates = freshness_dates(last_heard_on=last_heard_on, activated_on=activated_on, cadence_days=cadence_days)
    if dates is None:
        return None
    return dates.fresh_until if skip_until is None else max(dates.fresh_until, skip_until)


def is_due(due_on: date | None, on: date) -> bool:
    """Whether a check-in is asked for on `on`: from its due day on."""
    return due_on is not None and on >= due_on
