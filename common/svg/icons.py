"""The icons: 16 by 16, one stroke of 1.5, no fill. Drawn for this product."""

from functools import cache

_PATHS: dict[str, str] = {
    "week": (
        '<path d="M2.5 4.5h11v9h-11zM2.5 7.5h11M5.5 2.5v3M10.5 2.5v3"/><path d="m6 10.5 1.5 1.5L10.5 9"/>'
    ),
    "strategy": '<path d="M3 13.5V2.5M3 3h8.5l-2 2.75 2 2.75H3"/>',
    "objectives": '<circle cx="8" cy="8" r="5.5"/><circle cx="8" cy="8" r="2"/>',
    "alignment": (
        '<circle cx="3.5" cy="8" r="1.75"/><circle cx="12.5" cy="3.5" r="1.75"/><circle '
        'cx="12.5" cy="12.5" r="1.75"/><path d="M5.25 8C9 8 7.5 3.5 10.75 3.5M5.25 8c3.75 0 2.25 '
        '4.5 5.5 4.5"/>'
    ),
    "teams": (
        '<circle cx="6" cy="5.5" r="2.25"/><path d="M1.75 13c.4-2.5 2-3.75 4.25-3.75S9.85 10.5 '
        '10.25 13M10.5 3.5a2.25 2.25 0 0 1 0 4.25M12 9.7c1.3.5 2 1.6 2.25 3.3"/>'
    ),
    "insights": '<path d="M2.5 13.5h11M4.5 11V8M8 11V4M11.5 11V6.5"/>',
    "feed": '<path d="M2.5 3.5h11v7.5H8l-3 2.5V11H2.5z"/>',
    "settings": (
        '<path d="M2.5 5h6M12 5h1.5M2.5 11H4M7.5 11h6"/><circle cx="10.25" cy="5" r="1.75"/>'
        '<circle cx="5.75" cy="11" r="1.75"/>'
    ),
    "search": '<circle cx="7" cy="7" r="4.25"/><path d="m10.25 10.25 3.25 3.25"/>',
    "plus": '<path d="M8 3v10M3 8h10"/>',
    "chev": '<path d="m4.5 6.5 3.5 3.5 3.5-3.5"/>',
    "right": '<path d="m6.5 4.5 3.5 3.5-3.5 3.5"/>',
    "cal": '<path d="M2.5 4h11v9.5h-11zM2.5 7h11M5.5 2v3M10.5 2v3"/>',
    "moon": '<path d="M13 9.5A5.5 5.5 0 0 1 6.5 3a5.5 5.5 0 1 0 6.5 6.5z"/>',
    "adapt": '<path d="M3 5.5h9L9.5 3M13 10.5H4L6.5 13"/>',
    "ask": '<path d="M3 13V3.5h8L9.5 6 11 8.5H4.5"/>',
    "help": '<path d="M8 13.5V7M8 7 4.5 4.5M8 7l3.5-2.5M5 13.5h6"/>',
    "hand": (
        '<path d="M5 8.5V4.25a1 1 0 0 1 2 0V7M7 7V3a1 1 0 0 1 2 0v4M9 7V3.75a1 1 0 0 1 2 0V9.5c0 '
        '2.5-1.5 4-3.75 4-1.75 0-2.75-.75-3.75-2.5l-1.25-2c-.5-1 .75-1.75 1.5-1L5 9.25"/>'
    ),
    "star": '<path d="m8 2.5 1.6 3.6 3.9.4-2.9 2.6.8 3.9L8 11l-3.4 2 .8-3.9-2.9-2.6 3.9-.4z"/>',
    "aim": '<circle cx="8" cy="8" r="4.5"/><path d="M8 1.5v4M8 10.5v4M1.5 8h4M10.5 8h4"/>',
    "skip": '<path d="m3 4 4.5 4L3 12zM9 4l4.5 4L9 12z"/>',
    "clock": '<circle cx="8" cy="8" r="5.5"/><path d="M8 5v3.25l2 1.5"/>',
    "decide": '<path d="M8 14V8M8 8 3.5 3.5M8 8l4.5-4.5M3.5 6.5v-3h3M9.5 3.5h3v3"/>',
    "check": '<path d="m3 8.5 3.25 3.25L13 5"/>',
    "swap": '<path d="M3 5.5h9L9.5 3M13 10.5H4L6.5 13"/>',
    "share": '<path d="M8 10V2.5M5 5l3-2.75L11 5M3 9v4.5h10V9"/>',
    "play": '<path d="M5 3.5v9l7.5-4.5z"/>',
    "dots": '<path d="M3.5 8h.01M8 8h.01M12.5 8h.01" stroke-width="2.2"/>',
    "link": (
        '<path d="M6.5 9.5 9.5 6.5M7 4.5l1-1a3 3 0 0 1 4.25 4.25l-1 1M9 11.5l-1 1a3 3 0 0 1-4.25-4.25l1-1"/>'
    ),
    "lock": '<path d="M4 7.5h8v6H4zM5.5 7.5V5.25a2.5 2.5 0 0 1 5 0V7.5"/>',
    "filter": '<path d="M2.5 4h11M4.5 8h7M6.5 12h3"/>',
    "x": '<path d="m4.5 4.5 7 7M11.5 4.5l-7 7"/>',
    "undo": '<path d="M3 6.5h6.5a3.5 3.5 0 0 1 0 7H6M5.5 4 3 6.5 5.5 9"/>',
    "pen": '<path d="m3 13 .75-3L11 2.75 13.25 5 6 12.25z"/>',
    "bell": '<path d="M3.5 11.5c1-1 1-2.5 1-4.5a3.5 3.5 0 0 1 7 0c0 2 0 3.5 1 4.5zM6.75 13.5h2.5"/>',
    "key": '<circle cx="5.5" cy="10.5" r="2.75"/><path d="m7.5 8.5 5.5-5.5M10.5 5.5l2 2"/>',
    "plug": '<path d="M5.5 2.5v3M10.5 2.5v3M4 5.5h8V8a4 4 0 0 1-8 0zM8 12v2"/>',
    "warn": '<path d="M8 5v3.5M8 11h.01"/><circle cx="8" cy="8" r="5.75"/>',
    "cloud": (
        '<path d="M4.5 12.5a2.75 2.75 0 0 1-.25-5.48A3.75 3.75 0 0 1 11.5 6.5a3 3 0 0 1 .25 '
        '6zM2.5 2.5l11 11"/>'
    ),
    "grip": '<path d="M6 4h.01M10 4h.01M6 8h.01M10 8h.01M6 12h.01M10 12h.01" stroke-width="2"/>',
    "table": '<path d="M2.5 3.5h11v9h-11zM2.5 6.5h11M6.5 6.5v6"/>',
    "view": (
        '<path d="M1.75 8S4 3.75 8 3.75 14.25 8 14.25 8 12 12.25 8 12.25 1.75 8 1.75 8z"/>'
        '<circle cx="8" cy="8" r="1.75"/>'
    ),
    "pause": '<path d="M5.5 4v8M10.5 4v8"/>',
    "home": '<path d="M2.5 7.5 8 3l5.5 4.5M4 7v6h8V7"/>',
    "increase": '<path d="m2.5 12 4-4 2.5 2 4.5-5M10 4.5h3.5V8"/>',
    "decrease": '<path d="m2.5 4 4 4L9 6l4.5 5M10 11.5h3.5V8"/>',
    "at_least": '<path d="M2.5 12h11M8 9.5V3M5.5 5.5 8 3l2.5 2.5"/>',
    "at_most": '<path d="M2.5 4h11M8 6.5V13M5.5 10.5 8 13l2.5-2.5"/>',
    "between": '<path d="M2.5 3.5h11M2.5 12.5h11M4 8h8"/>',
    "milestones": (
        '<circle cx="3.25" cy="8" r="1.5"/><circle cx="8" cy="8" r="1.5"/><circle cx="12.75" '
        'cy="8" r="1.5"/><path d="M4.75 8h1.75M9.5 8h1.75"/>'
    ),
    "yes_no": '<path d="M3 3h10v10H3z"/><path d="m5.5 8.25 1.75 1.75 3.25-4"/>',
    "percent_done": '<circle cx="8" cy="8" r="5.25"/><path d="M8 2.75V8l3.7 3.7"/>',
    "baseline": '<circle cx="7" cy="7" r="4.25"/><path d="m10.25 10.25 3.25 3.25M5.25 7h3.5"/>',
    "melon": '<path d="M2 6.5h12a6 6 0 0 1-12 0z"/><path d="M4.5 6.5a3.5 3.5 0 0 0 7 0"/>',
    "file": '<path d="M4 2.5h5l3 3v8H4zM9 2.5v3h3"/>',
    "upload": '<path d="M8 10.5V3M5 5.5 8 2.75l3 2.75M3 10v3.5h10V10"/>',
    "mail": '<path d="M2.5 4h11v8.5h-11zM2.5 4.5 8 9l5.5-4.5"/>',
    "bolt": '<path d="M8.5 2 4 9h3.5L7 14l5-7.5H8.5z"/>',
    "book": (
        '<path d="M8 4.5C6.5 3.25 4.5 3 2.5 3v9c2 0 4 .25 5.5 1.5 1.5-1.25 3.5-1.5 5.5-1.5V3c-2 '
        '0-4 .25-5.5 1.5zM8 4.5v9"/>'
    ),
}

NAMES = frozenset(_PATHS)


@cache
def icon(name: str, size: int = 16) -> str:
    """SVG markup of an icon, hidden from screen readers: the words beside it say what it means.

    Raises KeyError for a name that is not drawn.
    """
    return (
        f'<svg width="{size}" height="{size}" viewBox="0 0 16 16" fill="none" stroke="currentColor" '
        f'stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">'
        f"{_PATHS[name]}</svg>"
    )


@cache
def logo(size: int = 22) -> str:
    """The mark of the product: a meter with its expected tick."""
    return (
        f'<svg width="{size}" height="{size}" viewBox="0 0 22 22" aria-hidden="true">'
        '<rect width="22" height="22" rx="6" class="logo-bg"/>'
        '<rect x="4" y="9.5" width="10" height="3.5" rx="1.75" class="logo-fg"/>'
        '<rect x="16" y="5" width="1.75" height="12.5" rx=".8" class="logo-fg"/></svg>'
    )
