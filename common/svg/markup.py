"""The few pieces that every drawing is put together from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from html import escape

Number = Decimal | float | int

__all__ = ["Number", "as_float", "clamp", "escape", "line", "path", "text"]


def as_float(value: Number | None) -> float | None:
    """A finite float, or None for nothing and for values that no drawing can hold."""
    if value is None:
        return None
    number = float(value)
    return number if number - number == 0 else None


def clamp(value: float, low: float = 0.0, high: float = 1.0) -> float:
    return min(high, max(low, value))


def path(points: Iterable[tuple[float, float]]) -> str:
    """The `d` of a polyline."""
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)


def line(css: str, start: tuple[float, float], end: tuple[float, float]) -> str:
    return (
        f'<line class="{css}" x1="{start[0]:.1f}" x2="{end[0]:.1f}" y1="{start[1]:.1f}" y2="{end[1]:.1f}"/>'
    )


def text(words: str, x: float, y: float, anchor: str = "start", css: str = "c-text") -> str:
    """A label on a drawing; `words` are escaped here."""
    return f'<text class="{css}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(words)}</text>'


def spread(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Heights for labels that should sit at `wanted` yet at least `gap` apart, within `low`..`high`.

    Keeps the order of the wanted heights; when there is no room for all, the lowest ones stick together.
    """
    order = sorted(range(len(wanted)), key=lambda index: wanted[index])
    placed = [0.0] * len(wanted)
    last = low - gap
    for index in order:
        placed[index] = last = max(wanted[index], last + gap)
    overflow = last - high
    if overflow > 0 and order:
        ceiling = high
        for index in reversed(order):
            placed[index] = min(placed[index], ceiling)
            ceiling = placed[index] - gap
    return placed
