"""Snapshots of past days, rebuilt from dated check-ins: for imported and sample history."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from alignment.models import AlignmentLink, ProgressSnapshot
from alignment.rules.graph import topological_order
from alignment.rules.kinds import LinkKind, LinkState, PriorityState
from alignment.rules.numbers import (
    KeyResultPart,
    ObjectivePart,
    aligned_progress,
    objective_numbers,
    priority_numbers,
)
from alignment.services.affected import everything_in
from alignment.services.stored_parts import key_result_part, objective_part
from checkins.models import CheckIn
from checkins.services.refresh_key_results import planned_of, steps_of, surroundings_of
from checkins.services.take_snapshots import COUNTED, Numbers, mean_of, snapshot, store_snapshots
from common.days import day_in
from objectives.models import Cycle, KeyResult, Objective
from objectives.queries.cycles_around import cycles_around
from objectives.rules.expected import expected_share
from objectives.rules.kinds import Status, ValueSource
from objectives.rules.progress import Observation, measure_progress
from people.models import Organisation


@dataclass(frozen=True, slots=True)
class _Known:
    """What one check-in told, in the order in which it became known."""

    observed: tuple[date, datetime]
    progress: Decimal | None
    confidence: int | None


@transaction.atomic
def backfill_snapshots(
    *, organisation: Organisation, days: Sequence[date], cycle_ids: Sequence[UUID] = ()
) -> int:
    """Rebuild snapshots for past days from what was known at the end of each, with today's links and weights.

    `cycle_ids` limits it to those cycles. Returns how many rows were written.
    """
    history = _History(organisation, cycle_ids)
    written = 0
    for day in days:
        written += store_snapshots(history.rows_on(day))
    return written


class _History:
    """The organisation's graph in memory, with what became known about each key result and when."""

    def __init__(self, organisation: Organisation, cycle_ids: Sequence[UUID]) -> None:
        self.organisation = organisation
        self.zone = ZoneInfo(organisation.time_zone)
        objectives = Objective.objects.filter(organisation=organisation, state__in=COUNTED).select_related(
            "cycle"
        )
        self.objectives = {row.pk: row for row in objectives}
        self.wanted = set(cycle_ids)
        self.around = cycles_around(organisation.pk)
        self._cycles = Cycle.objects.filter(organisation=organisation).in_bulk()
        rows = list(
            KeyResult.objects.filter(objective_id__in=self.objectives).select_related(
                "objective__cycle", "objective__organisation"
            )
        )
        planned, steps = planned_of([row.pk for row in rows]), steps_of(rows)
        self.surroundings = {
            row.pk: surroundings_of(row, steps.get(row.pk, []), planned.get(row.pk, [])) for row in rows
        }
        self.fed: dict[UUID, list[tuple[UUID, Decimal]]] = {
            row.pk: [] for row in rows if row.value_source == ValueSource.ALIGNED_OBJECTIVES
        }
        self.parts: dict[UUID, list[KeyResultPart]] = defaultdict(list)
        for row in rows:
            self.parts[row.objective_id].append(key_result_part(row))
        self.closed_on = {
            row.pk: day_in(organisation.time_zone, row.closed_at) for row in rows if row.closed_at
        }
        self.observed: dict[UUID, list[tuple[datetime, Observation]]] = defaultdict(list)
        self.known = self._read_known()
        self._read_links()

    def _read_known(self) -> dict[UUID, tuple[list[datetime], list[_Known]]]:
        known: dict[UUID, tuple[list[datetime], list[_Known]]] = defaultdict(lambda: ([], []))
        rows = CheckIn.objects.filter(key_result__objective_id__in=self.objectives).order_by(
            "known_at", "recorded_at", "pk"
        )
        for key_result, at, observed_on, recorded_at, progress, confidence, value in rows.values_list(
            "key_result_id", "known_at", "observed_on", "recorded_at", "progress", "confidence", "value"
        ):
            if value is not None:
                self.observed[key_result].append((at, Observation(observed_on, value)))
            moments, facts = known[key_result]
            latest = facts[-1] if facts else None
            fact = _Known((observed_on, recorded_at), progress, confidence)
            if latest is not None and latest.observed > fact.observed:
                fact = latest
            elif latest is not None and confidence is None:
                fact = replace(fact, confidence=latest.confidence)
            moments.append(at)
            facts.append(fact)
        return known

    def _read_links(self) -> None:
        links = AlignmentLink.objects.filter(
            organisation=self.organisation,
            kind=LinkKind.CONTRIBUTES,
            state=LinkState.ACTIVE,
            child_id__in=self.objectives,
        )
        self.children: dict[UUID, list[tuple[UUID, Decimal]]] = defaultdict(list)
        self.priority_children: dict[UUID, list[tuple[UUID, Decimal]]] = defaultdict(list)
        for link in links.select_related("priority"):
            if link.priority is not None and link.priority.state == PriorityState.ACTIVE:
                self.priority_children[link.priority.pk].append((link.child_id, link.weight))
            elif link.objective_id is not None:
                self.children[link.objective_id].append((link.child_id, link.weight))
            elif link.key_result_id in self.fed:
                self.fed[link.key_result_id].append((link.child_id, link.weight))
        edges = everything_in(self.organisation.pk).edges
        self.order = [
            pk
            for kind, pk in topological_order(edges, [("objective", pk) for pk in self.objectives])
            if kind == "objective" and pk in self.objectives
        ]

    def rows_on(self, day: date) -> list[ProgressSnapshot]:
        """Snapshot rows of every running cycle at the end of the day."""
        evening = datetime.combine(day + timedelta(days=1), time(), self.zone)
        parts: dict[UUID, ObjectivePart] = {}
        rows: list[ProgressSnapshot] = []
        teams: dict[tuple[UUID, UUID], list[Numbers]] = defaultdict(list)
        for pk in self.order:
            row = self.objectives[pk]
            if row.activated_at is None or row.activated_at >= evening:
                continue
            numbers = objective_numbers(
                [self._part_on(part, day, evening, parts) for part in self.parts[pk]],
                _weighted(self.children[pk], parts),
            )
            parts[pk] = replace(
                objective_part(row, Decimal(1)),
                progress=numbers.progress,
                expected=numbers.expected,
                confidence_mean=numbers.confidence_mean,
                status=Status.NO_DATA,
            )
            if not self._is_running(row.cycle_id, day):
                continue
            three = (numbers.progress, numbers.expected, numbers.confidence_mean)
            rows.append(snapshot(self.organisation.pk, row.cycle_id, "objective", pk, day, three))
            if row.team_id is not None and parts[pk].counts_above:
                teams[(row.cycle_id, row.team_id)].append(three)
        rows += [
            snapshot(self.organisation.pk, c, "team", t, day, mean_of(found))
            for (c, t), found in teams.items()
        ]
        return rows + self._rows_above(day, parts)

    def _rows_above(self, day: date, parts: dict[UUID, ObjectivePart]) -> list[ProgressSnapshot]:
        rows: list[ProgressSnapshot] = []
        whole: dict[UUID, list[Numbers]] = defaultdict(list)
        for priority, children in self.priority_children.items():
            by_cycle: dict[UUID, list[ObjectivePart]] = defaultdict(list)
            for child, weight in children:
                for cycle in self.around[self.objectives[child].cycle_id] if child in parts else ():
                    by_cycle[cycle].append(replace(parts[child], weight=weight))
            for cycle, found in by_cycle.items():
                if self._is_running(cycle, day):
                    numbers = priority_numbers(found)
                    three = (numbers.progress, numbers.expected, numbers.confidence_mean)
                    rows.append(snapshot(self.organisation.pk, cycle, "priority", priority, day, three))
                    whole[cycle].append(three)
        for cycle, found_numbers in whole.items():
            rows.append(
                snapshot(
                    self.organisation.pk,
                    cycle,
                    "organisation",
                    self.organisation.pk,
                    day,
                    mean_of(found_numbers),
                )
            )
        return rows

    def _part_on(
        self, part: KeyResultPart, day: date, evening: datetime, below: Mapping[UUID, ObjectivePart]
    ) -> KeyResultPart:
        moments, facts = self.known.get(part.id, ([], []))
        place = bisect_right(moments, evening) - 1
        around = self.surroundings[part.id]
        expected = expected_share(
            around.measure, planned=around.planned, starts_on=around.starts_on, ends_on=around.ends_on, on=day
        )
        confidence = facts[place].confidence if place >= 0 else None
        if part.id in self.fed:
            progress = aligned_progress(_weighted(self.fed[part.id], below))
        elif part.kind.is_guardrail:
            progress = self._held_until(part.id, day, evening)
        elif place >= 0:
            progress = facts[place].progress
        else:
            progress = None if part.kind == "baseline" else Decimal(0)
        return replace(
            part, progress=progress, confidence=confidence, expected=expected, status=Status.NO_DATA
        )

    def _held_until(self, guardrail: UUID, day: date, evening: datetime) -> Decimal | None:
        """Share of days in band up to the day, or the close before it, by the values that were known then."""
        known = sorted(
            (one for at, one in self.observed.get(guardrail, ()) if at <= evening), key=lambda one: one.on
        )
        until = min(day, self.closed_on.get(guardrail, day))
        return measure_progress(self.surroundings[guardrail].measure, known, today=until).progress

    def _is_running(self, cycle_id: UUID, day: date) -> bool:
        if self.wanted and cycle_id not in self.wanted:
            return False
        cycle = self._cycles[cycle_id]
        starts, ends = cycle.starts_on or day, cycle.ends_on or day
        return starts <= day <= ends


def _weighted(
    links: Sequence[tuple[UUID, Decimal]], parts: Mapping[UUID, ObjectivePart]
) -> list[ObjectivePart]:
    """Contributors that were there already, with the weights of their links."""
    return [replace(parts[child], weight=weight) for child, weight in links if child in parts]
