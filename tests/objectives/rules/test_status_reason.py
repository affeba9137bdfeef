"""The words beside a status (DESIGN)."""

from decimal import Decimal
from typing import Any

import pytest

from objectives.rules.kinds import KeyResultKind as Kind
from objectives.rules.kinds import Status
from objectives.rules.progress import Measure, Progress
from objectives.rules.status_reason import status_reason

UP = Measure(Kind.INCREASE, start_value=Decimal(71), target_value=Decimal(85))
DOWN = Measure(Kind.DECREASE, start_value=Decimal("4.6"), target_value=Decimal(2))
STORES = Measure(Kind.INCREASE, start_value=Decimal(40), target_value=Decimal(212))
PERCENT = Measure(Kind.PERCENT_DONE)
BAND = Measure(Kind.BETWEEN, lower_bound=Decimal(2), upper_bound=Decimal(5))


def reason(
    measure: Measure, value: str | None, expected: str | None, raw: str = "0.3", **changes: Any
) -> str:
    facts: dict[str, Any] = {
        "status": Status.AT_RISK,
        "measure": measure,
        "progress": Progress(Decimal(raw), Decimal(raw), has_data=value is not None),
        "expected": None if expected is None else Decimal(expected),
        "latest_value": None if value is None else Decimal(value),
    }
    return status_reason(**facts | changes)


@pytest.mark.parametrize(
    ("measure", "value", "expected", "unit", "words"),
    [
        (UP, "75.1", "0.5786", "%", "4.0 points below plan"),
        (DOWN, "2.8", "0.6154", "min", "0.2 min ahead of plan"),
        (DOWN, "3.2", "0.6154", "min", "0.2 min behind plan"),
        (STORES, "141", "0.5814", "stores", "1 store ahead of plan"),
        (STORES, "138", "0.5814", "stores", "2 stores below plan"),
        (STORES, "140", "0.5814", "stores", "on plan"),
        (STORES, "138", "0.5814", "", "2 below plan"),
        (STORES, "20000", "0.5814", "stores", "19,860 stores ahead of plan"),
    ],
)
def test_distance_to_the_plan_in_the_own_unit(
    measure: Measure, value: str, expected: str, unit: str, words: str
) -> None:
    assert reason(measure, value, expected, unit=unit) == words


def test_other_kinds_speak_of_points() -> None:
    assert reason(PERCENT, "30", "0.42") == "12 points below plan"
    assert reason(Measure(Kind.MILESTONES), "0", "0.29", unit="steps") == "1 point ahead of plan"


def test_bands() -> None:
    assert reason(BAND, "5", "1") == "in band"
    assert reason(BAND, "6.5", "1", unit="min") == "1.5 min above the band"
    assert reason(BAND, "1", "1") == "1 below the band"


def test_cases_without_a_distance() -> None:
    assert reason(Measure(Kind.BASELINE), "3", None) == "finding out where we are"
    assert reason(UP, None, "0.5") == "no value yet"
    assert reason(BAND, None, "1") == "no value yet"
    assert reason(UP, "85", "0.5", status=Status.ACHIEVED) == "target reached"
    assert reason(UP, "75", None, latest_confidence=6) == "confidence 6 of 10"
    assert reason(Measure(Kind.YES_NO), "0", "0", latest_confidence=3) == "confidence 3 of 10"
    assert reason(Measure(Kind.YES_NO), "0", "0") == "no confidence yet"
    assert (
        reason(PERCENT, "30", "0.2", status=Status.TOO_EARLY) == "too early to say, 10 points ahead of plan"
    )


def test_a_flag_on_something_ahead_of_its_plan_says_why() -> None:
    assert reason(PERCENT, "30", "0.2", likely=0.62) == "10 points ahead of plan, but heading for 62 %"
    assert reason(PERCENT, "30", "0.4", likely=0.62) == "10 points below plan"
    assert reason(PERCENT, "30", "0.2", likely=0.9, status=Status.ON_TRACK) == "10 points ahead of plan"
