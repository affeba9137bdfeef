"""The stored numbers that roll-ups are made of, read in two queries for any number of nodes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from alignment.models import AlignmentLink
from alignment.rules.kinds import LinkKind, LinkState
from alignment.rules.numbers import (
    KeyResultPart,
    NodeNumbers,
    ObjectivePart,
    objective_numbers,
)
from alignment.services.affected import Affected
from alignment.services.locked import Locked
from common.prepared import Prepared
from objectives.models import KeyResult, Objective
from objectives.rules.forecast import Forecast
from objectives.rules.freshness import FreshnessDates
from objectives.rules.kinds import (
    KeyResultKind,
    KeyResultState,
    ObjectiveState,
    Status,
    ValueSource,
    Visibility,
)
from objectives.rules.left_out import counts_above_itself

CHILD_COLUMNS = (
    "child_id",
    "weight",
    "child__state",
    "child__visibility",
    "child__counts_when_private",
    "child__progress",
    "child__expected",
    "child__confidence_mean",
    "child__status",
    "child__forecast_mean",
    "child__forecast_low",
    "child__forecast_high",
    "child__key_result_count",
    "child__cycle_id",
)


KEY_RESULT_COLUMNS = (
    "objective_id",
    "id",
    "kind",
    "state",
    "weight",
    "progress",
    "expected",
    "confidence",
    "status",
    "forecast_mean",
    "forecast_low",
    "forecast_high",
    "fresh_until",
    "due_until",
    "stale_until",
    "last_heard_on",
)


def counted_children_by(parent_column: str, **which: Any) -> QuerySet[AlignmentLink, Any]:
    """Links that count: the parent's id, then CHILD_COLUMNS."""
    links = AlignmentLink.objects.filter(
        kind=LinkKind.CONTRIBUTES, state=LinkState.ACTIVE, child__deleted_at__isnull=True, **which
    )
    return links.values_list(parent_column, *CHILD_COLUMNS)


_own_key_results = Prepared(
    lambda objectives: (
        KeyResult.objects.filter(objective_id__in=objectives).order_by("pk").values_list(*KEY_RESULT_COLUMNS)
    )
)
_children_of_objectives = Prepared(
    lambda parents: counted_children_by("objective_id", objective_id__in=parents)
)
_children_of_key_results = Prepared(
    lambda parents: counted_children_by("key_result_id", key_result_id__in=parents)
)


class StoredParts:
    """Own key results and contributing children of the affected nodes; remembers what was just recomputed."""

    def __init__(self, affected: Affected, locked: Locked) -> None:
        self._own: dict[UUID, dict[UUID, KeyResultPart]] = defaultdict(dict)
        for objective_id, *columns in _own_key_results(affected.objective_ids):
            part = _key_result_part(*columns)
            self._own[objective_id][part.id] = part
        self._children: dict[tuple[str, UUID], list[ObjectivePart]] = defaultdict(list)
        self._recomputed: dict[UUID, Objective] = {}
        fed = [
            pk for pk, row in locked.key_results.items() if row.value_source == ValueSource.ALIGNED_OBJECTIVES
        ]
        for parent_id, *columns in _children_of_objectives(affected.objective_ids):
            self._children[("objective", parent_id)].append(part_of_columns(columns)[0])
        for parent_id, *columns in _children_of_key_results(fed):
            self._children[("key_result", parent_id)].append(part_of_columns(columns)[0])

    def remember(self, row: Objective) -> None:
        """Use the new numbers of this objective wherever it is a child."""
        self._recomputed[row.pk] = row

    def remember_key_result(self, row: KeyResult) -> None:
        """Use the new numbers of this key result in its objective."""
        self._own[row.objective_id][row.pk] = key_result_part(row)

    def children_of(self, parent_type: str, parent_id: UUID) -> list[ObjectivePart]:
        return [self.fresh(part) for part in self._children[(parent_type, parent_id)]]

    def numbers_of(self, objective_id: UUID) -> NodeNumbers:
        own = list(self._own[objective_id].values())
        return objective_numbers(own, self.children_of("objective", objective_id))

    def fresh(self, part: ObjectivePart) -> ObjectivePart:
        """The part with the numbers of this pass, if it was recomputed in it."""
        row = self._recomputed.get(part.id)
        return part if row is None else objective_part(row, part.weight)


def part_of_columns(columns: Sequence[Any]) -> tuple[ObjectivePart, UUID]:
    """A child as selected by CHILD_COLUMNS, and its cycle."""
    (
        pk,
        weight,
        state,
        visibility,
        opts_in,
        progress,
        expected,
        mean,
        status,
        f_mean,
        f_low,
        f_high,
        count,
        cycle,
    ) = columns
    part = ObjectivePart(
        id=pk,
        state=ObjectiveState(state),
        counts_above=counts_above_itself(Visibility(visibility), counts_when_private=opts_in),
        weight=weight,
        progress=progress,
        expected=expected,
        confidence_mean=mean,
        status=Status(status),
        likely=_forecast(f_mean, f_low, f_high),
        key_result_count=count,
    )
    return part, cycle


def objective_part(row: Objective, weight: Decimal) -> ObjectivePart:
    """A child from its model row."""
    return ObjectivePart(
        id=row.pk,
        state=ObjectiveState(row.state),
        counts_above=counts_above_itself(
            Visibility(row.visibility), counts_when_private=row.counts_when_private
        ),
        weight=weight,
        progress=row.progress,
        expected=row.expected,
        confidence_mean=row.confidence_mean,
        status=Status(row.status),
        likely=_forecast(row.forecast_mean, row.forecast_low, row.forecast_high),
        key_result_count=row.key_result_count,
    )


def key_result_part(row: KeyResult) -> KeyResultPart:
    """A key result from its model row."""
    return _key_result_part(*(getattr(row, name) for name in KEY_RESULT_COLUMNS[1:]))


def _key_result_part(
    pk: UUID,
    kind: str,
    state: str,
    weight: Decimal,
    progress: Decimal | None,
    expected: Decimal | None,
    confidence: int | None,
    status: str,
    mean: Decimal | None,
    low: Decimal | None,
    high: Decimal | None,
    fresh_until: date | None,
    due_until: date | None,
    stale_until: date | None,
    last_heard_on: date | None,
) -> KeyResultPart:
    dates = None
    if fresh_until and due_until and stale_until:
        dates = FreshnessDates(fresh_until, due_until, stale_until)
    return KeyResultPart(
        id=pk,
        kind=KeyResultKind(kind),
        state=KeyResultState(state),
        weight=weight,
        progress=progress,
        expected=expected,
        confidence=confidence,
        status=Status(status),
        forecast=_forecast(mean, low, high),
        freshness=dates,
        last_heard_on=last_heard_on,
    )


def _forecast(mean: Decimal | None, low: Decimal | None, high: Decimal | None) -> Forecast | None:
    if mean is None or low is None or high is None:
        return None
    return Forecast(mean=float(mean), sd=0.0, low=float(low), high=float(high), chance=0.0)
