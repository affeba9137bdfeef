"""Who an owner cell names: people, in order, and what stays as a label."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from integrations.rules.okr_folder.role_words import NOT_NAMES, PARTICLES

_HANDLE = re.compile(r"(?<![\w.])@[A-Za-z0-9](?:[A-Za-z0-9_-]*[A-Za-z0-9])?")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_BETWEEN = re.compile(r"\s*(?:[,;&+/]|\band\b|\bor\b|\bwith\b)\s*")
_UNDECIDED = re.compile(
    r"\s*(?:(?:tbd|tba|tbc|to be (?:decided|determined|defined)|n/a)\b|none\s*$|\?)", re.IGNORECASE
)
_NAME_PART = re.compile(r"(?:[^\W\d_]['’])?[^\W\d_]+(?:[-'’][^\W\d_]+)*\.?")
_PARTICLES = frozenset(PARTICLES.split())
_ENDINGS = ("ing", "tion", "tions", "ment", "ments", "ics", "ance", "ship", "ships", "ware", "ity", "ness")


@dataclass(frozen=True, slots=True)
class Owners:
    """`people` are names in the order of the cell (the first owns, the rest contribute); `label` is the cell as
    written where the people do not say all of it, else empty."""

    people: tuple[str, ...] = ()
    label: str = ""


def read_owners(cell: str, *, known: Collection[str] = (), is_person: bool = False) -> Owners:
    """Read an owner cell. @handles, e-mail addresses, two- or three-part personal names and names in `known` (lower
    case) are people; roles, teams and "TBD" are a label. `is_person`: the row says that its owner is a person."""
    if not cell or _UNDECIDED.match(cell):
        return Owners((), cell)
    marked = _marked_people(cell)
    if marked:
        rest = _BETWEEN.sub("", _HANDLE.sub("", _EMAIL.sub("", cell))).strip(" ().")
        return Owners(marked, cell if rest else "")
    if cell.casefold() in known:
        return Owners((cell,))
    parts = [part.strip() for part in _BETWEEN.split(cell) if part.strip()]
    if parts and all(_is_name(part, known) or (is_person and _looks_written(part)) for part in parts):
        return Owners(tuple(dict.fromkeys(parts)))
    return Owners((), cell)


def _marked_people(cell: str) -> tuple[str, ...]:
    """E-mail addresses and handles in the order of the cell; a handle loses its @."""
    found = [(match.start(), match.group()) for match in _EMAIL.finditer(cell)]
    handles = _HANDLE.finditer(_EMAIL.sub(lambda match: " " * len(match.group()), cell))
    found += [(match.start(), match.group()[1:]) for match in handles]
    by_key: dict[str, str] = {}
    for _, name in sorted(found):
        by_key.setdefault(name.casefold(), name)
    return tuple(by_key.values())


def _is_name(text: str, known: Collection[str]) -> bool:
    """A personal name in two to four parts, each with a capital and none a word of roles or teams."""
    if text.casefold() in known:
        return True
    parts = text.split()
    if not 2 <= len(parts) <= 4:
        return False
    real = [part for part in parts if part.casefold() not in _PARTICLES]
    return len(real) >= 2 and all(_is_name_part(part) for part in real)


def _is_name_part(part: str) -> bool:
    if not _NAME_PART.fullmatch(part) or not part[0].isupper():
        return False
    word = part.strip(".").casefold()
    is_initial = len(word) == 1
    is_shouted = part.isupper() and not is_initial
    return not (is_shouted or word in NOT_NAMES or (len(word) > 5 and word.endswith(_ENDINGS)))


def _looks_written(part: str) -> bool:
    """At a row for a person a single capitalised word is a first name."""
    return len(part.split()) == 1 and _is_name_part(part)
