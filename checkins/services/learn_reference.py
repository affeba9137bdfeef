"""Learning from closed cycles how key results of this organisation usually go (RULES §5)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from activity.models import Event
from activity.services import enqueue, record_event
from checkins.models import CheckIn
from checkins.rules.experience import mid_cycle_of
from checkins.rules.standing import Statement
from checkins.services.rebuild_numbers import rebuild_numbers
from checkins.services.refresh_key_results import planned_of, steps_of, surroundings_of
from common.days import day_in
from common.locks import lock_graph
from objectives.models import KeyResult
from objectives.rules.forecast import MidCycle, Reference, learn_reference
from objectives.rules.kinds import (
    CycleState,
    KeyResultKind,
    KeyResultState,
    ObjectiveState,
    ValueSource,
    Visibility,
)
from people.models import Organisation

LEARN_JOB = "checkins.learn_reference"
BATCH = 1000
DIGITS = 4


def learn_after_close(event: Event) -> None:
    """Reaction to `cycle.closed`."""
    ask_to_learn(organisation_id=event.organisation_id, at=event.at)


def ask_to_learn(*, organisation_id: UUID, at: datetime) -> None:
    """Have the organisation learn in the background: every open forecast may change."""
    enqueue(LEARN_JOB, {"organisation_id": str(organisation_id)}, at=at)


@transaction.atomic
def learn_from_closed(*, organisation: Organisation, at: datetime) -> Reference:
    """Learn the reference pace and scale from all closed cycles; forecasts use them from now on.

    Numbers that closing froze stay as they are; what was in use until when stands in the log. Nothing is written
    when there is nothing new to learn.
    """
    learned = _learned(organisation)
    fields = {
        "reference_pace": round(learned.ref_pace, DIGITS),
        "forecast_scale": round(learned.scale, DIGITS),
    }
    lock_graph(organisation.pk, exclusively=True)
    row = Organisation.objects.select_for_update().get(pk=organisation.pk)
    changes = {
        name: [getattr(row, name), value] for name, value in fields.items() if getattr(row, name) != value
    }
    if changes:
        Organisation.objects.filter(pk=row.pk).update(**fields)
        row.refresh_from_db()
        rebuild_numbers(organisation=row, today=day_in(row.time_zone, at))
        record_event(
            verb="organisation.forecasts_learned",
            subject=row,
            organisation_id=row.pk,
            by=None,
            at=at,
            payload={"name": row.name, "changes": changes},
        )
    return Reference(ref_pace=fields["reference_pace"], scale=fields["forecast_scale"])


def _learned(organisation: Organisation) -> Reference:
    """The pace first, from how key results ended; then the width, from forecasts made with that pace."""
    closed = _closed_key_results(organisation)
    finals = {pk: float(raw) for pk, raw in closed.values_list("pk", "raw_progress") if raw is not None}
    pace = learn_reference(list(finals.values())).ref_pace
    return learn_reference(list(finals.values()), list(_mid_cycles(organisation, finals, pace)))


def _closed_key_results(organisation: Organisation) -> QuerySet[KeyResult]:
    """Key results that ended with their cycle after somebody reported on them, of kinds that have a forecast.

    Those fed by other objectives would count these a second time; what counts in no number above itself teaches
    nobody either.
    """
    found = KeyResult.objects.filter(
        Q(objective__visibility=Visibility.ORGANISATION) | Q(objective__counts_when_private=True),
        organisation=organisation,
        state=KeyResultState.CLOSED,
        kind__in=[kind for kind in KeyResultKind if kind.has_forecast],
        has_data=True,
        objective__deleted_at__isnull=True,
        objective__state=ObjectiveState.CLOSED,
        objective__cycle__state=CycleState.CLOSED,
        objective__cycle__starts_on__isnull=False,
        objective__cycle__ends_on__isnull=False,
    )
    return found.exclude(value_source=ValueSource.ALIGNED_OBJECTIVES)


def _mid_cycles(organisation: Organisation, finals: dict[UUID, float], pace: float) -> Iterator[MidCycle]:
    ids = sorted(finals)
    for start in range(0, len(ids), BATCH):
        part = ids[start : start + BATCH]
        rows = list(
            KeyResult.objects.filter(pk__in=part).select_related(
                "objective__cycle", "objective__organisation"
            )
        )
        said, steps, planned = _statements_of(part), steps_of(rows), planned_of(part)
        for row in rows:
            around = surroundings_of(row, steps.get(row.pk, []), planned.get(row.pk, []))
            one = mid_cycle_of(around, said.get(row.pk, []), final=finals[row.pk], ref_pace=pace)
            if one is not None:
                yield one


def _statements_of(ids: Sequence[UUID]) -> dict[UUID, list[Statement]]:
    """What was reported, in the order in which it counts."""
    found: dict[UUID, list[Statement]] = defaultdict(list)
    rows = CheckIn.objects.filter(key_result_id__in=ids).order_by("observed_on", "recorded_at", "id")
    for key_result, on, at, value, done in rows.values_list(
        "key_result_id", "observed_on", "recorded_at", "value", "milestones_done"
    ):
        steps = None if done is None else frozenset(done)
        found[key_result].append(Statement(on, at, value=value, steps_done=steps))
    return found
