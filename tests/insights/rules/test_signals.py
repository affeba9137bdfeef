"""The signals of the practice: each with its states, at its threshold, and the checks of the science."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from insights.rules import candour_signals as candour
from insights.rules import rhythm_signals as rhythm
from insights.rules import team_signals as team
from insights.rules.signal import Signal, SignalState, Thresholds, is_substantive, similarity

N, C, W, R = SignalState
AT = datetime(2026, 5, 20, 9, tzinfo=UTC)
OFF = [(0.4, 8, 0.3), (0.5, 8, 0.2)]

CASES: list[tuple[str, Signal, SignalState]] = [
    ("S1 young", rhythm.gone_quiet(10, 12, 7), N),
    ("S1 fine", rhythm.gone_quiet(14, 40, 7), C),
    ("S1 watch", rhythm.gone_quiet(15, 40, 7), W),
    ("S1 raised", rhythm.gone_quiet(22, 40, 7), R),
    ("S1 paused", rhythm.gone_quiet(22, 40, 7, is_paused=True), N),
    ("S2 few", rhythm.missed_beats(1, 3), N),
    ("S2 fine", rhythm.missed_beats(6, 10), C),
    ("S2 raised", rhythm.missed_beats(3, 6), R),
    ("S3 running", rhythm.last_minute_rush([0.9] * 6, is_closing=False), N),
    ("S3 four of seven", rhythm.last_minute_rush([0.1, 0.3, 0.5, 0.9, 0.9, 0.95, 1.0], is_closing=True), R),
    ("S3 even", rhythm.last_minute_rush([n / 13 for n in range(1, 14)], is_closing=True), C),
    ("S5 few", rhythm.copied_notes(["a b c", "a b c"]), N),
    ("S5 copied", rhythm.copied_notes(["On track, working on it."] * 4), R),
    ("S5 own words", rhythm.copied_notes(["one two", "three four", "five six", "seven eight"]), C),
    ("S6 few", rhythm.empty_updates([False] * 3), N),
    ("S6 half", rhythm.empty_updates([True, False, True, False]), C),
    ("S6 empty", rhythm.empty_updates([True, False, False, False]), R),
    ("S7 raised", candour.green_outside(OFF), R),
    ("S7 once", candour.green_outside([(0.4, 8, 0.6), (0.5, 8, 0.2)]), C),
    ("S7 early", candour.green_outside([(0.1, 8, 0.2), (0.2, 8, 0.2)]), N),
    ("S8 frozen", candour.frozen_confidence([(0.1 * n, 8, 0.6 - 0.1 * n) for n in range(1, 5)]), R),
    ("S8 moving", candour.frozen_confidence([(0.1 * n, 4 + n, 0.6 - 0.1 * n) for n in range(1, 5)]), C),
    ("S8 few", candour.frozen_confidence(OFF), N),
    ("S9 surprise", candour.surprise_miss(8, 0.3), R),
    ("S9 said so", candour.surprise_miss(4, 0.3), C),
    ("S9 open", candour.surprise_miss(8, None), N),
    ("S10 line", candour.follows_the_plan_line([(0.1 * n, 0.1 * n + 0.01) for n in range(4)]), R),
    ("S10 real", candour.follows_the_plan_line([(0.1 * n, 0.1 * n + 0.03) for n in range(4)]), C),
    ("S11 full", candour.always_full_marks([1.0] * 6, 0), R),
    ("S11 early", candour.always_full_marks([1, 1, 0.5, 0.5, 0.5, 0.5], 2), R),
    ("S11 fine", candour.always_full_marks([0.7] * 6, 1), C),
    ("S11 few", candour.always_full_marks([1.0] * 5, 5), N),
    ("S12 low", candour.out_of_reach([0.2] * 6, 0, 0, t=0.1, is_edited=False), R),
    ("S12 hopeless", candour.out_of_reach([], 1, 2, t=0.6, is_edited=False), R),
    ("S12 edited", candour.out_of_reach([], 1, 2, t=0.6, is_edited=True), C),
    ("S12 early", candour.out_of_reach([], 2, 2, t=0.3, is_edited=False), N),
    ("S13 none", candour.moved_goalposts([]), N),
    ("S13 silent", candour.moved_goalposts([(0.25, 0.6, False)]), R),
    ("S13 with reason", candour.moved_goalposts([(0.25, 0.6, True)]), C),
    ("S13 early", candour.moved_goalposts([(0.25, 0.3, False)]), C),
    ("S13 twice", candour.moved_goalposts([(0.05, 0.3, False), (0.05, 0.4, False)]), R),
    ("S14 long", candour.no_reaction([(21, 0.3), (14, 0.2), (7, 0.2)], cadence=7, has_reacted=False), R),
    ("S14 reacted", candour.no_reaction([(21, 0.3), (14, 0.2)], cadence=7, has_reacted=True), C),
    ("S14 new", candour.no_reaction([(21, 0.6), (7, 0.2)], cadence=7, has_reacted=False), W),
    ("S14 fine", candour.no_reaction([(21, 0.2), (7, 0.6)], cadence=7, has_reacted=False), C),
    ("S15 none", team.help_unanswered([]), N),
    ("S15 late", team.help_unanswered([2, 6]), R),
    ("S15 in time", team.help_unanswered([5]), C),
    ("S16 none", team.no_lesson(15, 0), R),
    ("S16 partial", team.no_lesson(15, 1), W),
    ("S16 whole", team.no_lesson(15, 2), C),
    ("S16 open", team.no_lesson(None, 0), N),
    ("S17 new", team.no_home(has_home=False, age_days=13), N),
    ("S17 orphan", team.no_home(has_home=False, age_days=14), R),
    ("S17 local", team.no_home(has_home=False, age_days=90, is_local=True), N),
    ("S17 empty priority", team.empty_priority(0, None), R),
    ("S17 silent priority", team.empty_priority(2, 29), R),
    ("S17 lived priority", team.empty_priority(2, 3), C),
    ("S18 none", team.strategy_moved(None, is_answered=False), N),
    ("S18 late", team.strategy_moved(22, is_answered=False), R),
    ("S18 soon", team.strategy_moved(10, is_answered=False), W),
    ("S18 answered", team.strategy_moved(22, is_answered=True), C),
    ("S19 few", team.handed_down(0, 2), N),
    ("S19 given", team.handed_down(1, 4), R),
    ("S19 own", team.handed_down(2, 4), C),
    ("S20 fine", team.too_many(5, 5, 15, 6), C),
    ("S20 many", team.too_many(6, 5, 15, 6), R),
    ("S21 tasks", team.task_list(2, 0, 4), R),
    ("S21 no start", team.task_list(0, 2, 4), R),
    ("S21 fine", team.task_list(1, 1, 4), C),
    ("S22 one voice", team.one_person_show(17, 20, 4), R),
    ("S22 small", team.one_person_show(17, 20, 3), N),
    ("S22 shared", team.one_person_show(10, 20, 4), C),
    ("S23 silent", team.silence_around([True, False, False, False, False], 5), R),
    ("S23 a word", team.silence_around([False, False, True, False], 5), C),
    ("S23 new", team.silence_around([False], 5), N),
    ("S24 unseen", team.wins_unnoticed(1, 2), R),
    ("S24 seen", team.wins_unnoticed(0, 2), C),
    ("S24 one", team.wins_unnoticed(1, 1), N),
    ("S25 gap", team.voice_gap(90, 2.0, 5), R),
    ("S25 same", team.voice_gap(60, 3.5, 5), C),
    ("S25 few", team.voice_gap(90, 1.0, 4), N),
]


@pytest.mark.parametrize(("name", "signal", "state"), CASES, ids=[name for name, _, _ in CASES])
def test_states(name: str, signal: Signal, state: SignalState) -> None:
    assert signal.state is state
    assert signal.code == name.split()[0]
    assert bool(signal.words) is (state in (R, W))


def test_brier_as_printed() -> None:
    said = [(8, 0), (9, 1), (7, 0), (6, 1), (8, 1), (5, 0), (9, 0), (7, 1)]
    signal = candour.poor_calibration([(sure, bool(hit)) for sure, hit in said])
    assert signal.inputs["brier"] == pytest.approx(0.31125)
    assert signal.is_raised


def test_a_sweep_is_five_results_in_ten_minutes_without_words_twice() -> None:
    def sweep(week: int) -> list[tuple[datetime, str, str]]:
        start = AT + timedelta(weeks=week)
        return [(start + timedelta(minutes=n), f"kr{n}", "ok") for n in range(5)]

    assert rhythm.all_in_one_go(sweep(0) + sweep(1)).is_raised
    assert rhythm.all_in_one_go(sweep(0) + sweep(1), is_meeting=True).state is N
    told = [(at, key, "Booked forty demos") for at, key, _ in sweep(0) + sweep(1)]
    assert rhythm.all_in_one_go(told).state is C


def test_similarity_as_measured() -> None:
    assert similarity("On track, working on it.", "on track - working on it!") == 1.0
    assert similarity("", "something") == 0.0


def test_what_says_something() -> None:
    same = {"value_changed": False, "confidence_changed": False}
    assert is_substantive(value_changed=True, confidence_changed=False, note="", note_before="")
    assert is_substantive(**same, note="We moved the shelf near the door", note_before="")
    assert not is_substantive(**same, note="all good", note_before="")
    assert not is_substantive(**same, note="we are on track with it", note_before="We are on track, with it.")


def test_own_words_and_thresholds() -> None:
    assert team.is_own_words(
        written_by_team=False, given_text="Sell more bread", text="Neighbours come back weekly"
    )
    assert not team.is_own_words(written_by_team=False, given_text="Sell more bread", text="Sell more bread!")
    assert rhythm.missed_beats(3, 6, Thresholds(beats_share=0.5)).state is C
