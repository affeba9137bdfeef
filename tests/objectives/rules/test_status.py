"""Status of key results and objectives (RULES §3)."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from objectives.rules.kinds import KeyResultKind as Kind
from objectives.rules.kinds import Status
from objectives.rules.progress import Measure, Progress
from objectives.rules.status import key_result_status, objective_status, status_counts

METRIC = Measure(Kind.INCREASE, start_value=Decimal(0), target_value=Decimal(100))
GUARDRAIL = Measure(Kind.AT_MOST, upper_bound=Decimal(5))
YES_NO = Measure(Kind.YES_NO)


def at(progress: str | None) -> Progress:
    ratio = None if progress is None else Decimal(progress)
    return Progress(ratio, ratio, has_data=True)


def status(measure: Measure = METRIC, progress: str | None = "0.4", **changes: Any) -> Status:
    facts: dict[str, Any] = {
        "t": Decimal("0.5"),
        "latest_value": Decimal(40),
        "latest_confidence": None,
        "chance": 0.6,
        "previous_chance": 0.6,
        "has_value": True,
    }
    return key_result_status(measure=measure, progress=at(progress), **facts | changes)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"has_value": False}, Status.NO_DATA),
        ({"measure": Measure(Kind.BASELINE), "progress": None}, Status.NO_DATA),
        ({"progress": "1"}, Status.ACHIEVED),
        ({"progress": "1", "t": Decimal("0.1")}, Status.ACHIEVED),
        ({"progress": "1", "t": None}, Status.ACHIEVED),
        ({"t": Decimal("0.1499"), "chance": 0.1, "previous_chance": 0.1}, Status.TOO_EARLY),
        ({"t": Decimal("0.15")}, Status.ON_TRACK),
        ({"chance": 0.50}, Status.ON_TRACK),
        ({"chance": 0.4999}, Status.AT_RISK),
        ({"chance": 0.35, "previous_chance": 0.1}, Status.AT_RISK),
        ({"chance": 0.3499, "previous_chance": 0.3499}, Status.OFF_TRACK),
        ({"chance": 0.1, "previous_chance": 0.35}, Status.AT_RISK),
        ({"chance": 0.1, "previous_chance": None}, Status.AT_RISK),
        ({"chance": 0.9, "latest_confidence": 1}, Status.ON_TRACK),
    ],
)
def test_the_first_rule_that_fits_decides(changes: dict[str, Any], expected: Status) -> None:
    assert status(**changes) is expected


@pytest.mark.parametrize(
    ("confidence", "expected"),
    [
        (10, Status.ON_TRACK),
        (7, Status.ON_TRACK),
        (6, Status.AT_RISK),
        (4, Status.AT_RISK),
        (3, Status.OFF_TRACK),
        (1, Status.OFF_TRACK),
        (None, Status.NO_DATA),
    ],
)
def test_confidence_decides_yes_no_and_cycles_without_dates(confidence: int | None, expected: Status) -> None:
    assert status(YES_NO, "0", latest_confidence=confidence, chance=None) is expected
    assert status(YES_NO, "0", latest_confidence=confidence, chance=None, t=None) is expected
    assert status(METRIC, "0.4", latest_confidence=confidence, chance=None, t=None) is expected


def test_yes_no_is_too_early_at_first() -> None:
    assert status(YES_NO, "0", latest_confidence=2, t=Decimal("0.1")) is Status.TOO_EARLY
    assert status(YES_NO, "1", latest_confidence=2, t=Decimal("0.1")) is Status.ACHIEVED


@pytest.mark.parametrize("t", [None, Decimal("0.01"), Decimal("0.5"), Decimal(1)])
def test_guardrails_by_their_latest_value(t: Decimal | None) -> None:
    assert status(GUARDRAIL, "0.1", latest_value=Decimal(5), t=t, chance=None) is Status.ON_TRACK
    assert status(GUARDRAIL, "1", latest_value=Decimal(5), t=t, chance=None) is Status.ON_TRACK
    assert status(GUARDRAIL, "0.9", latest_value=Decimal(6), t=t, chance=None) is Status.OFF_TRACK
    assert status(GUARDRAIL, None, latest_value=None, t=t, chance=None) is Status.NO_DATA


def test_guardrails_are_achieved_only_once_closed() -> None:
    assert status(GUARDRAIL, "1", latest_value=Decimal(5), is_closed=True) is Status.ACHIEVED
    assert status(GUARDRAIL, "0.9", latest_value=Decimal(5), is_closed=True) is Status.ON_TRACK


ON, RISK, OFF, DONE, EARLY, NONE = (
    Status.ON_TRACK,
    Status.AT_RISK,
    Status.OFF_TRACK,
    Status.ACHIEVED,
    Status.TOO_EARLY,
    Status.NO_DATA,
)


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ({ON: 2, RISK: 2, OFF: 1}, RISK),
        ({ON: 4, RISK: 1}, ON),
        ({RISK: 1, OFF: 2}, OFF),
        ({ON: 2, RISK: 1}, RISK),
        ({}, NONE),
        ({NONE: 3}, NONE),
        ({NONE: 3, EARLY: 1}, EARLY),
        ({NONE: 9, EARLY: 9, ON: 1}, ON),
        ({NONE: 9, OFF: 1}, OFF),
        ({OFF: 1, ON: 1}, RISK),
        ({DONE: 3}, DONE),
        ({DONE: 3, NONE: 1}, DONE),
        ({DONE: 2, ON: 1}, ON),
        ({DONE: 2, RISK: 1}, RISK),
        ({DONE: 1, OFF: 2}, OFF),
    ],
)
def test_objective_status(counts: dict[Status, int], expected: Status) -> None:
    assert objective_status(counts) is expected


@given(st.lists(st.sampled_from(list(Status)), max_size=20))
def test_counts_name_every_status(statuses: list[Status]) -> None:
    counts = status_counts(statuses)
    assert list(counts) == list(Status)
    assert sum(counts.values()) == len(statuses)
    assert objective_status(counts) in Status


@given(st.dictionaries(st.sampled_from([ON, RISK, OFF, DONE]), st.integers(0, 9), min_size=1))
def test_what_cannot_be_judged_changes_nothing(counts: dict[Status, int]) -> None:
    if sum(counts.values()):
        assert objective_status({**counts, NONE: 7, EARLY: 7}) is objective_status(counts)
