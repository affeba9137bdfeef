"""Frame of a key-result chart: margins, scales, grid, weeks or months along the bottom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from common.svg.markup import clamp, line, text
from common.svg.scale import Scale, nice_ticks, range_of, share_of

MOST_WEEKS = 16


@dataclass(frozen=True)
class Frame:
    """The area that a chart draws in, in pixels of its own view box."""

    starts_on: date
    ends_on: date
    width: int
    height: int
    left: float
    right: float
    top: float
    bottom: float
    y: Scale
    ticks: tuple[float, ...]
    is_narrow: bool = False

    @classmethod
    def of(
        cls, starts_on: date, ends_on: date, values: list[float], *, is_narrow: bool, label_length: int = 0
    ) -> Frame:
        """A frame for these values: wide 1126 by 252, narrow 344 by 226; labels of so many letters fit right."""
        width, height = (344, 226) if is_narrow else (1126, 252)
        room = max(40, min(130 if is_narrow else 220, 16 + 6.6 * label_length))
        left, right = (42 if is_narrow else 56), width - room
        top, bottom = 22, height - (30 if is_narrow else 34)
        low, high = range_of(values, 0.04)
        y = Scale(low, high, bottom, top)
        ticks = tuple(nice_ticks(low, high)) if values else ()
        return cls(starts_on, ends_on, width, height, left, right, top, bottom, y, ticks, is_narrow)

    def x_of(self, day: date) -> float:
        """Where a day lies; days outside the cycle stick to its edges."""
        share = clamp(share_of(day, self.starts_on, self.ends_on))
        return self.left + share * (self.right - self.left)


def tick_words(value: float, unit: str = "") -> str:
    """An axis value: thousands and millions are shortened."""
    size = abs(value)
    if size >= 10_000_000:
        shown = f"{value / 1_000_000:,.4g} m"
    elif size >= 10_000:
        shown = f"{value / 1_000:,.4g} k"
    else:
        shown = f"{value:,.4g}"
    return f"{shown} {unit}".strip()


def draw_axes(frame: Frame, today: date, unit: str = "") -> str:
    """Grid lines with their values, and the weeks (or months of a long cycle) below."""
    drawn = ""
    for value in frame.ticks:
        height = frame.y(value)
        drawn += line("c-grid", (frame.left, height), (frame.right, height))
        drawn += text(tick_words(value, unit), frame.left - 8, height + 4, "end")
    weeks = (frame.ends_on - frame.starts_on).days // 7 + 1
    if 1 < weeks <= MOST_WEEKS:
        return drawn + _weeks(frame, weeks, today)
    return drawn + _months(frame)


def _weeks(frame: Frame, weeks: int, today: date) -> str:
    current = (today - frame.starts_on).days // 7 + 1
    chosen = range(1, weeks + 1)
    if frame.is_narrow:
        chosen = sorted({1, weeks, min(max(current, 1), weeks)})  # type: ignore[assignment]
    drawn = ""
    for week in chosen:
        at = frame.x_of(frame.starts_on + timedelta(days=7 * (week - 1)))
        if not frame.is_narrow:
            tick = 7 if week in (1, weeks) else 4
            drawn += line("c-grid", (at, frame.bottom), (at, frame.bottom + tick))
        is_now = week == current
        words = f"week {week}" if is_now else str(week)
        drawn += text(words, at, frame.height - 10, "middle", "c-text c-text-b" if is_now else "c-text")
    return drawn


def _months(frame: Frame) -> str:
    """First days of months; as many names as there is room for."""
    months: list[date] = []
    month = date(frame.starts_on.year, frame.starts_on.month, 1)
    while month <= frame.ends_on:
        if month >= frame.starts_on:
            months.append(month)
        month = (month.replace(day=28) + timedelta(days=5)).replace(day=1)
    room = 4 if frame.is_narrow else 13
    every = max(1, -(-len(months) // room))
    drawn = ""
    for shown in months[::every]:
        at = frame.x_of(shown)
        drawn += line("c-grid", (at, frame.bottom), (at, frame.bottom + 4))
        drawn += text(f"{shown:%b}" if every < 12 else f"{shown:%Y}", at, frame.height - 10, "middle")
    return drawn
