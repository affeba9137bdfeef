"""A page about the past: its links stay in the past, and whatever writes is off. One place for every template."""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import urlsplit

WRITES = frozenset(
    (
        "answer", "deleted", "delete", "draft", "edit", "new", "new-aim", "news", "nudge", "pass-on", "publish",
        "restore", "reword", "skip", "start", "state", "suggest", "withdraw",
    )
)  # fmt: skip
"""Last words of addresses that only lead to a write."""
PRESENT = (
    "/settings/",
    "/account/",
    "/static/",
    "/inbox/",
    "/api/",
    "/w/",
    "/gallery/",
    "/feed/count/",
    "/join/",
)
"""Places that are of today whatever day is looked at."""
STAYS_ON = ("/settings/theme/", "/account/")
_TAG = re.compile(r"<(a|form|button)\b[^>]*>|</form>", re.IGNORECASE)
_ADDRESS = re.compile(r'\s(href|action|hx-get)="([^"]*)"')


def is_of_today(path: str) -> bool:
    """Whether a page is not about goals, so that it is always shown as it is now."""
    return path.startswith(PRESENT)


def page_of_past(html: str, day: date) -> str:
    """The page with the day in every link within the site, and with every form that writes switched off.

    A link marked `data-now` is left alone. Works without a script: fields of a switched off form are disabled.
    """
    closing: list[str] = []

    def rewritten(found: re.Match[str]) -> str:
        tag = found.group(0)
        if tag.lower() == "</form>":
            return (closing.pop() if closing else "") + tag
        name = found.group(1).lower()
        if name == "form":
            form, end = _form(tag, day)
            closing.append(end)
            return form
        if "data-now" in tag:
            return tag
        if name == "button":  # one outside its form
            return tag if " form=" not in tag or " disabled" in tag else f"{tag[:-1]} disabled>"
        if name == "a" and _leads_to_write(tag):
            return _ADDRESS.sub(
                lambda one: ' role="link" aria-disabled="true"' if one[1] == "href" else "", tag
            )
        return _with_day(tag, day)

    return _TAG.sub(rewritten, html)


def _form(tag: str, day: date) -> tuple[str, str]:
    """A form's beginning, and what goes before its end."""
    if not re.search(r'method="?post', tag, re.IGNORECASE):
        is_dialog = re.search(r'method="?dialog', tag, re.IGNORECASE)
        keeps = is_dialog or "data-as-of" in tag or 'action="/settings/' in tag
        return tag + ("" if keeps else f'<input type="hidden" name="as_of" value="{day.isoformat()}">'), ""
    action = re.search(r'action="([^"]*)"', tag)
    if action is not None and action[1].startswith(STAYS_ON):
        return tag, ""
    return _with_day(tag, day) + '<fieldset class="past-off" disabled>', "</fieldset>"


def _leads_to_write(tag: str) -> bool:
    address = re.search(r'\shref="([^"]*)"', tag)
    if address is None or not address[1].startswith("/") or is_of_today(address[1]):
        return False
    path = urlsplit(address[1]).path
    return path.startswith("/check-in/") or path.rstrip("/").rsplit("/", 1)[-1] in WRITES


def _with_day(tag: str, day: date) -> str:
    def added(found: re.Match[str]) -> str:
        address = found[2]
        if not address.startswith(("/", "?")) or address.startswith("//") or is_of_today(address):
            return found[0]
        rest, hash_mark, place = address.partition("#")
        if "as_of=" in rest:
            return found[0]
        joint = "&amp;" if "?" in rest and not rest.endswith("?") else ("" if rest.endswith("?") else "?")
        return f' {found[1]}="{rest}{joint}as_of={day.isoformat()}{hash_mark}{place}"'

    return _ADDRESS.sub(added, tag)
