"""Many changes as one line a field."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from checkins.rules.folded_changes import ChangeKind, FieldChange, Step, folded
from tests.factories.when import NOW


def step(verb: str, day: int = 0, by: str = "Leila", reason: str = "", **changes: Any) -> Step:
    return Step(NOW + timedelta(days=day), by, verb, changes, reason)


def test_three_changes_of_a_field_are_one_from_first_to_last() -> None:
    steps = [
        step("key_result.edited", 0, "Leila", "first", target_value=["80", "85"]),
        step("key_result.edited", 1, "Kofi", "second", target_value=["85", "90"]),
        step("key_result.edited", 2, "Noor", "Too few stores", target_value=["90", "82"]),
    ]
    assert folded(steps) == (
        FieldChange(
            "target_value",
            ChangeKind.TARGET,
            "80",
            "82",
            3,
            NOW + timedelta(days=2),
            "Noor",
            "Too few stores",
        ),
    )


def test_what_came_back_is_no_change() -> None:
    assert (
        folded([step("objective.edited", title=["A", "B"]), step("objective.edited", title=["B", "A"])]) == ()
    )


def test_a_new_thing_is_only_new() -> None:
    changes = folded([step("objective.created"), step("objective.edited", 1, title=["A", "B"])])
    assert [(one.kind, one.by) for one in changes] == [(ChangeKind.NEW, "Leila")]


def test_a_thing_that_went_is_only_gone_and_one_that_came_and_went_is_nothing() -> None:
    edited = step("objective.edited", title=["A", "B"])
    assert [one.kind for one in folded([edited, step("objective.deleted", 1)])] == [ChangeKind.GONE]
    assert folded([step("objective.created"), step("objective.deleted", 1)]) == ()
    assert folded([step("objective.deleted"), step("objective.restored", 1)]) == ()


def test_state_and_words_stand_before_the_rest() -> None:
    changes = folded(
        [step("objective.edited", weight=["1", "2"], owner=[None, "x"], title=["A", "B"], state=["a", "b"])]
    )
    assert [one.field for one in changes] == ["state", "title", "owner", "weight"]


def test_the_reason_of_a_new_aim_explains_the_target() -> None:
    steps = [
        step("key_result.edited", target_value=["80", "85"]),
        step("key_result.recalibrated", reason="Two stores"),
    ]
    assert folded(steps)[0].why == "Two stores"


def test_bookkeeping_is_not_told() -> None:
    assert folded([step("objective.edited", position=[1, 2], version=[1, 2])]) == ()


def test_a_later_change_without_a_reason_has_none() -> None:
    steps = [
        step("o.edited", 0, "Leila", "Why", title=["A", "B"]),
        step("o.edited", 1, "Kofi", "", title=["B", "C"]),
    ]
    assert [(one.before, one.after, one.times, one.by, one.why) for one in folded(steps)] == [
        ("A", "C", 2, "Kofi", "")
    ]
