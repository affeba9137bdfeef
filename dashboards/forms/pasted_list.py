"""Key results out of a pasted list: one title a line, numbers recognised where they are plain."""

from __future__ import annotations

import re
from dataclasses import dataclass

from common.typed_numbers import NotANumber
from dashboards.forms.typed_values import as_number

MOST_LINES = 100
_MARK = re.compile(
    r"^\s*(?:[-*•–·▪◦]|\(?\d{1,2}[.)]|(?:KR|Key result)\s*\d{0,2}(?:\.\d+)?\s*[:.)]?)\s+", re.IGNORECASE
)
_NUMBER = r"[+\-−]?\d[\d.,\u00a0\u202f]*"
_UNIT = r"%|€|\$|£|[^\W\d]{1,12}\.?"
_FROM_TO = re.compile(
    rf"[\s,:(–-]*\b(?:from|von)\s+(?P<start>{_NUMBER})\s*(?P<unit>{_UNIT})?\s+(?:to|auf|bis|→|->)\s+"
    rf"(?P<target>{_NUMBER})\s*(?P<unit2>{_UNIT})?\s*\)?\.?\s*$",
    re.IGNORECASE,
)
_ARROW = re.compile(
    rf"[\s,:(]+(?P<start>{_NUMBER})\s*(?P<unit>%|€|\$|£)?\s*(?:→|->|=>)\s*"
    rf"(?P<target>{_NUMBER})\s*(?P<unit2>{_UNIT})?\s*\)?\.?\s*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class PastedLine:
    """One line: a title, and numbers as typed where it said from where to where."""

    title: str
    kind: str = "percent_done"
    start_value: str = ""
    target_value: str = ""
    unit: str = ""


def pasted_lines(text: str) -> tuple[list[PastedLine], str]:
    """The lines that say something, bullets and numbers before them taken off; and what lies beyond the hundredth."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    found = [_MARK.sub("", line).strip() or line for line in lines[:MOST_LINES]]
    return [_read(line) for line in found], "\n".join(lines[MOST_LINES:])


def _read(line: str) -> PastedLine:
    """ "Leavers within 90 days from 31 to 22 %" is a decrease; a line without both numbers is percent done."""
    hit = _FROM_TO.search(line) or _ARROW.search(line)
    if hit is None:
        return PastedLine(line)
    title = line[: hit.start()].strip(" ,:–-(")
    start, target = hit["start"].rstrip(".,"), hit["target"].rstrip(".,")
    try:
        begins, ends = as_number(start), as_number(target)
    except NotANumber:
        return PastedLine(line)
    if not title or begins is None or ends is None or begins == ends:
        return PastedLine(line)
    kind = "increase" if ends > begins else "decrease"
    return PastedLine(title, kind, start, target, (hit["unit2"] or hit["unit"] or "").rstrip("."))
