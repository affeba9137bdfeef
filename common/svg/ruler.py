"""Quarter ruler: one tick per week; past dark, now ink, rest pale."""

from __future__ import annotations

from functools import cache

MOST_TICKS = 26


@cache
def ruler(week: int | None, weeks: int | None, width: int = 92, height: int = 14) -> str:
    """Ticks of a cycle of `weeks` weeks that stands in week `week` (0 before it starts). "" without dates.

    A cycle longer than half a year gets 13 ticks, each of which stands for an equal share of it.
    """
    if not weeks or week is None or weeks < 2:
        return ""
    ticks, now = weeks, week
    if weeks > MOST_TICKS:
        ticks, now = 13, -(-week * 13 // weeks)
    drawn = []
    for tick in range(1, ticks + 1):
        x = 3 + (tick - 1) * (width - 6) / (ticks - 1)
        css = "now" if tick == now else "past" if tick < now else ""
        top = 1 if tick == now else 4 if tick in (1, ticks) else 7
        drawn.append(f'<line class="{css}" x1="{x:.1f}" x2="{x:.1f}" y1="{top}" y2="{height}"/>')
    return (
        f'<svg class="ruler" width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
        f'aria-hidden="true">{"".join(drawn)}</svg>'
    )
