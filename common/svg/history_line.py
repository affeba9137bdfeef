"""History line: progress from day to day against the expected line, over the whole cycle."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from common.svg.markup import Number, as_float, clamp, escape, line, path, text
from common.svg.scale import Scale, share_of


@dataclass(frozen=True)
class HistoryPoint:
    """What was known at the end of a day: ratios 0..1, None when there was nothing to say."""

    on: date
    progress: Number | None
    expected: Number | None = None


def history_line(
    points: Sequence[HistoryPoint],
    *,
    starts_on: date,
    ends_on: date,
    label: str,
    today: date | None = None,
    width: int = 1126,
    height: int = 148,
) -> str:
    """Always 0 to 100 % high, so that two histories can be laid side by side."""
    x, y = Scale(0, 1, 44, width - 16), Scale(0, 1, height - 22, 10)

    def places(name: str) -> list[tuple[float, float]]:
        known = ((p.on, as_float(getattr(p, name))) for p in sorted(points, key=lambda p: p.on))
        return [(x(clamp(share_of(on, starts_on, ends_on))), y(clamp(v))) for on, v in known if v is not None]

    drawn = []
    for share, words in ((0.0, "0 %"), (0.5, "50 %"), (1.0, "100 %")):
        drawn.append(line("c-grid", (44, y(share)), (width - 16, y(share))))
        drawn.append(text(words, 36, y(share) + 4, "end"))
    planned, told = places("expected"), places("progress")
    if len(planned) > 1:
        drawn.append(f'<path class="c-plan" d="{path(planned)}"/>')
    if today is not None and starts_on <= today <= ends_on:
        at = x(share_of(today, starts_on, ends_on))
        drawn.append(line("c-today", (at, 6), (at, height - 22)) + text("today", at, height - 8, "middle"))
    if told:
        drawn.append(f'<path class="c-line" d="{path(told)}"/>')
        drawn.append(f'<circle class="c-dot" cx="{told[-1][0]:.1f}" cy="{told[-1][1]:.1f}" r="5"/>')
    return (
        f'<svg class="chart" width="100%" viewBox="0 0 {width} {height}" role="img" '
        f'aria-label="{escape(label)}">{"".join(drawn)}</svg>'
    )
