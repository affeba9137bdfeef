"""Numbers as people type them: with comma or point, in groups, with a unit behind; never guessed.

A separator that can only mean one thing is taken as that ("1.234,5", "75,1", "1 234.5"); the reader's own
decimal separator decides the rest ("1.234" is 1234 in German and 1.234 in English); what stays open is refused.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

LONGEST_SHOWN = 40
_SPACES = re.compile(r"[\s\u00a0\u202f\u2009'\u2019]")
_SHAPE = re.compile(r"[+-]?(?:\d[\d.,]*|[.,]\d+)")
_SPACED = re.compile(r"[+-]?\d{1,3}(?:[\s\u00a0\u202f\u2009'\u2019]\d{3})+(?:[.,]\d*)?")
_ONE_INSIDE = re.compile(r"(?<![\w.,-])[+-]?\d[\d.,]*(?!\w)")


class NotANumber(ValueError):
    """What was typed cannot be read as one number. `str()` says why, and what would do."""


def read_number(text: str, *, decimal: str = ".", grouping: str = ",", unit: str = "") -> Decimal | None:
    """The number that was typed; None for nothing. Raises NotANumber.

    decimal, grouping  the reader's own separators
    unit               may stand behind the number, as may a per cent sign
    """
    typed = unicodedata.normalize("NFKC", text).replace("\u2212", "-").strip()
    if not typed:
        return None
    bare = _without_unit(typed, unit)
    if _SPACES.search(bare):
        if not _SPACED.fullmatch(bare):
            raise NotANumber(_refusal(typed, decimal, grouping))
        return _spaced(bare)
    if not _SHAPE.fullmatch(bare) or not bare.isascii():
        raise NotANumber(_refusal(typed, decimal, grouping))
    return _separated(bare, typed, decimal, grouping)


def _without_unit(typed: str, unit: str) -> str:
    for ending in filter(None, (unit.strip(), "%")):
        if typed.lower().endswith(ending.lower()) and len(typed) > len(ending):
            return typed[: -len(ending)].rstrip()
    return typed


def _spaced(bare: str) -> Decimal:
    """Groups set off by spaces, so that a point or a comma can only be the decimal one."""
    return Decimal(_SPACES.sub("", bare).replace(",", "."))


def _separated(bare: str, typed: str, decimal: str, grouping: str) -> Decimal:
    marks = re.findall(r"[.,]", bare)
    if not marks:
        return Decimal(bare)
    last = marks[-1]
    whole, rest = bare.rsplit(last, 1)
    if len(set(marks)) == 2:
        other = "," if last == "." else "."
        if last in whole or not _is_grouped(whole, other):
            raise NotANumber(_refusal(typed, decimal, grouping))
        return Decimal(f"{whole.replace(other, '')}.{rest}")
    if len(marks) > 1:
        if not _is_grouped(bare, last):
            raise NotANumber(_refusal(typed, decimal, grouping))
        return Decimal(bare.replace(last, ""))
    looks_grouped = len(rest) == 3 and re.fullmatch(r"[+-]?[1-9]\d{0,2}", whole) is not None
    if looks_grouped and last == grouping:
        return Decimal(whole + rest)
    if looks_grouped and last != decimal:
        raise NotANumber(f"“{bare}” can be read in two ways. Write {whole}{rest} or {whole}{decimal}{rest}.")
    return Decimal(f"{whole or '0'}.{rest}" if whole not in ("+", "-") else f"{whole}0.{rest}")


def _is_grouped(digits: str, mark: str) -> bool:
    """Groups of three behind a first one of one to three digits."""
    return re.fullmatch(rf"[+-]?\d{{1,3}}(?:{re.escape(mark)}\d{{3}})+", digits) is not None


def _refusal(typed: str, decimal: str, grouping: str) -> str:
    """What is wrong and what would do: “about 76” is not a number. 76 would do, the doubt belongs in the note."""
    shown = typed if len(typed) <= LONGEST_SHOWN else f"{typed[:LONGEST_SHOWN]}…"
    inside = _ONE_INSIDE.findall(typed)
    proposed = inside[0].rstrip(".,") if len(inside) == 1 else ""
    if proposed and proposed != typed:
        try:
            _separated(proposed, proposed, decimal, grouping)
        except NotANumber:
            pass
        else:
            return f"“{shown}” is not a number. {proposed} would do, the doubt belongs in the note."
    return f"“{shown}” is not a number. Digits would do, such as 76{decimal}5."
