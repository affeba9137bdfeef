"""Cycles: how much has passed, what their state allows (docs: RULES §6)."""

from datetime import date, timedelta
from decimal import Decimal

from common.ratio import ONE, ZERO, clamp01
from objectives.rules.kinds import CycleState
from objectives.rules.lifecycle import TransitionRefused

DAYS_OUTSIDE_CYCLE = 31
"""A check-in may be dated so many days before the first or after the last day of its cycle."""


def elapsed_share(starts_on: date | None, ends_on: date | None, on: date) -> Decimal | None:
    """Share of the cycle's days that have passed at the end of `on`: 0..1, not rounded.

    t = (on − starts_on + 1 day) / (ends_on − starts_on + 1 day), clamped; day 53 of 91 → 0.582…
    None when a date is missing or the last day lies before the first.
    """
    if starts_on is None or ends_on is None or ends_on < starts_on:
        return None
    passed = Decimal((on - starts_on).days + 1) / Decimal((ends_on - starts_on).days + 1)
    return clamp01(passed) if ZERO < passed < ONE else (ONE if passed >= ONE else ZERO)


def week_of(starts_on: date | None, ends_on: date | None, on: date) -> tuple[int, int] | None:
    """(week, weeks): the running week counted from 1 and how many there are, a broken last one included.

    After the last day the last week is named. None before the first day and without usable dates.
    """
    if starts_on is None or ends_on is None or ends_on < starts_on or on < starts_on:
        return None
    weeks = ((ends_on - starts_on).days + 7) // 7
    return min((on - starts_on).days // 7 + 1, weeks), weeks


def can_take_check_ins(state: CycleState) -> bool:
    """Check-ins are taken while the cycle is active or closing."""
    return state in (CycleState.ACTIVE, CycleState.CLOSING)


def is_open_cycle(state: CycleState) -> bool:
    """A closed cycle is read-only, except for its retrospectives and open import questions."""
    return state != CycleState.CLOSED


def cycle_after_activate(state: CycleState) -> CycleState:
    """planning → active; an active one stays active. Raises TransitionRefused otherwise."""
    if state in (CycleState.PLANNING, CycleState.ACTIVE):
        return CycleState.ACTIVE
    raise TransitionRefused(f"a {state} cycle cannot be activated", state=state)


def cycle_after_close(state: CycleState, *, open_objective_count: int) -> CycleState:
    """The first close makes an active cycle `closing`; the second, with no objective open, `closed`.

    Raises TransitionRefused for a cycle in planning or already closed, and while objectives are open.
    """
    if state == CycleState.ACTIVE:
        return CycleState.CLOSING
    if state != CycleState.CLOSING:
        raise TransitionRefused(f"a {state} cycle cannot be closed", state=state)
    if open_objective_count:
        noun = "objective is" if open_objective_count == 1 else "objectives are"
        raise TransitionRefused(f"{open_objective_count} {noun} still open", state=state)
    return CycleState.CLOSED


def observed_on_refusal(
    observed_on: date, *, today: date, starts_on: date | None = None, ends_on: date | None = None
) -> str | None:
    """Why a check-in may not be dated `observed_on`, as a code; None when it may.

    "in_future" after `today`; "outside_cycle" more than 31 days before or after the cycle. A missing date of
    the cycle sets no limit on its side.
    """
    if observed_on > today:
        return "in_future"
    slack = timedelta(days=DAYS_OUTSIDE_CYCLE)
    if starts_on is not None and starts_on - observed_on > slack:
        return "outside_cycle"
    if ends_on is not None and observed_on - ends_on > slack:
        return "outside_cycle"
    return None


def observed_on_allowed(
    observed_on: date, *, today: date, starts_on: date | None = None, ends_on: date | None = None
) -> bool:
    """Whether a check-in may be dated `observed_on` (see `observed_on_refusal`)."""
    return observed_on_refusal(observed_on, today=today, starts_on=starts_on, ends_on=ends_on) is None
