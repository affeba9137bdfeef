"""Two wordings as one text with marks: what was taken out, what was put in, what stayed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

LONGEST = 4_000
"""Words of both texts together; beyond, the whole text is taken out and put in."""
_PIECES = re.compile(r"\s+|\w+(?:[’'\-]\w+)*|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text. `mark`: "" stayed, "out" taken out, "in" put in."""

    mark: str
    text: str


def redline(before: str, after: str) -> tuple[Piece, ...]:
    """The pieces in reading order, what is taken out before what is put in.

    Joined without the "in" pieces they give `before`, without the "out" pieces `after`. A single short word between
    two changes is changed with them, so that the eye meets phrases and not confetti.
    """
    old, new = _PIECES.findall(before), _PIECES.findall(after)
    if len(old) + len(new) > LONGEST:
        steps = [("replace", 0, len(old), 0, len(new))]
    else:
        steps = _joined(SequenceMatcher(None, old, new, autojunk=False).get_opcodes(), old)
    pieces: list[Piece] = []
    for tag, i, j, k, m in steps:
        if tag == "equal":
            pieces.append(Piece("", "".join(old[i:j])))
            continue
        pieces += [
            Piece(mark, text)
            for mark, text in (("out", "".join(old[i:j])), ("in", "".join(new[k:m])))
            if text
        ]
    return tuple(pieces)


def changed_words(before: str, after: str) -> int:
    """How many words are taken out or put in."""
    return sum(len(re.findall(r"\w+", piece.text)) for piece in redline(before, after) if piece.mark)


_Step = tuple[str, int, int, int, int]


def _joined(steps: Sequence[_Step], old: list[str]) -> list[_Step]:
    """Changes with nothing but blanks, or one word, between them are one change."""
    joined: list[_Step] = []
    for place, step in enumerate(steps):
        tag, i, j, _, m = step
        is_between = tag == "equal" and 0 < place < len(steps) - 1
        is_thin = is_between and sum(not piece.isspace() for piece in old[i:j]) <= 1
        if joined and joined[-1][0] != "equal" and (tag != "equal" or is_thin):
            _, first_i, _, first_k, _ = joined[-1]
            joined[-1] = ("replace", first_i, j, first_k, m)
        else:
            joined.append(step)
    return joined
