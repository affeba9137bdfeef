"""S1 to S6: is the rhythm alive, or only kept up? (research: science B2)"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from insights.rules.signal import (
    DEFAULTS,
    Signal,
    Thresholds,
    judged,
    median_of,
    similarity,
    unknown,
    word_list,
)

FEWEST_WINDOWS, FEWEST_FOR_RUSH, FEWEST_FOR_SWEEP, FEWEST_PAIRS, FEWEST_SAID = 4, 4, 10, 3, 4
LOOKED_BACK = 6


def gone_quiet(
    gap_days: float, age_days: float, cadence: int, *, is_paused: bool = False, limits: Thresholds = DEFAULTS
) -> Signal:
    """S1. `gap_days` since the last word of a person, or since it began."""
    if is_paused or age_days <= limits.quiet_watch_cadences * cadence:
        return unknown("S1", gap_days=gap_days, cadence=cadence)
    words = f"{round(gap_days)} days since the last note. One line is enough, or pause it."
    is_raised = gap_days > limits.quiet_cadences * cadence
    is_watched = gap_days > limits.quiet_watch_cadences * cadence
    return judged("S1", is_raised, words, is_watched=is_watched, gap_days=gap_days, cadence=cadence)


def missed_beats(filled: int, expected: int, limits: Thresholds = DEFAULTS) -> Signal:
    """S2. Windows of one cadence with a word of a person, of those since it began."""
    if expected < FEWEST_WINDOWS:
        return unknown("S2", filled=filled, expected=expected)
    words = f"{filled} of {expected} weeks had a note. Would every second week suit you better?"
    return judged("S2", filled / expected < limits.beats_share, words, filled=filled, expected=expected)


def last_minute_rush(shares: Sequence[float], *, is_closing: bool, limits: Thresholds = DEFAULTS) -> Signal:
    """S3. `shares` of the cycle that had passed at each check-in."""
    late = sum(t >= limits.rush_from for t in shares)
    if not is_closing or len(shares) < FEWEST_FOR_RUSH:
        return unknown("S3", late=late, said=len(shares))
    words = "Most notes came in the last days. What would have helped earlier?"
    return judged("S3", late / len(shares) >= limits.rush_share, words, late=late, said=len(shares))


def all_in_one_go(
    said: Sequence[tuple[datetime, str, str]], *, is_meeting: bool = False, limits: Thresholds = DEFAULTS
) -> Signal:
    """S4. `said` by one author in four cadences: (moment, key result, note)."""
    if is_meeting or len(said) < FEWEST_FOR_SWEEP:
        return unknown("S4", said=len(said))
    ordered, sweeps, start = sorted(said), 0, 0
    window = timedelta(minutes=limits.sweep_minutes)
    while start < len(ordered):
        together = [one for one in ordered[start:] if one[0] - ordered[start][0] <= window]
        is_broad = len({key for _, key, _ in together}) >= limits.sweep_key_results
        if is_broad and median_of([len(word_list(note)) for _, _, note in together]) < limits.sweep_words:
            sweeps += 1
            start += len(together)
        else:
            start += 1
    words = "Entered in one sweep? Pick the one that moved most and say why."
    return judged("S4", sweeps >= limits.sweep_times, words, sweeps=sweeps)


def copied_notes(notes: Sequence[str], limits: Thresholds = DEFAULTS) -> Signal:
    """S5. Notes of one key result, oldest first; the last six pairs of neighbours count."""
    pairs = list(pairwise(notes))[-LOOKED_BACK:]
    if len(pairs) < FEWEST_PAIRS:
        return unknown("S5", pairs=len(pairs))
    same = sum(bool(word_list(b)) and similarity(a, b) >= limits.same_note for a, b in pairs)
    words = "Same note as last time. If nothing moved, what is in the way?"
    return judged("S5", same / len(pairs) >= limits.copied_share, words, same=same, pairs=len(pairs))


def empty_updates(substantive: Sequence[bool], limits: Thresholds = DEFAULTS) -> Signal:
    """S6. Whether each check-in of a person said something, oldest first; the last six count."""
    last = list(substantive)[-LOOKED_BACK:]
    if len(last) < FEWEST_SAID:
        return unknown("S6", said=len(last))
    empty = last.count(False)
    words = "What did you learn this week, even if the number stood still?"
    return judged("S6", empty / len(last) > limits.empty_share, words, empty=empty, said=len(last))
