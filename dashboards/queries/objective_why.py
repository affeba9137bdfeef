""" "Why 43 %?" as it is printed: numbers that add up to the last digit that is shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from alignment.queries.explain import Explained
from common.ratio import round_half_up, shown_percent
from common.templatetags.numbers import percent, points
from objectives.models import Cycle
from objectives.rules.kinds import CycleState

TEN_POINTS = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class WhyPart:
    """A line of the table: progress × share is about its points; the points add up exactly."""

    type: str
    id: UUID | None
    title: str
    progress: str
    share: str
    contribution: Decimal
    points: str


@dataclass(frozen=True, slots=True)
class WhyLeftOut:
    type: str
    id: UUID | None
    title: str
    reason: str


@dataclass(frozen=True, slots=True)
class Why:
    """For components/why_panel.html. `value` is rounded to what is printed."""

    title: str
    value: Decimal | None
    total: str
    digits: int
    expected: Decimal | None
    parts: tuple[WhyPart, ...]
    left_out: tuple[WhyLeftOut, ...]
    sentence: str
    plan_sentence: str
    advice: str


def why_of(explained: Explained, cycle: Cycle, *, today: date, is_bent: bool, can_move: bool = True) -> Why:
    """`is_bent`: planned values bend the expected line of a part; `can_move`: it runs, so advice is of use."""
    value = explained.value
    left_out = tuple(WhyLeftOut(one.type, one.id, one.title, one.words) for one in explained.left_out)
    plan = plan_sentence(explained.expected, cycle, today=today, is_bent=is_bent)
    if value is None or not explained.parts:
        title = "Why no number yet?" if value is None else f"Why {shown_percent(value)} %?"
        words = "Nothing counts yet, so there is no number to show." if value is None else ""
        return Why(title, value, percent(value), 1, explained.expected, (), left_out, words, plan, "")
    digits = digits_for(value)
    total = round_half_up(value, Decimal(1).scaleb(-2 - digits))
    shown = adding_up([part.contribution for part in explained.parts], total, digits)
    share_digits = 0 if all((part.share * 100) % 1 == 0 for part in explained.parts) else 1
    shares = adding_up([part.share for part in explained.parts], Decimal(1), share_digits)
    parts = tuple(
        WhyPart(
            part.type,
            part.id,
            part.title,
            percent(part.progress, 1),
            percent(share, share_digits),
            given,
            points(given, digits),
        )
        for part, share, given in zip(explained.parts, shares, shown, strict=True)
    )
    return Why(
        title=f"Why {shown_percent(value)} %?",
        value=total,
        total=percent(total, digits),
        digits=digits,
        expected=explained.expected,
        parts=parts,
        left_out=left_out,
        sentence=_sum(parts, percent(total, digits)),
        plan_sentence=plan,
        advice=_advice(explained) if can_move else "",
    )


def _sum(parts: tuple[WhyPart, ...], total: str) -> str:
    """ "13.1 + 15.6 = 28.7 %." Parts that stand at 0 are told, not added."""
    given = [part.points for part in parts if part.contribution]
    waiting = len(parts) - len(given)
    if not given:
        return "Nothing has moved yet: every part stands at 0."
    more = f" {waiting} more {'stands' if waiting == 1 else 'stand'} at 0." if waiting else ""
    return f"{' + '.join(given)} = {total}.{more}"


def digits_for(value: Decimal) -> int:
    """One decimal of a per cent; two where one would round to another whole number than the headline."""
    once = round_half_up(value, Decimal("0.001"))
    return 1 if shown_percent(once) == shown_percent(value) else 2


def adding_up(contributions: list[Decimal], total: Decimal, digits: int) -> list[Decimal]:
    """The contributions with fewer decimals, by largest remainder, so that they still make `total`."""
    step = Decimal(1).scaleb(-2 - digits)
    floors = [contribution // step * step for contribution in contributions]
    missing = int((total - sum(floors)) / step)
    by_remainder = sorted(range(len(floors)), key=lambda place: (floors[place] - contributions[place], place))
    for place in by_remainder[:missing]:
        floors[place] += step
    return floors


def plan_sentence(expected: Decimal | None, cycle: Cycle, *, today: date, is_bent: bool) -> str:
    """ "Plan for today is 58 %: a straight line, day 53 of 91." """
    if expected is None or cycle.starts_on is None or cycle.ends_on is None:
        return ""
    days = (cycle.ends_on - cycle.starts_on).days + 1
    if cycle.state == CycleState.CLOSED or today > cycle.ends_on:
        return f"The plan was {percent(expected)} at the end of the cycle."
    day = max(0, (today - cycle.starts_on).days + 1)
    line = "with planned values on the way" if is_bent else "a straight line"
    return f"Plan for today is {percent(expected)}: {line}, day {day} of {days}."


def _advice(explained: Explained) -> str:
    """Which part lifts the whole most, as long as it has a way to go."""
    open_parts = [part for part in explained.parts if part.progress < 1 and part.share > 0]
    if not open_parts:
        return ""
    best = max(open_parts, key=lambda part: part.share)
    room = min(TEN_POINTS, 1 - best.progress)
    gain, words = best.share * room, points(room)
    shown = points(gain, 0 if gain * 100 >= 1 else 1)
    more = f"every {words} more points" if room == TEN_POINTS else f"the {words} points that are left"
    return f"Fastest way up: {more} on “{best.title}” add {shown} here."
