"""What the writing coach knows of a language: word lists, and the patterns made of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

LISTS = (
    "task", "activity", "outcome", "up", "down", "number_words", "upkeep", "jargon", "counted", "vanity", "vague",
    "endless", "and", "join", "from", "to", "between", "by", "bound", "become", "compared", "lead_in", "units", "months",
)  # fmt: skip


@dataclass(frozen=True)
class CoachWords:
    """The patterns of one language; `questions` and `praise` are what the coach says, by rule and by trait."""

    language: str
    task: re.Pattern[str]
    activity: re.Pattern[str]
    upkeep: re.Pattern[str]
    up: re.Pattern[str]
    down: re.Pattern[str]
    outcome: re.Pattern[str]
    jargon: re.Pattern[str]
    vague: re.Pattern[str]
    endless: re.Pattern[str]
    vanity: re.Pattern[str]
    counted: re.Pattern[str]
    two_in_one: re.Pattern[str]
    number: re.Pattern[str]
    number_word: re.Pattern[str]
    date: re.Pattern[str]
    baseline: re.Pattern[str]
    from_to: re.Pattern[str]
    join: re.Pattern[str]
    and_outcome: re.Pattern[str]
    by_percent: re.Pattern[str]
    bound: re.Pattern[str]
    compared: re.Pattern[str]
    questions: Mapping[str, str]
    praise: Mapping[str, str]


def coach_words(lists: Mapping[str, Any]) -> CoachWords:
    """Patterns from the lists of a language file. Raises KeyError naming a list that is missing."""
    for name in (*LISTS, "questions", "praise", "language"):
        if name not in lists:
            raise KeyError(f"the word list {name!r} is missing")
    some = {name: _any(lists[name]) for name in LISTS}
    number = r"(?:[$€£¥]\s?)?(?<![\w.])\d[\d,.’ ]*\d|(?:[$€£¥]\s?)?(?<![\w.])\d"
    unit = rf"(?:\s?(?:{_any(lists['units'], whole=False)})(?![a-z]))?"
    value = rf"(?:(?:{number}){unit})"
    lead = rf"^(?:(?:{some['lead_in']})\s+)*"
    ways = (
        rf"(?:{some['from']})\s+[^,;]*?{value}\s+(?:{some['to']})\s+{value}",
        rf"(?:{some['between']})\s+{value}\s+(?:{some['and']})\s+{value}",
        rf"{value}\s*(?:->|→|–>)\s*{value}",
        value,
    )
    return CoachWords(
        language=str(lists["language"]),
        task=_re(rf"{lead}(?:{some['task']})\b"),
        activity=_re(rf"{lead}(?:{some['activity']})\b"),
        upkeep=_re(rf"{lead}(?:{some['upkeep']})\b"),
        up=_re(rf"{lead}(?:{some['up']})\b"),
        down=_re(rf"{lead}(?:{some['down']})\b"),
        outcome=_re(rf"{lead}(?:{some['outcome']})\b"),
        jargon=_re(rf"\b(?:{_any(lists['jargon'], whole=False)})"),
        vague=_re(rf"\b(?:{some['vague']})\b"),
        endless=_re(rf"\b(?:{some['endless']})\b"),
        vanity=_re(rf"\b(?:{some['vanity']})s?\b"),
        counted=_re(rf"{value}\s+(?:[\w'’/-]+\s+){{0,2}}(?:{some['counted']})s?\b"),
        two_in_one=_re(rf"\b(?:{some['and']})\s+(?:{some['task']}|{some['outcome']})\b"),
        number=_re(value),
        number_word=_re(rf"\b(?:{some['number_words']})\b"),
        date=_re(
            rf"\b(?:q[1-4]|h[12])(?:[\s/-]*(?:19|20)\d\d)?\b|\b\d{{1,2}}\.?\s+(?:{some['months']})\b(?:\s+(?:19|20)\d\d)?"
            rf"|\b(?:{some['months']})\s+\d{{1,2}}(?:st|nd|rd|th)?\b(?:,?\s*(?:19|20)\d\d)?|\b(?:19|20)\d\d(?:-\d\d-\d\d)?\b"
        ),
        baseline=_re(
            rf"\b(?:{some['from']})\s+(?:[\w'’-]+\s+){{0,3}}?{value}|{value}\s*(?:->|→|–>)\s*{value}"
        ),
        from_to=_re("|".join(f"(?:{way})" for way in ways)),
        join=_re(rf"\b(?:{some['join']})\b"),
        and_outcome=_re(rf"\b(?:{some['and']})\s+(?:{some['outcome']})\b"),
        by_percent=_re(rf"\b(?:{some['by']})\s+(?:{number})\s?(?:%|percent)"),
        bound=_re(rf"\b(?:{some['bound']})\s+(?:[\w'’-]+\s+){{0,3}}?{value}|[<>≤≥]=?\s*{value}"),
        compared=_re(rf"{lead}(?:{some['become']})\s+(?:[\w'’-]+\s+){{0,1}}?(?:{some['compared']})\b"),
        questions=dict(lists["questions"]),
        praise=dict(lists["praise"]),
    )


def _any(words: Iterable[str], *, whole: bool = True) -> str:
    """The words as alternatives, the longest first; blanks match any space or hyphen."""
    del whole
    ordered = sorted(words, key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\ ", r"[\s-]") for word in ordered)


def _re(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)
