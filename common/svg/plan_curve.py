"""The plan of a key result while it is being written: start, planned values, target, in pencil."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from common.svg.chart_axes import tick_words
from common.svg.markup import Number, as_float, escape, line, path, text
from common.svg.scale import Scale, nice_ticks, range_of, share_of

WIDTH, HEIGHT = 300, 96
LETTER = 6.4
BOLD_LETTER = 7.4
NAMED_APART = 46


def plan_curve(points: Sequence[tuple[date, Number]], *, unit: str = "") -> str:
    """SVG of at least two (day, value) points in order; the first and the last day span the drawing."""
    known = [(on, value) for on, one in points if (value := as_float(one)) is not None]
    if len(known) < 2 or known[0][0] >= known[-1][0]:
        return ""
    low, high = range_of([value for _, value in known], 0.08)
    ticks = nice_ticks(low, high, 3)
    last = tick_words(known[-1][1], unit)
    left = 8 + LETTER * max((len(tick_words(tick)) for tick in ticks), default=0)
    x = Scale(0, 1, left, WIDTH - 14 - BOLD_LETTER * min(len(last), 14))
    y = Scale(low, high, HEIGHT - 22, 12)
    places = [(x(share_of(on, known[0][0], known[-1][0])), y(value)) for on, value in known]
    drawn = "".join(
        line("c-grid", (x.start, y(tick)), (x.end, y(tick)))
        + text(tick_words(tick), x.start - 8, y(tick) + 4, "end")
        for tick in ticks
    )
    drawn += f'<path class="c-plan" d="{path(places)}"/>'
    drawn += "".join(f'<circle class="c-planpt" cx="{a:.1f}" cy="{b:.1f}" r="3"/>' for a, b in places)
    drawn += text(last, x.end + 8, places[-1][1] + 4, css="c-text c-text-b")
    drawn += _days([on for on, _ in known], [place for place, _ in places])
    return (
        f'<svg width="100%" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(_words(known, unit))}">'
        f"{drawn}</svg>"
    )


def _days(days: Sequence[date], places: Sequence[float]) -> str:
    """Days below the drawing, as many as there is room for; the first and the last always."""
    drawn = text(f"{days[0]:%-d %b}", places[0], HEIGHT - 4)
    drawn += text(f"{days[-1]:%-d %b}", places[-1], HEIGHT - 4, "middle")
    taken = places[0] + NAMED_APART / 2
    for on, place in zip(days[1:-1], places[1:-1], strict=True):
        if place - taken >= NAMED_APART / 2 + 8 and places[-1] - place >= NAMED_APART:
            drawn += text(f"{on:%-d %b}", place, HEIGHT - 4, "middle")
            taken = place + NAMED_APART / 2
    return drawn


def _words(known: Sequence[tuple[date, float]], unit: str) -> str:
    first, *between, last = [f"{tick_words(value, unit)} on {on:%-d %B}" for on, value in known]
    way = f", {', '.join(between)}" if between else ""
    return f"Plan from {first}{way} to {last}"
