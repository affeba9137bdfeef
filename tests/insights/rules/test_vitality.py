"""Vitality: the worked examples E1 to E18 and the unit checks, as printed in the science."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from insights.rules import sub_scores as sub
from insights.rules.vitality import (
    SUB_WEIGHTS,
    Band,
    Dimension,
    Vitality,
    band_of,
    team_vitality,
    vitality,
    what_if,
)

A, R, C, O, V, L = Dimension  # noqa: E741
BASE: dict[Dimension, dict[str, float | None]] = {
    A: {"link": 1.0, "focus": 1.0},
    R: {"freshness": 1.0, "coverage": 1.0},
    C: {"substance": 1.0, "agreement": 1.0, "live_confidence": 1.0},
    O: {"own_voice": 1.0, "shared_effort": 1.0},
    V: {"voices": 1.0},
    L: {"retrospective": 1.0},
}


def case(**changes: Any) -> dict[Dimension, dict[str, float | None]]:
    """The base case with some sub-scores changed; each is named once in the whole."""
    subs = {one: dict(found) for one, found in BASE.items()}
    for name, score in changes.items():
        [dimension] = [one for one, names in SUB_WEIGHTS.items() if name in names]
        subs[dimension][name] = score
    return subs


E: dict[str, tuple[dict[Dimension, dict[str, float | None]], tuple[float | None, ...], float | None]] = {
    "E1": (
        case(
            freshness=sub.freshness([(5, 7)]),
            coverage=sub.coverage(8, 9),
            agreement=sub.agreement([(7, 0.62), (6, 0.55)]),
            voices=sub.voices(3, 4),
            wins_seen=sub.share(1, 1),
            own_voice=sub.own_voice(3, 3),
            shared_effort=sub.shared_effort(9, 16, 5),
            focus=sub.focus(3, 4),
        ),
        (1, 1, 1, 1, 1, 1),
        100.0,
    ),
    "E2": (
        case(
            agreement=sub.agreement([(3, 0.15), (2, 0.10)]),
            coverage=sub.coverage(8, 9),
            voices=sub.voices(4, 4),
            help_answered=sub.help_answered(1),
            reaction=sub.share(2, 2),
        ),
        (1, 1, 1, 1, 1, 1),
        100.0,
    ),
    "E3": (
        case(
            substance=sub.substance(1, 6),
            agreement=sub.agreement([(8, 0.35), (8, 0.20)]),
            live_confidence=sub.live_confidence(0, 2),
            own_voice=sub.own_voice(1, 4),
            shared_effort=sub.shared_effort(17, 18, 6),
            voices=sub.voices(0, 4),
            wins_seen=sub.share(0, 2),
            reaction=sub.share(0, 1),
            retrospective=0.0,
            link=sub.link(is_linked=True, says_how=False),
            focus=sub.focus(5, 4),
        ),
        (0.65, 1, 0.2479, 0.2579, 0, 0),
        23.50,
    ),
    "E4": (
        case(
            freshness=sub.freshness([(35, 7)]),
            coverage=sub.coverage(1, 8),
            substance=sub.substance(1, 1),
            agreement=sub.agreement([(8, 0.30)]),
            live_confidence=None,
            shared_effort=None,
            voices=sub.voices(0, 4),
            reaction=sub.share(0, 1),
            retrospective=0.5,
        ),
        (1, 0, 0.4444, 1, 0, 0.2083),
        30.14,
    ),
    "E5": (
        case(agreement=sub.agreement([(9, 0.10), (9, 0.15)]), live_confidence=0.5, reaction=sub.share(0, 1)),
        (1, 1, 0.45, 1, 1, 0.4167),
        66.63,
    ),
    "E6": (case(link=sub.link(is_linked=False, says_how=False)), (0.25, 1, 1, 1, 1, 1), 69.62),
    "E8": (
        case(
            freshness=sub.freshness([(9, 7)]),
            coverage=sub.coverage(6, 8),
            substance=sub.substance(4, 6),
            agreement=sub.agreement([(6, 0.5)] * 3),
            live_confidence=sub.live_confidence(2, 3),
            voices=sub.voices(2, 4),
            reaction=sub.share(1, 2),
            retrospective=0.5,
            focus=sub.focus(8, 6),
        ),
        (0.75, 0.8786, 0.875, 1, 1, 0.5),
        72.35,
    ),
    "E9": (
        case(own_voice=sub.own_voice(0, 3), shared_effort=sub.shared_effort(19, 20, 5)),
        (1, 1, 1, 0, 1, 1),
        59.50,
    ),
    "E10": (case(coverage=sub.coverage(9, 9), substance=sub.substance(6, 6)), (1, 1, 1, 1, 1, 1), 100.0),
    "E11": (case(strategy=sub.share(0, 1)), (1, 1, 1, 1, 1, 0.3846), 72.92),
    "E12": (
        case(
            freshness=sub.freshness([(21, 14)]),
            coverage=sub.coverage(3, 4),
            substance=sub.substance(3, 3),
            agreement=sub.agreement([(5, 0.4)]),
            voices=sub.voices(1, 2),
            own_voice=None,
            shared_effort=None,
            retrospective=None,
        ),
        (1, 0.825, 1, None, 1, None),
        91.92,
    ),
    "E13": (case(voices=sub.voices(0, 4), wins_seen=sub.share(0, 1)), (1, 1, 1, 1, 0, 1), 59.50),
    "E14": (
        case(voices=sub.voices(1, 4), help_answered=sub.help_answered(0), reaction=1.0),
        (1, 1, 1, 1, 0.5, 1),
        79.75,
    ),
    "E15": (
        case(voices=sub.voices(1, 4), help_answered=sub.help_answered(1), reaction=1.0),
        (1, 1, 1, 1, 0.6875, 1),
        87.34,
    ),
    "E16": (
        case(
            freshness=sub.freshness([(2, 7)]),
            coverage=sub.coverage(3, 12),
            substance=sub.substance(3, 3),
            agreement=sub.agreement([(7, 0.5)]),
            voices=sub.voices(1, 4),
            reaction=sub.share(0, 1),
            retrospective=0.0,
            link=sub.link(is_linked=True, says_how=False),
        ),
        (0.775, 0.5, 1, 1, 0.5, 0),
        43.14,
    ),
    "E17": (case(retrospective=0.0), (1, 1, 1, 1, 1, 0), 56.00),
    "E18": (case(substance=sub.substance(2, 6)), (1, 1, 0.7958, 1, 1, 1), 91.02),
}


@pytest.mark.parametrize("name", E)
def test_worked_examples(name: str) -> None:
    subs, dimensions, value = E[name]
    found = vitality(subs)
    scores = tuple(None if one.score is None else round(one.score, 4) for one in found.dimensions)
    assert scores == pytest.approx(dimensions, abs=5e-5)
    assert found.value is not None
    assert round(found.value, 2) == value


def test_too_early_on_day_12() -> None:
    """E7: two of two windows, and nothing else to judge yet."""
    found = vitality(
        case(
            coverage=sub.coverage(2, 2),
            substance=None,
            agreement=None,
            live_confidence=None,
            shared_effort=None,
            voices=sub.voices(1, 1),
        )
    )
    assert (found.value, found.band) == (None, None)


def test_points_lost_as_printed() -> None:
    lost = {one.dimension: round(one.lost, 2) for one in vitality(E["E3"][0]).dimensions}
    assert (lost[A], lost[C], lost[O], lost[V], lost[L]) == (3.68, 10.53, 7.79, 25.50, 29.00)
    lost = {one.dimension: round(one.lost, 2) for one in vitality(E["E5"][0]).dimensions}
    assert (lost[C], lost[L]) == (7.70, 25.67)


def test_what_if_says_what_an_answer_would_bring() -> None:
    found = what_if(E["E5"][0], L, "reaction")
    assert found.value is not None
    assert found.value > 66.63


def test_bands_and_teams() -> None:
    assert [band_of(value) for value in (75, 74.99, 50, 49.99)] == [
        Band.THRIVING,
        Band.NEEDS_CARE,
        Band.NEEDS_CARE,
        Band.TICK_BOX_RISK,
    ]
    assert team_vitality([Vitality(80.0), Vitality(None), Vitality(60.0)]) == 70.0
    assert team_vitality([Vitality(None)]) is None


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (sub.freshness([(10, 7)]), 0.7857),
        (sub.freshness([(21, 14)]), 0.75),
        (sub.freshness([(21, 7)]), 0),
        (sub.coverage(3, 6), 0.4),
        (sub.coverage(5, 12), 0.2333),
        (sub.coverage(2, 2), None),
        (sub.substance(2, 6), 0.4167),
        (sub.substance(3, 5), 0.75),
        (sub.agreement([(8, 0.2)]), 0.2222),
        (sub.agreement([(7, 0.30)]), 0.6667),
        (sub.agreement([(None, 0.5), (5, 0.4)]), 0.75),
        (sub.shared_effort(9, 16, 5), 1),
        (sub.shared_effort(8, 10, 5), 0.4286),
        (sub.shared_effort(17, 18, 6), 0.0159),
        (sub.shared_effort(17, 18, 2), None),
        (sub.focus(5, 3), 0.5),
        (sub.focus(3, 7), 0.5),
        (sub.focus(4, 5), 0.75),
        (sub.focus(6, 5), 0.25),
        (sub.retrospective(is_complete=True, is_partial=False, is_in_time=False), 0.75),
    ],
)
def test_unit_checks(found: float | None, expected: float | None) -> None:
    assert found == (None if expected is None else pytest.approx(expected, abs=5e-5))


scores = st.none() | st.floats(0, 1)
subs_of = st.fixed_dictionaries(
    {one: st.fixed_dictionaries(dict.fromkeys(names, scores)) for one, names in SUB_WEIGHTS.items()}
)


@settings(max_examples=300)
@given(subs_of)
def test_points_lost_add_up_and_nothing_raised_ever_lowers_it(
    subs: dict[Dimension, dict[str, float | None]],
) -> None:
    found = vitality(subs)
    if found.value is None:
        return
    assert sum(one.lost for one in found.dimensions) == pytest.approx(100 - found.value, abs=1e-9)
    for dimension, names in subs.items():
        for name, score in names.items():
            if score is not None:
                raised = what_if(subs, dimension, name, score + (1 - score) / 2).value
                assert raised is not None
                assert raised >= found.value - 1e-9
