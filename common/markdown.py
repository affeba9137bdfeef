"""People's words: a subset of Markdown as safe HTML for pages, or as plain words for mails.

Taken: paragraphs, line breaks, **bold**, *italic*, `code`, lists, quotes, links to http, https and mailto, and mentions
(`@[Leila](person:<id>)`). Everything else, markup of HTML first of all, stays words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, MutableMapping, Sequence
from typing import Any

import nh3
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline import link as read_link
from markdown_it.token import Token

MENTION = re.compile(r"@\[([^\[\]\n]{1,200})\]\(person:([0-9a-fA-F-]{36})\)")
"""Name and id of a person, as a mention is kept."""

_RULES = ("newline", "escape", "entity", "backticks", "emphasis", "link", "autolink", "list", "blockquote")
MOST_LINKS = 500
"""So many opening brackets of a text may begin a link; each is read to the end of its paragraph."""
_TAGS = {"p", "br", "strong", "em", "code", "ul", "ol", "li", "blockquote", "a"}
_SCHEMES = {"http", "https", "mailto"}
_REL = "nofollow noopener noreferrer"
_ADDRESS = re.compile(r"\bhttps?://[^\s<>\"“”]+", re.IGNORECASE)
_AFTER_ADDRESS = ".,;:!?'’…"
_WITH_SCHEME = re.compile(r"(?:https?://|mailto:)[^\s]", re.IGNORECASE)


def rich_html(text: str, *, person_href: Callable[[str], str]) -> str:
    """Safe HTML of what somebody wrote. `person_href` makes the address of a mentioned person from the id."""
    drawn = _READER.render(text.replace("\x00", ""), {"person_href": person_href})
    return nh3.clean(
        drawn,
        tags=_TAGS,
        attributes={"a": {"href"}, "ol": {"start"}},
        allowed_classes={"a": {"mention"}},
        url_schemes=_SCHEMES,
        link_rel=_REL,
    )


def plain_words(text: str) -> str:
    """The same words for a mail or a title: mentions by name, every other mark as it was typed."""
    return MENTION.sub(lambda found: f"@{found[1]}", text)


def _mention(state: StateInline, silent: bool) -> bool:
    found = MENTION.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    if not silent:
        token = state.push("mention", "", 0)
        token.content, token.meta = found[1], {"id": found[2]}
    state.pos = found.end()
    return True


def _link(state: StateInline, silent: bool) -> bool:
    """A link, as long as the text is not one of endless brackets: those stay the signs that they are."""
    if state.src[state.pos] != "[":
        return False
    state.env["brackets"] = state.env.get("brackets", 0) + 1
    return state.env["brackets"] <= MOST_LINKS and bool(read_link(state, silent))


def _draw_mention(
    self: RendererHTML, tokens: Sequence[Token], place: int, options: Any, env: MutableMapping[str, Any]
) -> str:
    token = tokens[place]
    href = env["person_href"](token.meta["id"])
    name = f"@{token.content}".replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f'<a class="mention" href="{href}">{name}</a>' if href else name


def _link_addresses(state: StateCore) -> None:
    """Addresses that stand in the text become links."""
    for block in state.tokens:
        if block.type != "inline" or not block.children:
            continue
        made: list[Token] = []
        depth = 0
        for token in block.children:
            depth += token.nesting if token.type in ("link_open", "link_close") else 0
            made += _linked(token) if token.type == "text" and not depth else [token]
        block.children = made


def _linked(token: Token) -> list[Token]:
    made: list[Token] = []
    last = 0
    for found in _ADDRESS.finditer(token.content):
        address = found[0].rstrip(_AFTER_ADDRESS)
        spare = address.count(")") - address.count("(")
        while spare > 0 and address.endswith(")"):
            address = address[:-1].rstrip(_AFTER_ADDRESS)
            spare -= 1
        made.append(_text(token.content[last : found.start()]))
        opened = Token("link_open", "a", 1, attrs={"href": _READER.normalizeLink(address)})
        made += [opened, _text(address), Token("link_close", "a", -1)]
        last = found.start() + len(address)
    return [*made, _text(token.content[last:])] if made else [token]


def _text(words: str) -> Token:
    return Token("text", "", 0, content=words)


def _made_reader() -> MarkdownIt:
    reader = MarkdownIt("zero", {"html": False, "breaks": True, "linkify": False, "typographer": False})
    reader.enable(list(_RULES))
    reader.inline.ruler.at("link", _link)
    reader.inline.ruler.before("link", "mention", _mention)
    reader.core.ruler.push("addresses", _link_addresses)
    reader.add_render_rule("mention", _draw_mention)
    reader.validateLink = lambda url: bool(_WITH_SCHEME.match(url))  # type: ignore[method-assign]
    return reader


_READER = _made_reader()
