"""A message in the body that each chat product takes for an incoming webhook."""

from __future__ import annotations

import re
from typing import Any

from notices.rendering import Line, Section
from notices.rules.kinds import ChatFormat

LONGEST_TEXT = 3_000
"""Slack takes at most this many characters in one section block; the others take more."""
MOST_LINES = 12
LONGEST_LINE = 240
MARKDOWN_SIGNS = re.compile(r"([\\`*_{}\[\]()#+\-.!|~<>@:])")
TEAMS_SIGNS = re.compile(r"([\\`*_\[\]()#+\-.!~<>])")


def chat_body(
    chat_format: ChatFormat, *, headline: str, sections: tuple[Section, ...], button: str, url: str
) -> dict[str, Any]:
    """The JSON body: headline, at most twelve lines, one link. Every word of a person is escaped for the product."""
    make = {
        ChatFormat.SLACK: _slack,
        ChatFormat.MATTERMOST: _mattermost,
        ChatFormat.TEAMS: _teams,
    }[chat_format]
    return make(plain(headline), _lines(sections), plain(button), url)


def plain(words: str) -> str:
    """One line without control signs, so that a word of a person cannot begin a new block."""
    tidy = " ".join("".join(sign if sign.isprintable() else " " for sign in words).split())
    return tidy if len(tidy) <= LONGEST_LINE else f"{tidy[: LONGEST_LINE - 1]}…"


def escape_slack(words: str) -> str:
    """Slack reads `<…>` as links and mentions and `&` as entities; the other signs cannot call anybody."""
    escaped = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return re.sub(r"([*_~`])", "\u200b\\1", escaped)


def escape_mattermost(words: str) -> str:
    """Markdown signs behind a backslash; an `@` gets a zero-width space so that it calls nobody."""
    return re.sub(r"\\@", "@\u200b", MARKDOWN_SIGNS.sub(r"\\\1", words))


def escape_teams(words: str) -> str:
    """The subset of Markdown that a TextBlock of an adaptive card reads, behind backslashes."""
    return TEAMS_SIGNS.sub(r"\\\1", words)


def _lines(sections: tuple[Section, ...]) -> list[tuple[str, str]]:
    """(title of a section or "", words of a line) for what fits; the last line says what is left."""
    found: list[tuple[str, str]] = []
    left = 0
    for section in (part for whole in sections for part in (whole, *whole.after)):
        for place, line in enumerate(section.lines):
            if len(found) >= MOST_LINES:
                left += 1
                continue
            found.append((plain(section.title) if place == 0 else "", _words(line)))
    if left:
        found.append(("", f"… and {left} more"))
    return found


def _words(line: Line) -> str:
    if line.words and (not line.title or line.title in line.words):
        parts = [line.words, line.facts]
    else:
        parts = [line.title, line.words, line.facts]
    return plain(" · ".join(part for part in parts if part))


def _slack(headline: str, lines: list[tuple[str, str]], button: str, url: str) -> dict[str, Any]:
    head = escape_slack(headline)
    link = f"<{_address(url)}|{escape_slack(button)}>"
    room = LONGEST_TEXT - len(head) - len(link) - 10
    text = _joined([f"*{escape_slack(t)}*\n" if t else "" for t, _ in lines], lines, escape_slack, "• ", room)
    mrkdwn = f"*{head}*\n{text}\n{link}" if text else f"*{head}*\n{link}"
    return {
        "text": head,
        "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": mrkdwn}}],
    }


def _mattermost(headline: str, lines: list[tuple[str, str]], button: str, url: str) -> dict[str, Any]:
    titles = [f"\n**{escape_mattermost(t)}**\n\n" if t else "" for t, _ in lines]
    text = _joined(titles, lines, escape_mattermost, "- ", 12_000)
    link = f"[{escape_mattermost(button)}]({_address(url)})"
    return {"text": f"**{escape_mattermost(headline)}**\n{text}\n\n{link}"}


def _teams(headline: str, lines: list[tuple[str, str]], button: str, url: str) -> dict[str, Any]:
    body: list[dict[str, Any]] = [_block(headline, size="Medium", weight="Bolder")]
    for title, words in lines:
        if title:
            body.append(_block(title, weight="Bolder"))
        body.append(_block(words))
    card = {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.4",
        "body": body,
        "actions": [{"type": "Action.OpenUrl", "title": button, "url": url}],
    }
    attachment = {
        "contentType": "application/vnd.microsoft.card.adaptive",
        "contentUrl": None,
        "content": card,
    }
    return {"type": "message", "attachments": [attachment]}


def _block(words: str, **looks: str) -> dict[str, Any]:
    return {"type": "TextBlock", "text": escape_teams(words), "wrap": True, **looks}


def _joined(titles: list[str], lines: list[tuple[str, str]], escape: Any, bullet: str, room: int) -> str:
    """The lines one below the other, as many as find room."""
    text = ""
    for title, (_, words) in zip(titles, lines, strict=True):
        added = f"{title}{bullet}{escape(words)}\n"
        if len(text) + len(added) > room:
            break
        text += added
    return text.rstrip("\n")


def _address(url: str) -> str:
    """Our own address, safe inside the signs that surround a link."""
    return url.replace("|", "%7C").replace(">", "%3E").replace(")", "%29").replace(" ", "%20")
