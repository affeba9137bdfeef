"""The meter: what is there (ink), where the plan is (tick), the gap (hatch), what is likely (wash)."""

from __future__ import annotations

from common.svg.markup import Number, as_float, clamp, escape


def _share(value: Number | None) -> float | None:
    number = as_float(value)
    return None if number is None else clamp(number) * 100


def meter(
    progress: Number | None,
    expected: Number | None = None,
    low: Number | None = None,
    high: Number | None = None,
    likely: Number | None = None,
    *,
    label: str,
) -> str:
    """A bar as wide as its place. All values are ratios 0..1, drawn clamped; `label` says them in words.

    Without progress the track is dashed: there is nothing to say yet, which is not the same as 0 %.
    """
    now, plan = _share(progress), _share(expected)
    floor, ceiling = _share(low), _share(high)
    has_lane = floor is not None and ceiling is not None
    css = "none" if now is None else "track"
    drawn = [f'<rect class="{css}" y="4" width="100%" height="6" rx="3"/>']
    if now is not None and plan is not None and now < plan:
        drawn.append(f'<rect class="short" x="{now:.1f}%" y="4" width="{plan - now:.1f}%" height="6"/>')
    if now:
        drawn.append(f'<rect class="fill" y="4" width="{now:.1f}%" height="6" rx="3"/>')
    if plan is not None:
        drawn.append(
            f'<svg x="{plan:.1f}%" overflow="visible">'
            '<rect class="tick-halo" x="-2.5" y="1" width="5" height="12"/>'
            '<rect class="tick" x="-1" y="0" width="2" height="14" rx="1"/></svg>'
        )
    if floor is not None and ceiling is not None:
        drawn.append(_lane(floor, ceiling, _share(likely)))
    height = 25 if has_lane else 14
    return (
        f'<svg class="meter" height="{height}" role="img" aria-label="{escape(label)}">{"".join(drawn)}</svg>'
    )


def _lane(low: float, high: float, likely: float | None) -> str:
    """The second lane: the likely range at close and a ring for the likely value."""
    ring = "" if likely is None else f'<circle class="likely" cx="{likely:.1f}%" cy="21" r="3.2"/>'
    width = max(0.0, high - low)
    return (
        '<rect class="base" y="20.5" width="100%" height="1"/>'
        f'<rect class="range" x="{low:.1f}%" y="18" width="{width:.1f}%" height="6" rx="3"/>{ring}'
    )
