"""Keeping stored numbers exact when objectives, key results or cycles change: reactions to their events."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from activity.models import Event
from activity.services import subscribe
from activity.services.keep_versions import forget_copies
from alignment.models import AlignmentLink, StrategicPriority
from alignment.rules.kinds import LinkKind, LinkState
from alignment.rules.numbers import counted_children
from alignment.services.roll_up import roll_up
from alignment.services.stored_parts import CHILD_COLUMNS, part_of_columns
from checkins.services.rebuild_numbers import rebuild_numbers
from checkins.services.refresh_key_results import (
    refresh_key_results,
    standings_of,
    write_standings,
)
from common.days import day_in
from objectives.models import KeyResult, Objective
from people.models import Organisation

OBJECTIVE_VERBS = ("created", "edited", "activated", "paused", "reopened", "cancelled", "deleted", "restored")
KEY_RESULT_VERBS = (
    "created",
    "edited",
    "activated",
    "paused",
    "cancelled",
    "deleted",
    "restored",
)


def follow_changes() -> None:
    """Subscribe; called once when the app is ready."""
    for verb in OBJECTIVE_VERBS:
        subscribe(f"objective.{verb}", refresh_objective)
    for verb in KEY_RESULT_VERBS:
        subscribe(f"key_result.{verb}", refresh_objective)
    subscribe("key_result.closed", freeze_key_result)
    subscribe("objective.closed", freeze_objective)
    subscribe("cycle.edited", refresh_cycle)
    subscribe("organisation.edited", follow_zone)


def refresh_objective(event: Event) -> None:
    """Refresh the objective's key results and everything above it. The writer holds the graph exclusively."""
    _refresh([event.objective_id or event.subject_id], event.organisation_id, event.at)


def freeze_objective(event: Event) -> None:
    """Compute a just closed objective one last time; from now on it keeps these numbers."""
    today = _day_of(event.organisation_id, event.at)
    write_standings(standings_of(_key_results_of([event.subject_id]), today=today), at=event.at)
    roll_up(
        organisation_id=event.organisation_id,
        today=today,
        objective_ids=[event.subject_id],
        thawed=[event.subject_id],
        at=event.at,
    )
    _remember_children(event.subject_id)


def _remember_children(objective_id: UUID) -> None:
    """Keep what counted at the close, so that the frozen number can explain itself whatever happens below it."""
    links = AlignmentLink.objects.filter(
        objective_id=objective_id,
        kind=LinkKind.CONTRIBUTES,
        state=LinkState.ACTIVE,
        child__deleted_at__isnull=True,
    )
    parts = [part_of_columns(columns)[0] for columns in links.values_list(*CHILD_COLUMNS)]
    counted = {
        str(part.id): [str(part.weight), str(part.progress)]
        for part in counted_children(parts)
        if part.progress is not None
    }
    Objective.objects.filter(pk=objective_id).update(closing_children=counted)


def freeze_key_result(event: Event) -> None:
    """Compute a just closed key result one last time; from now on it keeps these numbers."""
    objective_id, today = event.objective_id or event.subject_id, _day_of(event.organisation_id, event.at)
    closed = [row for row in _key_results_of([objective_id]) if row.pk == event.subject_id]
    write_standings(standings_of(closed, today=today), at=event.at)
    roll_up(organisation_id=event.organisation_id, today=today, objective_ids=[objective_id], at=event.at)


def refresh_cycle(event: Event) -> None:
    """New dates change what is expected and likely in the whole cycle; another cycle around it changes what
    priorities count, also what lies in the cycles inside it."""
    ids = list(Objective.objects.filter(cycle_id=event.subject_id).values_list("pk", flat=True))
    priorities: list[UUID] = []
    if "parent" in event.payload.get("changes", {}):
        everything = StrategicPriority.objects.filter(organisation_id=event.organisation_id)
        priorities = list(everything.values_list("pk", flat=True))
    _refresh(ids, event.organisation_id, event.at, priority_ids=priorities)


def follow_zone(event: Event) -> None:
    """Another time zone moves the days from which rhythms count, and perhaps today. The writer holds the graph."""
    if "time_zone" in event.payload.get("changes", {}):
        forget_copies(event.organisation_id)
        organisation = Organisation.objects.get(pk=event.organisation_id)
        rebuild_numbers(organisation=organisation, today=day_in(organisation.time_zone, event.at))


def _refresh(
    objective_ids: list[UUID], organisation_id: UUID, at: datetime, *, priority_ids: Sequence[UUID] = ()
) -> None:
    today = _day_of(organisation_id, at)
    refresh_key_results(key_results=_key_results_of(objective_ids), today=today, at=at)
    roll_up(
        organisation_id=organisation_id,
        today=today,
        objective_ids=objective_ids,
        priority_ids=priority_ids,
        at=at,
    )


def _key_results_of(objective_ids: list[UUID]) -> list[KeyResult]:
    rows = KeyResult.objects.select_for_update(of=("self",)).filter(objective_id__in=objective_ids)
    return list(rows.select_related("objective__cycle", "objective__organisation").order_by("pk"))


def _day_of(organisation_id: UUID, at: datetime) -> date:
    zone = Organisation.objects.only("time_zone").get(pk=organisation_id).time_zone
    return day_in(zone, at)
