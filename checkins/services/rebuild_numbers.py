"""Recomputing every stored number of an organisation, from its check-ins up."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from alignment.services.affected import everything_in
from alignment.services.locked import lock_affected
from alignment.services.roll_up import roll_up
from alignment.services.store_rows import Changed, store_rows
from checkins.services.refresh_key_results import (
    is_frozen,
    planned_of,
    refresh_key_results,
    standings_of,
    steps_of,
    surroundings_of,
    write_standings,
)
from common.locks import lock_graph, try_lock_graph
from objectives.models import KeyResult
from objectives.rules.expected import expected_share
from objectives.rules.kinds import KeyResultKind
from people.models import Organisation

BATCH = 1000


@transaction.atomic
def rebuild_numbers(*, organisation: Organisation, today: date, thawed: Collection[UUID] = ()) -> None:
    """Recompute and store whatever differs, as of the end of `today` in the organisation's zone.

    `thawed` names closed objectives to recompute too, as of their last day: history that was just brought in.
    Every other closed objective keeps the numbers frozen at its close.
    """
    lock_graph(organisation.pk, exclusively=True)
    ids = list(
        KeyResult.objects.filter(organisation=organisation).order_by("pk").values_list("pk", flat=True)
    )
    for start in range(0, len(ids), BATCH):
        rows = _with_surroundings(ids[start : start + BATCH])
        refresh_key_results(key_results=rows, today=today)
        _thaw([row for row in rows if row.objective_id in thawed and is_frozen(row)], today)
    _roll_up_everything(organisation, today, thawed=thawed)


@transaction.atomic
def turn_day(*, organisation: Organisation, today: date, waits: bool = True) -> bool:
    """Bring the stored numbers that depend on the day up to `today`: expected values and guardrails.

    Cheap when it has been done already; returns whether anything was done. With `waits` False it gives up at once
    while somebody else holds the graph: a page then shows the day before for a moment instead of waiting.
    """
    if organisation.expected_on == today:
        return False
    if waits:
        lock_graph(organisation.pk, exclusively=True)
    elif not try_lock_graph(organisation.pk):
        return False
    organisation.refresh_from_db(fields=["expected_on"])
    if organisation.expected_on == today:
        return False
    ids = list(KeyResult.objects.filter(organisation=organisation).order_by("pk").values_list("pk", "kind"))
    guardrails = [pk for pk, kind in ids if KeyResultKind(kind).is_guardrail]
    others = [pk for pk, kind in ids if not KeyResultKind(kind).is_guardrail]
    refresh_key_results(key_results=_with_surroundings(guardrails), today=today)
    for start in range(0, len(others), BATCH):
        _refresh_expected(_with_surroundings(others[start : start + BATCH]), today)
    _roll_up_everything(organisation, today)
    return True


def _roll_up_everything(organisation: Organisation, today: date, *, thawed: Collection[UUID] = ()) -> None:
    affected = everything_in(organisation.pk)
    roll_up(
        organisation_id=organisation.pk,
        today=today,
        affected=affected,
        locked=lock_affected(affected),
        thawed=thawed,
    )
    organisation.expected_on = today
    organisation.save(update_fields=["expected_on"])


def _thaw(rows: list[KeyResult], today: date) -> None:
    """Compute frozen key results as of the last day of their cycle, or the later day on which they were closed."""
    by_day: dict[date, list[KeyResult]] = {}
    for row in rows:
        by_day.setdefault(min(today, _closing_day(row) or today), []).append(row)
    for day, group in by_day.items():
        write_standings(standings_of(group, today=day))


def _closing_day(row: KeyResult) -> date | None:
    """A result is often told some days after its cycle ended; it counts still."""
    zone = ZoneInfo(row.objective.organisation.time_zone)
    closed_on = row.closed_at.astimezone(zone).date() if row.closed_at else None
    return max(filter(None, (row.objective.cycle.ends_on, closed_on)), default=None)


def _refresh_expected(rows: list[KeyResult], today: date) -> None:
    planned = planned_of([row.pk for row in rows])
    steps = steps_of(rows)
    changed: Changed = []
    for row in rows:
        if is_frozen(row):
            continue
        around = surroundings_of(row, steps.get(row.pk, []), planned.get(row.pk, []))
        expected = expected_share(
            around.measure,
            planned=around.planned,
            starts_on=around.starts_on,
            ends_on=around.ends_on,
            on=today,
        )
        if row.expected != expected:
            row.expected = expected
            changed.append((row, ["expected"]))
    store_rows(KeyResult, changed, ("expected",))


def _with_surroundings(ids: list[UUID]) -> list[KeyResult]:
    return list(
        KeyResult.objects.filter(pk__in=ids)
        .select_related("objective__cycle", "objective__organisation")
        .order_by("pk")
    )
