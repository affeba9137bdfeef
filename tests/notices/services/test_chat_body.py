"""Bodies for three chat products: well formed, short, and no word of a person calls anybody."""

from __future__ import annotations

import json
import re

import pytest

from notices.rendering import Line, Section
from notices.rules.kinds import ChatFormat
from notices.services.chat_body import (
    LONGEST_TEXT,
    chat_body,
    escape_mattermost,
    escape_slack,
    escape_teams,
)
from tests.hostile_words import PAYLOADS

pytestmark = pytest.mark.rules
SECTIONS = (
    Section(
        "What needs me?",
        (Line("Anouk asks you", "“Can you?”", "Anouk, on Energy · 9 working days"),),
        after=(Section("Gone quiet", (Line("Visits", "Visits: nothing said for 9 days."),)),),
    ),
)


def _body(chat_format: ChatFormat, headline: str = "Four people wait", words: str = "") -> dict[str, object]:
    sections = (Section(words, (Line(words, words, words),)),) if words else SECTIONS
    return chat_body(
        chat_format,
        headline=headline,
        sections=sections,
        button="Open Strategy",
        url="https://okr.example/strategy/",
    )


def test_slack() -> None:
    body = _body(ChatFormat.SLACK)
    assert body["text"] == "Four people wait"
    text = body["blocks"][0]["text"]["text"]  # type: ignore[index]
    assert text.splitlines() == [
        "*Four people wait*",
        "*What needs me?*",
        "• Anouk asks you · “Can you?” · Anouk, on Energy · 9 working days",
        "*Gone quiet*",
        "• Visits: nothing said for 9 days.",
        "<https://okr.example/strategy/|Open Strategy>",
    ]


def test_mattermost() -> None:
    text = str(_body(ChatFormat.MATTERMOST)["text"])
    assert text.startswith("**Four people wait**")
    assert text.endswith("[Open Strategy](https://okr.example/strategy/)")
    assert "- Visits\\: nothing said for 9 days\\." in text


def test_teams() -> None:
    body = _body(ChatFormat.TEAMS)
    assert body["type"] == "message"
    attachment = body["attachments"][0]  # type: ignore[index]
    assert attachment["contentType"] == "application/vnd.microsoft.card.adaptive"
    card = attachment["content"]
    assert card["type"] == "AdaptiveCard"
    assert [block["type"] for block in card["body"]] == ["TextBlock"] * 5
    assert card["actions"] == [
        {"type": "Action.OpenUrl", "title": "Open Strategy", "url": "https://okr.example/strategy/"}
    ]


@pytest.mark.parametrize(
    ("escape", "words", "escaped"),
    [
        (escape_slack, "<!channel> & <@U1>", "&lt;!channel&gt; &amp; &lt;@U1&gt;"),
        (escape_slack, "*b*", "\u200b*b\u200b*"),
        (escape_mattermost, "@all [x](y) `c`", "@\u200ball \\[x\\]\\(y\\) \\`c\\`"),
        (escape_teams, "[x](https://e) **b**", "\\[x\\]\\(https://e\\) \\*\\*b\\*\\*"),
    ],
)
def test_signs_are_escaped(escape: object, words: str, escaped: str) -> None:
    assert escape(words) == escaped  # type: ignore[operator]


HOSTILE = (
    *PAYLOADS,
    "<!channel> <!here|x> <@U123> <https://evil.example|click>",
    "@channel @all @here",
    "[click](https://evil.example) ![i](https://evil.example/i.png)",
    "a\n\n# Heading\n> quote\n```\ncode",
)


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_stay_words(words: str) -> None:
    slack = _body(ChatFormat.SLACK, words, words)
    text = slack["blocks"][0]["text"]["text"]  # type: ignore[index]
    assert re.findall(r"<[^>]*>", text) == ["<https://okr.example/strategy/|Open Strategy>"]
    mattermost = str(_body(ChatFormat.MATTERMOST, words, words)["text"])
    assert len(re.findall(r"(?<!\\)\]\(", mattermost)) == 1
    assert not re.search(r"@(?!\u200b)", mattermost)
    teams = _body(ChatFormat.TEAMS, words, words)
    for block in teams["attachments"][0]["content"]["body"]:  # type: ignore[index]
        assert not re.search(r"(?<!\\)\]\(", block["text"])
        assert "\n" not in block["text"]


def test_long_messages_are_cut() -> None:
    lines = tuple(Line(f"{number} " + "&" * 400) for number in range(60))
    for chat_format in ChatFormat:
        body = chat_body(
            chat_format,
            headline="x" * 900,
            sections=(Section("Many", lines),),
            button="Open",
            url="https://e/",
        )
        assert len(json.dumps(body)) < 40_000
    slack = chat_body(
        ChatFormat.SLACK, headline="x", sections=(Section("Many", lines),), button="Open", url="https://e/"
    )
    assert len(slack["blocks"][0]["text"]["text"]) <= LONGEST_TEXT
