"""What every signal of the practice has in common: a state, the numbers it was judged by, and a question."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any


class SignalState(StrEnum):
    """`not_known`: not enough data; `watch`: on the way to being raised."""

    NOT_KNOWN = "not_known"
    CLEAR = "clear"
    WATCH = "watch"
    RAISED = "raised"


@dataclass(frozen=True, slots=True)
class Signal:
    """One signal as judged. `inputs` are the numbers behind it, so that a page can say why; `words` ask, never accuse."""

    code: str
    state: SignalState
    words: str = ""
    inputs: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_raised(self) -> bool:
        return self.state is SignalState.RAISED


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Where signals begin; an administrator may move them. Shares 0..1, days, and plain counts (science B2)."""

    quiet_watch_cadences: float = 2.0
    quiet_cadences: float = 3.0
    beats_share: float = 0.6
    rush_from: float = 0.85
    rush_share: float = 0.5
    sweep_key_results: int = 5
    sweep_minutes: int = 10
    sweep_words: int = 3
    sweep_times: int = 2
    same_note: float = 0.9
    copied_share: float = 0.5
    empty_share: float = 0.5
    sure: int = 7
    unlikely: float = 0.35
    frozen_length: int = 4
    frozen_move: float = 0.25
    brier: float = 0.25
    line_distance: float = 0.02
    full_marks: float = 0.95
    early_share: float = 1 / 3
    out_of_reach: float = 0.3
    hopeless: float = 0.10
    easing: float = 0.15
    help_days: int = 5
    lesson_days: int = 14
    quiet_priority_days: int = 28
    strategy_days: int = 21
    own_share: float = 0.4
    most_objectives: int = 5
    most_key_results: int = 5
    most_of_team: int = 15
    most_of_owner: int = 6
    task_share: float = 0.5
    one_person: float = 0.85
    other_author: float = 0.7
    silent_windows: int = 4
    unseen_days: int = 14
    unseen_share: float = 0.5
    voice_gap: float = 0.35


DEFAULTS = Thresholds()
NAMES = tuple(one.name for one in fields(Thresholds))


def unknown(code: str, **inputs: Any) -> Signal:
    """Not enough data to say anything."""
    return Signal(code, SignalState.NOT_KNOWN, inputs=inputs)


def judged(code: str, is_raised: bool, words: str, *, is_watched: bool = False, **inputs: Any) -> Signal:
    """Raised with its question, watched, or clear."""
    state = SignalState.RAISED if is_raised else SignalState.WATCH if is_watched else SignalState.CLEAR
    return Signal(code, state, words if is_raised or is_watched else "", inputs)


_WORD = re.compile(r"\w+")


def word_list(text: str) -> list[str]:
    """Words in lower case without punctuation; digits stay."""
    return _WORD.findall(text.lower())


def similarity(a: str, b: str) -> float:
    """0..1 by words in order; 1 for the same words whatever the punctuation."""
    return SequenceMatcher(None, word_list(a), word_list(b), autojunk=False).ratio()


def is_substantive(
    *,
    value_changed: bool,
    confidence_changed: bool,
    note: str,
    note_before: str,
    same: float = DEFAULTS.same_note,
) -> bool:
    """A check-in that says something: another value or confidence, or a note of five words that is not the last one."""
    if value_changed or confidence_changed:
        return True
    return len(set(word_list(note))) >= 5 and similarity(note, note_before) < same


def share_of(part: int, whole: int) -> float:
    """part / whole; 0 of nothing."""
    return part / whole if whole else 0.0


def median_of(numbers: Sequence[float]) -> float:
    """The middle one; 0 of nothing."""
    ordered = sorted(numbers)
    middle = len(ordered) // 2
    if not ordered:
        return 0.0
    return float(ordered[middle]) if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2
