"""Sparkline: a tiny history. Its width is the whole cycle, so the empty right side is time left."""

from __future__ import annotations

from collections.abc import Sequence

from common.svg.markup import Number, as_float, clamp, escape, path
from common.svg.scale import Scale, range_of

Point = tuple[Number, Number | None]


def _known(points: Sequence[Point] | None) -> list[tuple[float, float]]:
    """Points with a place 0..1 and a value, in order of place."""
    known = []
    for place, value in points or ():
        x, y = as_float(place), as_float(value)
        if x is not None and y is not None:
            known.append((clamp(x), y))
    return sorted(known)


def sparkline(
    points: Sequence[Point],
    *,
    label: str,
    plan: Sequence[Point] | None = None,
    low: Number | None = None,
    high: Number | None = None,
    width: int = 96,
    height: int = 30,
    is_soft: bool = False,
) -> str:
    """`points` and `plan` are (share of the cycle 0..1, value); `low` and `high` fix the value range."""
    told, planned = _known(points), _known(plan)
    bottom, top = range_of([value for _, value in told + planned])
    floor, ceiling = as_float(low), as_float(high)
    x = Scale(0, 1, 3, width - 3)
    y = Scale(bottom if floor is None else floor, top if ceiling is None else ceiling, height - 4, 4)
    drawn = []
    if planned:
        drawn.append(f'<path class="c-plan" d="{path((x(a), y(b)) for a, b in planned)}"/>')
    else:
        base = height - 1.5
        drawn.append(f'<line class="c-base" x1="3" x2="{width - 3}" y1="{base}" y2="{base}"/>')
    if told:
        places = [(x(a), y(b)) for a, b in told]
        css = "c-line-soft" if is_soft else "c-line"
        drawn.append(f'<path class="{css}" d="{path(places)}"/>')
        drawn.append(f'<circle class="c-dot" cx="{places[-1][0]:.1f}" cy="{places[-1][1]:.1f}" r="3.4"/>')
    return (
        f'<svg width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="img" '
        f'aria-label="{escape(label)}">{"".join(drawn)}</svg>'
    )
