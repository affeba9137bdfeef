"""Contribution bar: how a rolled-up number is put together, and where the plan is."""

from __future__ import annotations

from collections.abc import Sequence

from common.svg.markup import Number, as_float, clamp, escape


def contribution_bar(
    contributions: Sequence[Number | None],
    total: Number | None,
    expected: Number | None = None,
    *,
    label: str,
    total_words: str,
    expected_words: str = "",
) -> str:
    """`contributions` are ratios that add up to `total`; the same colours repeat after four parts."""
    x = 0.0
    drawn = ['<rect class="track0" width="100%" y="2" height="20" rx="4"/>']
    for index, contribution in enumerate(contributions):
        share = 100 * clamp(as_float(contribution) or 0.0)
        share = min(share, 100 - x)
        if share > 0:
            drawn.append(
                f'<rect class="p{index % 4 + 1}" x="{x:.2f}%" y="2" width="{share:.2f}%" height="20" rx="3"/>'
            )
        x += share
    plan = as_float(expected)
    if plan is not None:
        place = clamp(plan) * 100
        drawn.append(
            f'<svg x="{place:.1f}%" overflow="visible">'
            '<rect class="tick-halo" x="-2.5" y="0" width="5" height="24"/>'
            '<rect class="tick" x="-1" y="-2" width="2" height="28" rx="1"/></svg>'
        )
    drawn.append(_words(as_float(total), plan, total_words, expected_words))
    return (
        f'<svg class="parts meter" height="46" role="img" aria-label="{escape(label)}">{"".join(drawn)}</svg>'
    )


def _words(total: float | None, plan: float | None, total_words: str, expected_words: str) -> str:
    """Labels below the bar; they step aside when they would touch."""
    place = clamp(total or 0.0) * 100
    anchor = "end" if place > 12 else "start"
    out = f'<text class="c-text c-text-b" x="{place:.1f}%" y="42" text-anchor="{anchor}">{escape(total_words)}</text>'
    full_fits = place < 84
    if plan is not None and expected_words:
        at = clamp(plan) * 100
        is_clear = at - place > 6 if anchor == "end" else at - place > 22
        is_before = anchor == "end" and place - at > 24
        if is_clear or is_before:
            side = "middle" if 8 < at < 90 else "end" if at >= 90 else "start"
            out += f'<text class="c-text" x="{at:.1f}%" y="42" text-anchor="{side}">{escape(expected_words)}</text>'
            full_fits = full_fits and at < 78
    if full_fits:
        out += '<text class="c-text" x="100%" y="42" text-anchor="end">100 %</text>'
    return out
