"""The sub-scores that vitality is made of (research: science B3): each 0..1, or None when there is nothing to say."""

from __future__ import annotations

from collections.abc import Sequence

FEWEST_WINDOWS = 3
FEWEST_NOTES = 3
FEWEST_OBJECTIVES = 2
SMALLEST_TEAM = 3
FEWEST_CONTRIBUTIONS = 6
FEWEST_TALK_WINDOWS = 2


def clamp(x: float) -> float:
    """x within 0..1."""
    return min(1.0, max(0.0, x))


def ramp(x: float, bad: float, good: float) -> float:
    """0 at `bad`, 1 at `good`, straight between; the two may lie in either order."""
    return clamp((x - bad) / (good - bad))


def link(*, is_linked: bool, says_how: bool) -> float:
    """Linked to an active priority with a line on how it helps: 1; linked only: 0.7."""
    if not is_linked:
        return 0.0
    return 1.0 if says_how else 0.7


def focus(objectives_of_team: int, most_key_results: int) -> float:
    """Three objectives a team and five key results on one are fine; seven and nine are too many."""
    return min(ramp(objectives_of_team, 7, 3), ramp(most_key_results, 9, 5))


def freshness(gaps: Sequence[tuple[float, float]]) -> float | None:
    """Mean over (days since the last word of a person, cadence in days) of the key results."""
    if not gaps:
        return None
    return sum(1 - clamp((gap / cadence - 1) / 2) for gap, cadence in gaps) / len(gaps)


def coverage(filled: int, expected: int) -> float | None:
    """Windows of one cadence in which a person said something, of those that passed."""
    return ramp(filled / expected, 0.3, 0.8) if expected >= FEWEST_WINDOWS else None


def substance(substantive: int, considered: int) -> float | None:
    """Check-ins that say something, of the last six."""
    return clamp(substantive / considered / 0.8) if considered >= FEWEST_NOTES else None


def agreement(said: Sequence[tuple[int | None, float]]) -> float | None:
    """Mean over (confidence 1..10 or None, chance 0..1): only being surer than the numbers costs."""
    if not said:
        return None
    scores = [
        0.5 if confidence is None else 1 - clamp((confidence / 10 - chance - 0.25) / 0.45)
        for confidence, chance in said
    ]
    return sum(scores) / len(scores)


def live_confidence(live: int, judgeable: int) -> float | None:
    """Key results whose confidence moves when the numbers do (no S8), of those that can be judged."""
    return live / judgeable if judgeable else None


def own_voice(own: int, objectives: int) -> float | None:
    """Objectives that the team wrote or reworded; half of them is enough."""
    return clamp(own / objectives / 0.5) if objectives >= FEWEST_OBJECTIVES else None


def shared_effort(top: int, contributions: int, team_size: int) -> float | None:
    """How far the words of 28 days come from more than one person."""
    if team_size < SMALLEST_TEAM or contributions < FEWEST_CONTRIBUTIONS:
        return None
    return ramp(top / contributions, 0.95, 0.60)


def voices(with_others: int, windows: int) -> float | None:
    """Of the last four windows, those with a word by somebody else than the author; half of them is enough."""
    return clamp(with_others / windows / 0.5) if windows >= FEWEST_TALK_WINDOWS else None


def help_answered(answered: int) -> float | None:
    """1 when a call for help was answered in the last four windows. Asking never costs."""
    return 1.0 if answered else None


def share(part: int, whole: int) -> float | None:
    """Wins seen, spells of trouble reacted to, strategy changes answered: a plain share; None of nothing."""
    return part / whole if whole else None


def retrospective(*, is_complete: bool, is_partial: bool, is_in_time: bool) -> float:
    """The last closed cycle: a cause and a next step within 14 days 1, later 0.75, one of the two 0.5, none 0."""
    if is_complete:
        return 1.0 if is_in_time else 0.75
    return 0.5 if is_partial else 0.0
