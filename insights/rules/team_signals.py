"""S15 to S25: help, lessons, strategy, whose goals they are, and whether anybody talks (research: science B2)."""

from __future__ import annotations

from collections.abc import Sequence

from insights.rules.signal import DEFAULTS, Signal, Thresholds, judged, similarity, unknown

REWORDED = 0.8
"""Below this similarity to the words that were handed down, they are the team's own."""


def help_unanswered(open_days: Sequence[int], limits: Thresholds = DEFAULTS) -> Signal:
    """S15. Working days that each open call for help waits. Counted for the sponsor, never for the team."""
    if not open_days:
        return unknown("S15")
    words = f"Somebody asked {max(open_days)} working days ago. A two-line answer unblocks them."
    return judged(
        "S15", max(open_days) > limits.help_days, words, waiting=len(open_days), longest=max(open_days)
    )


def no_lesson(days_since_close: int | None, parts: int, limits: Thresholds = DEFAULTS) -> Signal:
    """S16. `parts`: how many of cause and next step the retrospective has, 0 to 2."""
    if days_since_close is None:
        return unknown("S16")
    words = "Five minutes: what would you do again, what not?"
    is_late = days_since_close > limits.lesson_days
    return judged("S16", is_late and parts == 0, words, is_watched=is_late and parts == 1, parts=parts)


def no_home(*, has_home: bool, age_days: int, is_local: bool = False) -> Signal:
    """S17. No link within three steps to an active priority."""
    if is_local or age_days < 14:
        return unknown("S17", age_days=age_days)
    return judged("S17", not has_home, "Which priority does this serve? If none, is it still worth it?")


def empty_priority(
    active_objectives: int, days_since_heard: int | None, limits: Thresholds = DEFAULTS
) -> Signal:
    """S17 from above: a priority with no active objective, or none with a check-in in 28 days."""
    is_silent = days_since_heard is None or days_since_heard > limits.quiet_priority_days
    words = "Nobody works towards this now. Is it still a priority?"
    return judged("S17", not active_objectives or is_silent, words, objectives=active_objectives)


def strategy_moved(
    days_since_change: int | None, *, is_answered: bool, limits: Thresholds = DEFAULTS
) -> Signal:
    """S18. A linked priority changed in its meaning, and nothing happened to the objective since."""
    if days_since_change is None:
        return unknown("S18")
    words = "The priority above changed. Keep, adapt or stop this goal?"
    is_late = days_since_change > limits.strategy_days
    return judged(
        "S18", is_late and not is_answered, words, is_watched=not is_answered, days=days_since_change
    )


def is_own_words(*, written_by_team: bool, given_text: str, text: str) -> bool:
    """Written by the team, or so much reworded that it became its own."""
    return written_by_team or similarity(given_text, text) < REWORDED


def handed_down(own: int, objectives: int, limits: Thresholds = DEFAULTS) -> Signal:
    """S19. Objectives in the team's own words, of all of them. Told to the leader."""
    if objectives < 3:
        return unknown("S19", objectives=objectives)
    words = f"{objectives - own} of {objectives} goals were given. Ask the team to rewrite two."
    return judged("S19", own / objectives < limits.own_share, words, own=own, objectives=objectives)


def too_many(
    objectives: int, most_on_one: int, key_results: int, most_of_one_owner: int, limits: Thresholds = DEFAULTS
) -> Signal:
    """S20. What one team carries."""
    is_raised = (
        objectives > limits.most_objectives
        or most_on_one > limits.most_key_results
        or key_results > limits.most_of_team
        or most_of_one_owner > limits.most_of_owner
    )
    words = "If you could keep only three, which?"
    return judged("S20", is_raised, words, objectives=objectives, key_results=key_results)


def task_list(tasks: int, without_start: int, key_results: int, limits: Thresholds = DEFAULTS) -> Signal:
    """S21. Key results that are steps, or read like tasks; metrics without a start."""
    if key_results < 3:
        return unknown("S21", key_results=key_results)
    is_raised = tasks / key_results >= limits.task_share or without_start / key_results >= 0.5
    words = "What changes for someone when this is done?"
    return judged("S21", is_raised, words, tasks=tasks, without_start=without_start, key_results=key_results)


def one_person_show(
    top: int,
    contributions: int,
    team_size: int,
    by_others_than_owner: float = 0.0,
    limits: Thresholds = DEFAULTS,
) -> Signal:
    """S22. The share of the loudest voice in 28 days, or of check-ins that somebody else than the owner writes."""
    if contributions < 10 or team_size < 4:
        return unknown("S22", contributions=contributions, team_size=team_size)
    is_raised = top / contributions >= limits.one_person or by_others_than_owner >= limits.other_author
    words = "One voice carries this goal. Who else could add a line?"
    return judged("S22", is_raised, words, share=top / contributions)


def silence_around(
    windows_with_others: Sequence[bool], check_ins: int, limits: Thresholds = DEFAULTS
) -> Signal:
    """S23. Whether somebody else than the author said a word, by window, oldest first."""
    last = list(windows_with_others)[-limits.silent_windows :]
    if check_ins < 4 or len(last) < limits.silent_windows:
        return unknown("S23", check_ins=check_ins)
    return judged("S23", not any(last), "Nobody has asked about this for a month. Ask one question.")


def wins_unnoticed(unseen: int, wins: int, limits: Thresholds = DEFAULTS) -> Signal:
    """S24. Wins older than 14 days without thanks, of all of them."""
    if wins < 2:
        return unknown("S24", wins=wins)
    words = "Something went well two weeks ago. Who made the difference?"
    return judged("S24", unseen / wins >= limits.unseen_share, words, unseen=unseen, wins=wins)


def voice_gap(
    vitality: float | None, survey_mean: float | None, answers: int, limits: Thresholds = DEFAULTS
) -> Signal:
    """S25. Vitality 0..100 against the mean of two survey items 1..5: the system looks alive, people say it is not."""
    if vitality is None or survey_mean is None or answers < 5:
        return unknown("S25", answers=answers)
    gap = vitality / 100 - (survey_mean - 1) / 4
    words = "The system looks alive, people say it is not. Believe the people."
    return judged("S25", gap > limits.voice_gap, words, gap=gap)
