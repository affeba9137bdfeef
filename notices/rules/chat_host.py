"""What may be shown of the address of a chat webhook, which is a secret as a whole."""

from __future__ import annotations

from urllib.parse import urlsplit


def host_of(url: str) -> str:
    """The host of the address."""
    try:
        return urlsplit(url).hostname or "unknown"
    except ValueError:
        return "unknown"
