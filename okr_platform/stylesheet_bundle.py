"""One stylesheet to send: the lines `@import url("x.css") layer(y);` are replaced by the layers themselves.

The small files stay the source, and are what a development server sends; a browser in production fetches one.
"""

from __future__ import annotations

import re
from collections.abc import Callable

IMPORT = re.compile(r'@import url\("(?P<name>[\w./-]+)"\) layer\((?P<layer>\w+)\);\n?')


def bundle(stylesheet: str, read: Callable[[str], str]) -> str:
    """`stylesheet` with every import replaced; `read` returns the text of a file named as in the import."""

    def layered(found: re.Match[str]) -> str:
        return f"@layer {found['layer']} {{\n{read(found['name'])}}}\n"

    return IMPORT.sub(layered, stylesheet)
