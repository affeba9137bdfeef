"""The weekly words and values of a key result, made from its spec: the same spec and days give the same series."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from dashboards.demo.calendar import CycleDates, dice_of
from dashboards.demo.shapes import KeyResultSpec
from objectives.rules.kinds import KeyResultKind

FIRST_DAY = 2
AUTOMATIC_EVERY = 3


@dataclass(frozen=True, slots=True)
class Word:
    """What a person said on a day. `back` is how many check-ins came after it."""

    on: date
    back: int
    value: Decimal | None
    confidence: int


@dataclass(frozen=True, slots=True)
class Reading:
    """What a system sent for a day."""

    on: date
    value: Decimal


def word_days(spec: KeyResultSpec, cycle: CycleDates) -> list[date]:
    """The days on which a person spoke, oldest first: one cadence apart, back from the last one."""
    if spec.now is None and not spec.values:
        return []
    days = [cycle.heard_until - timedelta(days=spec.heard)]
    while (earlier := days[-1] - timedelta(days=spec.cadence_days)) >= cycle.day(FIRST_DAY):
        days.append(earlier)
    if spec.values and not spec.is_automatic:
        days = days[: len(spec.values.split())]
    return days[::-1]


def words_of(spec: KeyResultSpec, cycle: CycleDates) -> list[Word]:
    """The check-ins of people, oldest first."""
    days = word_days(spec, cycle)
    silent = spec.is_automatic or spec.kind == KeyResultKind.MILESTONES
    values: list[Decimal | None] = [None] * len(days) if silent else list(weekly_values(spec, len(days)))
    said = [int(word) for word in spec.confidence.split()]
    said = ([said[0]] * len(days) + said)[-len(days) :] if days else []
    rows = enumerate(zip(days, values, said, strict=True))
    return [Word(on, len(days) - 1 - place, value, confidence) for place, (on, value, confidence) in rows]


def weekly_values(spec: KeyResultSpec, count: int) -> list[Decimal]:
    """`count` values that end at `now`: the written ones, or an uneven line that begins near the start."""
    if count == 0:
        return []
    if spec.values:
        return [Decimal(value) for value in spec.values.split()][-count:]
    assert spec.now is not None
    start, now = Decimal(spec.start or 0), Decimal(spec.now)
    step = Decimal(1).scaleb(_exponent(spec.now))
    dice = dice_of(spec.title)
    bend = dice.uniform(0.85, 1.2)
    values = []
    for place in range(1, count + 1):
        share = ((place - 0.6) / (count - 0.6)) ** bend if place < count else 1.0
        share += dice.uniform(-0.03, 0.03) if 1 < place < count else 0.0
        values.append((start + (now - start) * Decimal(str(round(max(0.0, share), 4)))).quantize(step))
    return values


def readings_of(spec: KeyResultSpec, cycle: CycleDates) -> list[Reading]:
    """What systems sent: all values of an automatic key result, or the points between what people said."""
    if spec.is_automatic:
        return _automatic(spec, cycle)
    if spec.also_fed:
        return _between_words(spec, cycle)
    return []


def _automatic(spec: KeyResultSpec, cycle: CycleDates) -> list[Reading]:
    """A value every third day up to today; today's is `now`."""
    assert spec.now is not None
    knots = [*weekly_values(spec, 8), Decimal(spec.now)] if spec.values else weekly_values(spec, 9)
    step = Decimal(1).scaleb(_exponent(spec.now))
    length = (cycle.heard_until - cycle.starts_on).days
    days = range(length, 0, -AUTOMATIC_EVERY)
    return [
        Reading(cycle.starts_on + timedelta(days=day), _along(knots, Decimal(day) / length).quantize(step))
        for day in reversed(days)
    ]


def _between_words(spec: KeyResultSpec, cycle: CycleDates) -> list[Reading]:
    """One or two values between each two check-ins of people, a little off the line between them."""
    words = words_of(spec, cycle)
    dice = dice_of(spec.title)
    step = Decimal(1).scaleb(_exponent(spec.now or "0"))
    readings = []
    for left, right in pairwise(words):
        assert left.value is not None
        assert right.value is not None
        for days in (3, 5):
            share = Decimal(days) / spec.cadence_days + Decimal(str(round(dice.uniform(-0.2, 0.2), 2)))
            value = left.value + (right.value - left.value) * share
            readings.append(Reading(left.on + timedelta(days=days), value.quantize(step)))
    return readings


def _along(knots: list[Decimal], share: Decimal) -> Decimal:
    """The value at `share` of the way along evenly spaced knots."""
    place = share * (len(knots) - 1)
    left = min(int(place), len(knots) - 2)
    return knots[left] + (knots[left + 1] - knots[left]) * (place - left)


def _exponent(written: str) -> int:
    return -len(written.partition(".")[2])
