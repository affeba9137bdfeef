"""Axes: from values and days to places on a drawing."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Scale:
    """A straight mapping of `low`..`high` onto `start`..`end` (pixels; `end` may lie above `start`)."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        span = self.high - self.low
        if span == 0:
            return (self.start + self.end) / 2
        return self.start + (value - self.low) / span * (self.end - self.start)


def range_of(values: Iterable[float], margin: float = 0.0) -> tuple[float, float]:
    """Lowest and highest value, widened by `margin` (a share of the span); never an empty span."""
    known = list(values)
    if not known:
        return 0.0, 1.0
    low, high = min(known), max(known)
    if low == high:
        room = abs(low) * 0.1 or 1.0
        return low - room, high + room
    room = (high - low) * margin
    return low - room, high + room


def nice_ticks(low: float, high: float, wanted: int = 4) -> list[float]:
    """Round values inside `low`..`high`, about `wanted` of them, in steps of 1, 2, 2.5 or 5."""
    span = high - low
    if span <= 0 or not math.isfinite(span):
        return [low]
    raw = span / max(1, wanted)
    power = 10.0 ** math.floor(math.log10(raw))
    step = next((m * power for m in (1, 2, 2.5, 5, 10) if m * power >= raw * 0.999), 10 * power)
    first = math.ceil(low / step - 1e-9)
    last = math.floor(high / step + 1e-9)
    return [round(index * step, 10) for index in range(first, last + 1)]


def share_of(day: date, starts_on: date, ends_on: date) -> float:
    """Where a day lies between the first and the last day of a cycle: 0 on the first, 1 on the last."""
    days = (ends_on - starts_on).days
    return (day - starts_on).days / days if days > 0 else 0.0
