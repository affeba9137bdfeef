"""Finding whom a text speaks to: `@Leila`, `@Leila Marsh`, or the kept form `@[Leila](person:<id>)`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

MOST_TOLD = 20
"""So many people one comment tells at most."""
MOST_WORDS = 4
"""A name as it is typed after @ has at most so many words."""

_WORD = r"\w[\w'’.\-]*"
_SAID = re.compile(rf"(?<![\w@./])@({_WORD}(?: {_WORD}){{0,{MOST_WORDS - 1}}})")
_KEPT = re.compile(r"@\[[^\[\]\n]{1,200}\]\(person:[0-9a-fA-F-]{36}\)")
_CODE = re.compile(r"(?<!`)(`+)(?!`).+?(?<!`)\1(?!`)", re.DOTALL)
_AFTER_NAME = re.compile(r"(?:['’]s)?[.'’\-]*\Z")


@dataclass(frozen=True, slots=True)
class Said:
    """One `@…` in a text: where it stands and which names it may mean, the longest first."""

    start: int
    names: tuple[str, ...]

    @property
    def first_word(self) -> str:
        return self.names[-1]


def names_said(text: str) -> Iterator[Said]:
    """Every `@…` outside `code` and outside mentions that are kept by id already."""
    open_text = _KEPT.sub(_nothing_said, _CODE.sub(_nothing_said, text))
    for found in _SAID.finditer(open_text):
        words = found[1].split(" ")
        names = [_AFTER_NAME.sub("", " ".join(words[:count])) for count in range(len(words), 0, -1)]
        kept = tuple(dict.fromkeys(name for name in names if name))
        if kept:
            yield Said(found.start(), kept)


def _nothing_said(found: re.Match[str]) -> str:
    """As many signs that belong to no name, so that every place in the text stays where it is."""
    return "\x00" * len(found[0])


def kept_form(name: str, person_id: str) -> str:
    """How a mention is kept; the name stays readable where nothing is drawn."""
    readable = re.sub(r"[\[\]\n]", " ", name).strip() or "?"
    return f"@[{readable}](person:{person_id})"
