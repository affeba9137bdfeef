"""The writing coach: what a reader would ask about an objective or a key result (research: science D).

It asks, it never judges; nothing but contradictory numbers keeps anybody from saving.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from insights.rules.coach_words import CoachWords

LOOKED_AT = 600
"""Characters of a text that are read; what matters stands in front."""
LONGEST_OBJECTIVE, SHORTEST_OBJECTIVE = 14, 3
LONGEST_KEY_RESULT = 25
FEWEST_KEY_RESULTS, MOST_KEY_RESULTS = 2, 5
MOST_OBJECTIVES = 5


class Level(StrEnum):
    """How much it matters. Only `stop` keeps from saving."""

    HINT = "hint"
    TIP = "tip"
    STOP = "stop"


LEVELS: dict[str, Level] = {
    **dict.fromkeys(("O1", "O5", "O7", "K7", "K10", "K12", "K13", "K14"), Level.HINT),
    "K11": Level.STOP,
}
"""Every other rule is a tip."""
ORDER = (
    "K11", "K3", "K4", "O4", "K5", "K1", "K6", "O6", "K8", "K2", "O2", "O11", "O3", "K9", "O8", "O10", "K16", "K15", "O9",
    "O5", "K7", "K12", "O7", "O1", "K10", "K13", "K14",
)  # fmt: skip
"""Worst first: one of them is shown at a time."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule that fires. `question` is what the coach asks."""

    rule: str
    level: Level
    question: str


@dataclass(frozen=True, slots=True)
class ObjectiveLine:
    """An objective as typed; what is None is not known and not asked about."""

    text: str
    is_linked: bool | None = None
    says_how: bool | None = None
    key_result_count: int | None = None
    objectives_of_team: int | None = None
    parent_similarity: float | None = None


@dataclass(frozen=True, slots=True)
class KeyResultLine:
    """A key result as typed. `is_counted`: a metric with fields of its own; `is_step`: yes or no, or milestones."""

    text: str
    start_value: Decimal | None = None
    target_value: Decimal | None = None
    is_step: bool = False
    has_bounds: bool = False
    owner_count: int | None = None


def look_at_objective(line: ObjectiveLine, words: CoachWords) -> tuple[Finding, ...]:
    """What fires, worst first."""
    return _sorted(_objective(line, words), words)


def look_at_key_result(line: KeyResultLine, words: CoachWords) -> tuple[Finding, ...]:
    """What fires, worst first."""
    return _sorted(_key_result(line, words), words)


def is_bad(findings: Sequence[Finding]) -> bool:
    """Whether a rule of level tip or stop fires; hints do not count."""
    return any(finding.level != Level.HINT for finding in findings)


def praise_for(line: KeyResultLine, words: CoachWords) -> tuple[str, ...]:
    """What is good about it already, said before anything is asked."""
    text = _plain(line.text, words)
    has_number = bool(words.number.search(text)) or line.target_value is not None
    has_start = bool(words.baseline.search(text)) or line.start_value is not None
    traits = (
        ("number", has_number),
        ("start", has_number and has_start),
        ("outcome", bool(words.outcome.search(text))),
        ("short", 3 <= len(text.split()) <= LONGEST_OBJECTIVE),
    )
    return tuple(words.praise[name] for name, is_there in traits if is_there)


def _objective(line: ObjectiveLine, words: CoachWords) -> Iterator[str]:
    text = line.text.strip()[:LOOKED_AT]
    plain = _plain(text, words)
    count = len(text.split())
    if count > LONGEST_OBJECTIVE:
        yield "O1"
    if words.number.search(plain) or "%" in plain:
        yield "O2"
    if words.upkeep.search(text):
        yield "O3"
    if words.task.search(text) or words.activity.search(text):
        yield "O4"
    if words.jargon.search(text):
        yield "O5"
    if words.two_in_one.search(text):
        yield "O6"
    if count < SHORTEST_OBJECTIVE:
        yield "O7"
    if words.compared.search(text):
        yield "O11"
    if line.is_linked is False or line.says_how is False:
        yield "O8"
    count_of = line.key_result_count
    has_few_or_many = count_of is not None and not FEWEST_KEY_RESULTS <= count_of <= MOST_KEY_RESULTS
    if has_few_or_many or (line.objectives_of_team or 0) > MOST_OBJECTIVES:
        yield "O9"
    if line.parent_similarity is not None and line.parent_similarity >= 0.9:
        yield "O10"


def _key_result(line: KeyResultLine, words: CoachWords) -> Iterator[str]:
    text = line.text.strip()[:LOOKED_AT]
    plain = _plain(text, words)
    is_task, is_activity = bool(words.task.search(text)), bool(words.activity.search(text))
    has_digits = bool(words.number.search(plain))
    has_number = has_digits or bool(words.number_word.search(plain)) or line.target_value is not None
    has_number = has_number or line.has_bounds
    has_start = bool(words.baseline.search(plain)) or line.start_value is not None or line.has_bounds
    if not has_number and not line.is_step:
        yield "K1"
    if has_digits and not has_start and not is_task and not words.bound.search(plain):
        yield "K2"
    if is_task:
        yield "K3"
    if is_activity and not has_start:
        yield "K4"
    if words.counted.search(plain) and not has_start:
        yield "K5"
    if _has_two_results(plain, words):
        yield "K6"
    if words.vanity.search(text):
        yield "K7"
    if not has_number and words.vague.search(text):
        yield "K8"
    if words.endless.search(text):
        yield "K9"
    if len(text.split()) > LONGEST_KEY_RESULT:
        yield "K10"
    if _points_elsewhere(line, words):
        yield "K11"
    if words.by_percent.search(plain) and not has_start:
        yield "K12"
    if line.owner_count is not None and line.owner_count != 1:
        yield "K16"


def _has_two_results(plain: str, words: CoachWords) -> bool:
    """Two numbers with "and" between them; a way from one to another, or a band, is one number."""
    if words.number.search(plain) and words.and_outcome.search(plain):
        return True
    ends = [(found.start(), found.end()) for found in words.from_to.finditer(plain)]
    joins = [found.start() for found in words.join.finditer(plain)]
    return len(ends) > 1 and any(ends[0][1] <= at < ends[-1][0] for at in joins)


def _points_elsewhere(line: KeyResultLine, words: CoachWords) -> bool:
    start, target = line.start_value, line.target_value
    if start is None or target is None:
        return False
    if start == target:
        return True
    says_down, says_up = words.down.search(line.text), words.up.search(line.text)
    return bool((says_down and target > start) or (says_up and target < start))


def _plain(text: str, words: CoachWords) -> str:
    """Without dates, quarters and years, which are no numbers to reach."""
    return words.date.sub(" ", text)


def _sorted(rules: Iterator[str], words: CoachWords) -> tuple[Finding, ...]:
    found = sorted(set(rules), key=ORDER.index)
    return tuple(Finding(rule, LEVELS.get(rule, Level.TIP), words.questions[rule]) for rule in found)
