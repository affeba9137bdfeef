"""Status marks: one shape per state, so that no state is told by colour alone."""

from functools import cache

_SHAPES = {
    "on": '<circle class="m-on" cx="6" cy="6" r="5"/>',
    "risk": '<path class="m-risk" d="M6 .7 11.8 11H.2z"/>',
    "off": '<path class="m-off" d="M6 0 12 6 6 12 0 6z"/>',
    "none": '<circle class="m-none" cx="6" cy="6" r="4.75"/>',
    "paused": '<path class="m-paused" d="M2 1.5h3v9H2zM7 1.5h3v9H7z"/>',
    "done": ('<circle class="m-done" cx="6" cy="6" r="5"/><path class="m-done" d="m3.7 6.2 1.7 1.7 3-3.4"/>'),
}

SHAPES = tuple(_SHAPES)


@cache
def mark(shape: str, size: int = 12) -> str:
    """SVG markup of a shape; the word belongs beside it."""
    return (
        f'<svg width="{size}" height="{size}" viewBox="0 0 12 12" aria-hidden="true">{_SHAPES[shape]}</svg>'
    )


@cache
def arrow(is_up: bool) -> str:
    """A small arrow for a change."""
    d = "M5 8.5V2M2 4.7 5 1.7l3 3" if is_up else "M5 1.5V8M2 5.3l3 3 3-3"
    return (
        '<svg width="10" height="10" viewBox="0 0 10 10" fill="none" stroke="currentColor" '
        'stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">'
        f'<path d="{d}"/></svg>'
    )
