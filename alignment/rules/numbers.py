"""The numbers of a node in the alignment graph, from the numbers of its parts (docs: RULES §2 and §3).

Both the write path and the full recomputation call these, so they cannot disagree.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from common.ratio import round_half_up
from objectives.rules.forecast import Forecast
from objectives.rules.freshness import FreshnessDates, least_fresh
from objectives.rules.kinds import KeyResultKind, KeyResultState, ObjectiveState, Status
from objectives.rules.left_out import counts_in_roll_up
from objectives.rules.likely import LikelyPart, combine_forecasts
from objectives.rules.roll_up import Part, weighted_expected, weighted_mean
from objectives.rules.status import objective_status, status_counts

TWO_DECIMALS = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class KeyResultPart:
    """One of the objective's own key results, as stored."""

    id: UUID
    kind: KeyResultKind
    state: KeyResultState
    weight: Decimal
    progress: Decimal | None
    expected: Decimal | None
    confidence: int | None
    status: Status
    forecast: Forecast | None
    freshness: FreshnessDates | None
    last_heard_on: date | None


@dataclass(frozen=True, slots=True)
class ObjectivePart:
    """A child objective that contributes; `weight` is the link's."""

    id: UUID
    state: ObjectiveState
    counts_above: bool
    weight: Decimal
    progress: Decimal | None
    expected: Decimal | None
    confidence_mean: Decimal | None
    status: Status
    likely: Forecast | None
    key_result_count: int = 0


@dataclass(frozen=True, slots=True)
class NodeNumbers:
    """What is stored on an objective, or for a priority in a cycle."""

    progress: Decimal | None
    expected: Decimal | None
    confidence_mean: Decimal | None
    status: Status
    status_counts: dict[str, int]
    key_result_count: int
    objective_count: int
    likely: Forecast | None
    last_heard_on: date | None
    freshness: FreshnessDates | None


def counted_key_results(parts: Iterable[KeyResultPart]) -> list[KeyResultPart]:
    """Key results that enter the roll-up when they have a value: not cancelled, no baseline, weight above 0."""
    return [
        part
        for part in parts
        if counts_in_roll_up(part.state) and part.kind != KeyResultKind.BASELINE and part.weight > 0
    ]


def counted_children(parts: Iterable[ObjectivePart]) -> list[ObjectivePart]:
    """Contributing objectives that enter the roll-up when they have a value."""
    return [part for part in parts if counts_in_roll_up(part.state) and part.counts_above and part.weight > 0]


def objective_numbers(key_results: Sequence[KeyResultPart], children: Sequence[ObjectivePart]) -> NodeNumbers:
    """Numbers of an objective from its own key results and the objectives that contribute to it."""
    own, below = counted_key_results(key_results), counted_children(children)
    open_ones = [part for part in key_results if part.state == KeyResultState.ACTIVE]
    counts = status_counts([part.status for part in own] + [part.status for part in below])
    standing = [part for part in key_results if part.state != KeyResultState.CANCELLED]
    likely = [_likely_of_key_result(part) for part in own if part.progress is not None]
    return NodeNumbers(
        progress=weighted_mean(
            [Part(one.id, one.weight, one.progress) for one in own]
            + [Part(one.id, one.weight, one.progress) for one in below]
        ),
        expected=weighted_expected(
            [(one.weight, one.expected) for one in own if one.progress is not None]
            + [(one.weight, one.expected) for one in below if one.progress is not None]
        ),
        confidence_mean=_two(
            weighted_confidence(
                [(one.weight, _decimal(one.confidence)) for one in own]
                + [(one.weight, one.confidence_mean) for one in below]
            )
        ),
        status=objective_status(counts),
        status_counts=_named(counts),
        key_result_count=len(standing),
        objective_count=len(below),
        likely=_combine(likely + [_likely_of_objective(part) for part in below]),
        last_heard_on=max((one.last_heard_on for one in key_results if one.last_heard_on), default=None),
        freshness=least_fresh(part.freshness for part in open_ones),
    )


def priority_numbers(children: Sequence[ObjectivePart]) -> NodeNumbers:
    """Numbers of a priority in a cycle from the objectives that contribute to it directly. Status stays no_data:
    priorities show counts only, never one colour."""
    below = counted_children(children)
    counts = status_counts(part.status for part in below)
    return NodeNumbers(
        progress=weighted_mean(Part(one.id, one.weight, one.progress) for one in below),
        expected=weighted_expected((one.weight, one.expected) for one in below if one.progress is not None),
        confidence_mean=_two(weighted_confidence([(one.weight, one.confidence_mean) for one in below])),
        status=Status.NO_DATA,
        status_counts=_named(counts),
        key_result_count=sum(one.key_result_count for one in below),
        objective_count=len(below),
        likely=_combine([_likely_of_objective(part) for part in below]),
        last_heard_on=None,
        freshness=None,
    )


def aligned_progress(children: Sequence[ObjectivePart]) -> Decimal | None:
    """Progress of a key result whose value comes from the objectives that contribute to it."""
    return weighted_mean(Part(one.id, one.weight, one.progress) for one in counted_children(children))


def weighted_confidence(parts: Sequence[tuple[Decimal, Decimal | None]]) -> Decimal | None:
    """Weighted mean of confidences 1..10 that were said; None when nobody has said one."""
    whole = sum((weight for weight, said in parts if said is not None), Decimal(0))
    if not whole:
        return None
    return sum((weight * said for weight, said in parts if said is not None), Decimal(0)) / whole


def _likely_of_key_result(part: KeyResultPart) -> LikelyPart:
    return LikelyPart(
        key=part.id,
        weight=part.weight,
        forecast=part.forecast,
        guardrail_progress=part.progress if part.kind.is_guardrail else None,
    )


def _likely_of_objective(part: ObjectivePart) -> LikelyPart:
    return LikelyPart(key=part.id, weight=part.weight, forecast=part.likely)


def _combine(parts: Sequence[LikelyPart]) -> Forecast | None:
    likely = combine_forecasts(parts)
    if likely is None:
        return None
    return Forecast(mean=likely.mean, sd=0.0, low=likely.low, high=likely.high, chance=0.0)


def _named(counts: dict[Status, int]) -> dict[str, int]:
    return {status.value: count for status, count in counts.items() if count}


def _decimal(number: int | None) -> Decimal | None:
    return None if number is None else Decimal(number)


def _two(number: Decimal | None) -> Decimal | None:
    return None if number is None else round_half_up(number, TWO_DECIMALS)
