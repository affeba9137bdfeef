"""When a check-in asks for words, and with which question (docs: DESIGN, note prompts).

The rule belongs to the page on which people check in; through the API a note is never required.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from objectives.rules.kinds import KeyResultKind, Status
from objectives.rules.progress import Measure, is_in_band, raw_share

CONFIDENCE_FALL = 2
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_SEVERITY = {Status.ACHIEVED: 0, Status.ON_TRACK: 1, Status.AT_RISK: 2, Status.OFF_TRACK: 3}


class PromptKind(StrEnum):
    """What the question is after."""

    CHALLENGE = "challenge"
    WIN = "win"
    NEXT = "next"


class NoteReason(StrEnum):
    """Why words are required."""

    CONFIDENCE_FELL = "confidence_fell"
    WRONG_WAY = "wrong_way"
    STATUS_WORSENED = "status_worsened"


@dataclass(frozen=True, slots=True)
class Standing:
    """What a check-in says: value, confidence 1..10, and the status that follows; None where not said.

    For milestones the value is the done weight.
    """

    value: Decimal | None
    confidence: int | None
    status: Status | None


@dataclass(frozen=True, slots=True)
class NotePrompt:
    """The question above the note, and the reasons for which it must be answered (empty: it may be left)."""

    kind: PromptKind
    words: str
    reasons: tuple[NoteReason, ...]

    @property
    def is_required(self) -> bool:
        """Whether the row stays open until a note is written or "no words today" is chosen."""
        return bool(self.reasons)


def note_prompt(
    *,
    measure: Measure,
    previous: Standing | None,
    now: Standing,
    has_slipped_before: bool = False,
    is_best_step: bool = False,
    next_due_on: date | None = None,
) -> NotePrompt:
    """Ask about what got in the way, what went well, or what comes next.

    Words are required only if confidence falls by 2 or more, the value moves the wrong way, or the status
    worsens against the `previous` check-in; a first check-in requires none.
    is_best_step says that no earlier check-in of the cycle moved the value further.
    """
    reasons = note_reasons(measure, previous, now)
    if reasons:
        return NotePrompt(PromptKind.CHALLENGE, _challenge_words(reasons, has_slipped_before), reasons)
    if is_best_step:
        return NotePrompt(PromptKind.WIN, "Best week this quarter. What worked, and who should hear it?", ())
    day = WEEKDAYS[next_due_on.weekday()] if next_due_on else None
    words = f"What happens before next {day}?" if day else "What happens next?"
    return NotePrompt(PromptKind.NEXT, words, ())


def note_reasons(measure: Measure, previous: Standing | None, now: Standing) -> tuple[NoteReason, ...]:
    """Every reason for which words are required, the value first."""
    if previous is None:
        return ()
    reasons: list[NoteReason] = []
    if moved_wrong_way(measure, previous.value, now.value):
        reasons.append(NoteReason.WRONG_WAY)
    if _fell(previous.confidence, now.confidence):
        reasons.append(NoteReason.CONFIDENCE_FELL)
    if _worsened(previous.status, now.status):
        reasons.append(NoteReason.STATUS_WORSENED)
    return tuple(reasons)


def moved_wrong_way(measure: Measure, before: Decimal | None, now: Decimal | None) -> bool:
    """Whether the value went away from the target; for a guardrail, out of its band or further out of it."""
    if before is None or now is None or measure.kind == KeyResultKind.BASELINE:
        return False
    if measure.kind.is_guardrail:
        return not is_in_band(measure, now) and _distance_outside(measure, now) > _distance_outside(
            measure, before
        )
    return raw_share(measure, now) < raw_share(measure, before)


def _distance_outside(measure: Measure, value: Decimal) -> Decimal:
    """How far a value lies outside its band; 0 inside."""
    distances = [Decimal(0)]
    if measure.kind != KeyResultKind.AT_MOST and measure.lower_bound is not None:
        distances.append(measure.lower_bound - value)
    if measure.kind != KeyResultKind.AT_LEAST and measure.upper_bound is not None:
        distances.append(value - measure.upper_bound)
    return max(distances)


def _fell(before: int | None, now: int | None) -> bool:
    return before is not None and now is not None and before - now >= CONFIDENCE_FALL


def _worsened(before: Status | None, now: Status | None) -> bool:
    """Only judged statuses can be compared."""
    if before not in _SEVERITY or now not in _SEVERITY:
        return False
    return _SEVERITY[now] > _SEVERITY[before]


def _challenge_words(reasons: tuple[NoteReason, ...], has_slipped_before: bool) -> str:
    help_words = "What got in the way, and what would help?"
    if NoteReason.WRONG_WAY in reasons:
        return (
            f"{'It slipped again.' if has_slipped_before else 'It slipped for the first time.'} {help_words}"
        )
    if NoteReason.CONFIDENCE_FELL in reasons:
        return f"You are less sure than last time. {help_words}"
    return f"It looks harder than last time. {help_words}"
