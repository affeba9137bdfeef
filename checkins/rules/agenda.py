"""What a weekly review speaks about: only what turned since the last one, in an order, within the minutes there are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise
from zoneinfo import ZoneInfo

from objectives.rules.kinds import Status

USUAL_SPAN = timedelta(days=7)
LONGEST_SPAN = timedelta(days=28)
FALL = 2
"""Confidence that falls by so much is worth a talk."""
RANKS = {Status.ACHIEVED: 0, Status.ON_TRACK: 0, Status.AT_RISK: 1, Status.OFF_TRACK: 2}
"""From good to bad; statuses that judge nothing have no rank."""


class AgendaStep(StrEnum):
    """The parts of a review, in order."""

    WINS = "wins"
    COURSE = "course"
    ASKS = "asks"
    DECISIONS = "decisions"


WEIGHTS = {AgendaStep.WINS: 3, AgendaStep.COURSE: 6, AgendaStep.ASKS: 3, AgendaStep.DECISIONS: 3}
"""How the minutes of a review are shared out: 3, 6, 3 and 3 of fifteen."""


@dataclass(frozen=True, slots=True)
class Said:
    """One check-in of a key result and what it stood at afterwards; `progress` is the raw ratio, higher is better."""

    recorded_at: datetime
    progress: Decimal | None
    status: str
    confidence: int | None
    is_person: bool


@dataclass(frozen=True, slots=True)
class Turn:
    """Why a key result is on the agenda. `confidence_before` is what a person said before; None when nobody did."""

    confidence_before: int | None
    confidence_now: int | None
    statuses_lost: int
    is_first_step_back: bool
    is_quiet: bool

    @property
    def confidence_lost(self) -> int:
        if self.confidence_before is None or self.confidence_now is None:
            return 0
        return max(0, self.confidence_before - self.confidence_now)

    @property
    def is_exception(self) -> bool:
        """Whether it needs a talk at all."""
        return (
            self.confidence_lost >= FALL or self.statuses_lost > 0 or self.is_first_step_back or self.is_quiet
        )

    def rank(self, days_quiet: int | None, title: str) -> tuple[int, int, bool, int, str]:
        """To sort by: most confidence lost, most statuses lost, a step back, longest quiet (never heard first)."""
        waited = 10_000 if days_quiet is None else days_quiet
        return (
            -self.confidence_lost,
            -self.statuses_lost,
            not self.is_first_step_back,
            -waited if self.is_quiet else 0,
            title.casefold(),
        )


def turn_of(said: Sequence[Said], *, since: datetime, is_quiet: bool) -> Turn:
    """How a key result turned after `since`: against what was known then, or else against what was first said after.

    said      all its check-ins, oldest first
    is_quiet  nobody was heard for more than two rhythms
    """
    place = next((index for index, one in enumerate(said) if one.recorded_at > since), len(said))
    return Turn(
        confidence_before=_confidence_before(said, place),
        confidence_now=_last_confidence(said),
        statuses_lost=_statuses_lost(said, place),
        is_first_step_back=_is_first_step_back(said, place),
        is_quiet=is_quiet,
    )


def _confidence_before(said: Sequence[Said], place: int) -> int | None:
    before = _last_confidence(said[:place])
    if before is not None or place == len(said):
        return before
    told = [one.confidence for one in said[place:] if one.is_person and one.confidence is not None]
    return told[0] if len(told) > 1 else None


def _last_confidence(said: Sequence[Said]) -> int | None:
    return next(
        (one.confidence for one in reversed(said) if one.is_person and one.confidence is not None), None
    )


def _statuses_lost(said: Sequence[Said], place: int) -> int:
    if place == len(said):
        return 0
    before = said[place - 1].status if place else said[0].status
    ranks = {status.value: rank for status, rank in RANKS.items()}
    if before not in ranks or said[-1].status not in ranks:
        return 0
    return max(0, ranks[said[-1].status] - ranks[before])


def _is_first_step_back(said: Sequence[Said], place: int) -> bool:
    """Whether the first fall of its progress ever lies after `since`, and it has not been made good."""
    known = [(index, one.progress) for index, one in enumerate(said) if one.progress is not None]
    falls = [(index, before) for (_, before), (index, now) in pairwise(known) if now < before]
    if not falls or falls[0][0] < place:
        return False
    return known[-1][1] < falls[0][1]


def since_of(last: tuple[datetime, datetime] | None, *, at: datetime, zone: str) -> datetime:
    """From which moment a review that starts at `at` speaks.

    last  (since, ended_at) of the review before; None when there was none
    It is the end of the review before; for a second one on the same day what that one spoke of; seven days without
    any, and never more than four weeks.
    """
    if last is None:
        return at - USUAL_SPAN
    since, ended_at = last
    days = {moment.astimezone(ZoneInfo(zone)).date() for moment in (ended_at, at)}
    return max(since if len(days) == 1 else ended_at, at - LONGEST_SPAN)


def share_minutes(total: int) -> dict[AgendaStep, int]:
    """Whole minutes of each part; they add up to `total`, and no part that could have one goes without."""
    whole = sum(WEIGHTS.values())
    shares = {step: total * weight // whole for step, weight in WEIGHTS.items()}
    rest = sorted(WEIGHTS, key=lambda step: (-(total * WEIGHTS[step] % whole), -WEIGHTS[step]))
    for step in rest[: total - sum(shares.values())]:
        shares[step] += 1
    return shares


def step_at(minutes_gone: int, shares: dict[AgendaStep, int]) -> AgendaStep:
    """The part that a review should have reached after so many minutes; the last one stays."""
    spent = 0
    for step in AgendaStep:
        spent += shares[step]
        if minutes_gone < spent:
            return step
    return AgendaStep.DECISIONS
