"""S7 to S14: do words and numbers agree, and does anybody react? (research: science B2)"""

from __future__ import annotations

from collections.abc import Sequence

from insights.rules.signal import DEFAULTS, Signal, Thresholds, judged, unknown

Point = tuple[float, int | None, float]
"""(share of the cycle that had passed, confidence 1..10 or None, chance 0..1) at a check-in."""
FEWEST_SURE, FEWEST_SCORED, FEWEST_FULL, FEWEST_LOW = 2, 8, 6, 6


def green_outside(
    points: Sequence[Point], *, from_share: float = 0.3, limits: Thresholds = DEFAULTS
) -> Signal:
    """S7. Sure in words, unlikely in numbers, at the last two check-ins that say a confidence."""
    said = [(t, sure, chance) for t, sure, chance in points if sure is not None]
    if len(said) < FEWEST_SURE or said[-1][0] < from_share:
        return unknown("S7", said=len(said))
    is_green = [
        t >= from_share and sure >= limits.sure and chance < limits.unlikely for t, sure, chance in said[-2:]
    ]
    _, sure, chance = said[-1]
    words = (
        f"You say {sure}, the numbers so far say {round(chance * 100)} %. What do you see that they do not?"
    )
    return judged("S7", all(is_green), words, confidence=sure, chance=chance)


def frozen_confidence(points: Sequence[Point], limits: Thresholds = DEFAULTS) -> Signal:
    """S8. The last four confidences are equal while the chance moved."""
    said = [(sure, chance) for _, sure, chance in points if sure is not None][-limits.frozen_length :]
    if len(said) < limits.frozen_length:
        return unknown("S8", said=len(said))
    chances = [chance for _, chance in said]
    moved = max(chances) - min(chances)
    is_raised = len({sure for sure, _ in said}) == 1 and moved >= limits.frozen_move
    words = f"Confidence has stayed at {said[-1][0]} while the numbers moved. Still {said[-1][0]}?"
    return judged("S8", is_raised, words, confidence=said[-1][0], moved=moved)


def surprise_miss(last_confidence: int | None, final: float | None, limits: Thresholds = DEFAULTS) -> Signal:
    """S9 of a key result: sure until late, and it ended below 0.4."""
    if last_confidence is None or final is None:
        return unknown("S9")
    words = "What could have told us in week 8?"
    is_raised = last_confidence >= limits.sure and final < 0.4
    return judged("S9", is_raised, words, confidence=last_confidence, final=final)


def poor_calibration(said: Sequence[tuple[int, bool]], limits: Thresholds = DEFAULTS) -> Signal:
    """S9 of a team: (confidence, whether it was reached) of what was closed; the mean squared distance."""
    if len(said) < FEWEST_SCORED:
        return unknown("S9", closed=len(said))
    brier = sum((sure / 10 - hit) ** 2 for sure, hit in said) / len(said)
    words = "Were we as sure as we were right? Look at the ones that surprised you."
    return judged("S9", brier > limits.brier, words, brier=brier, closed=len(said))


def follows_the_plan_line(points: Sequence[tuple[float, float]], limits: Thresholds = DEFAULTS) -> Signal:
    """S10. (progress, expected) of the last four check-ins of a person lie on the line."""
    last = list(points)[-4:]
    if len(last) < 4:
        return unknown("S10", said=len(last))
    far = max(abs(progress - expected) for progress, expected in last)
    words = "Remarkably even. Is this measured, or estimated from the plan?"
    return judged("S10", far <= limits.line_distance, words, distance=far)


def always_full_marks(finals: Sequence[float], full_by_half: int, limits: Thresholds = DEFAULTS) -> Signal:
    """S11. Final progress of the aspirational key results of two cycles; how many were full by half time."""
    if len(finals) < FEWEST_FULL:
        return unknown("S11", closed=len(finals))
    mean = sum(finals) / len(finals)
    is_raised = mean >= limits.full_marks or full_by_half / len(finals) >= limits.early_share
    words = "You reach everything, great. What would make you nervous?"
    return judged("S11", is_raised, words, mean=mean, full_by_half=full_by_half)


def out_of_reach(
    finals: Sequence[float],
    hopeless: int,
    running: int,
    *,
    t: float,
    is_edited: bool,
    limits: Thresholds = DEFAULTS,
) -> Signal:
    """S12. Final progress over two cycles, or half of the running key results hopeless after half time, unchanged."""
    has_past = len(finals) >= FEWEST_LOW
    has_now = running >= 2 and t >= 0.5
    if not has_past and not has_now:
        return unknown("S12")
    is_low = has_past and sum(finals) / len(finals) < limits.out_of_reach
    is_lost = has_now and not is_edited and hopeless / running >= 0.5
    words = "These goals may be too far right now. Small win or new target?"
    return judged("S12", is_low or is_lost, words, hopeless=hopeless, running=running)


def moved_goalposts(easings: Sequence[tuple[float, float, bool]], limits: Thresholds = DEFAULTS) -> Signal:
    """S13. (share of the way given up, share of the cycle passed, whether a reason was said) of each new aim."""
    if not easings:
        return unknown("S13")
    eased = [(given_up, t, has_reason) for given_up, t, has_reason in easings if given_up > 0]
    silent = [
        given_up
        for given_up, t, has_reason in eased
        if given_up >= limits.easing and t >= 0.5 and not has_reason
    ]
    unexplained = [one for one in eased if not one[2]]
    is_raised = bool(silent) or (len(eased) >= 2 and bool(unexplained))
    most = max((given_up for given_up, _, _ in eased), default=0.0)
    words = f"Target eased by {round(most * 100)} %. One sentence why, so the lesson stays."
    return judged("S13", is_raised, words, eased=most, times=len(eased))


def no_reaction(
    chances: Sequence[tuple[float, float]], *, cadence: int, has_reacted: bool, limits: Thresholds = DEFAULTS
) -> Signal:
    """S14. (days ago, chance) of each check-in, oldest first; unlikely for two cadences and nothing done since."""
    if len(chances) < 2:
        return unknown("S14", said=len(chances))
    days = 0.0
    for days_ago, chance in reversed(chances):
        if chance >= limits.unlikely:
            break
        days = days_ago
    is_off = chances[-1][1] < limits.unlikely
    is_long = is_off and days >= 2 * cadence
    words = "Three choices: change the plan, ask for help, or stop it. All are fine."
    return judged("S14", is_long and not has_reacted, words, is_watched=is_off and not has_reacted, days=days)
