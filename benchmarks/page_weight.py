"""What a browser downloads for a page: scripts, styles and the page itself, gzipped."""

from __future__ import annotations

import gzip
import re
from urllib.parse import urljoin, urlsplit

from benchmarks.load import Call, ask
from benchmarks.report import Line
from benchmarks.stage import Stage

PAGES = ("strategy", "my_week", "objectives", "alignment")
MOST_KB = {"js": 30.0, "css": 20.0}
LINKED = re.compile(r'(?:src|href)="([^"]+\.(?:js|css))"')
IMPORTED = re.compile(r"""(?:from|import)\s*\(?["'](\.[^"']+\.js)["']""")
STYLES = re.compile(r"""@import\s+(?:url\()?["']?([^"')]+\.css)""")


def run(stage: Stage) -> list[Line]:
    """One line per page: every script and style that it leads to, however deep, and its HTML."""
    from django.urls import NoReverseMatch, reverse

    lines = []
    for name in PAGES:
        try:
            path = reverse(name)
        except NoReverseMatch:
            lines.append(Line(f"weight of {name}", "there is no such page", "", False))
            continue
        lines.append(_weigh(stage, name, path))
    return lines


def _weigh(stage: Stage, name: str, path: str) -> Line:
    headers = {"Cookie": stage.cookies[0]}
    status, _, html = ask(stage.address, Call("GET", path, headers))
    if status != 200:
        return Line(f"weight of {name}", f"answered {status}", "", False)
    seen: dict[str, float] = {}
    waiting = [urljoin(path, link) for link in LINKED.findall(html.decode())]
    while waiting:
        link = urlsplit(waiting.pop()).path
        if link in seen:
            continue
        _, _, body = ask(stage.address, Call("GET", link))
        seen[link] = _kilobytes(body)
        pattern = IMPORTED if link.endswith(".js") else STYLES
        waiting += [urljoin(link, found) for found in pattern.findall(body.decode())]
    sums = {kind: sum(size for link, size in seen.items() if link.endswith(f".{kind}")) for kind in MOST_KB}
    return Line(
        f"weight of {name}, gzipped",
        f"JS {sums['js']:.1f} kB  CSS {sums['css']:.1f} kB  HTML {_kilobytes(html):.1f} kB",
        "JS ≤ 30, CSS ≤ 20",
        all(sums[kind] <= most for kind, most in MOST_KB.items()),
    )


def _kilobytes(body: bytes) -> float:
    return len(gzip.compress(body, 6)) / 1000
