"""State strategic priorities: write, edit, activate, retire, rank."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, TypedDict, Unpack
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from activity.services import record_event
from alignment.models import StrategicPriority
from alignment.permissions import can_state_priorities
from alignment.rules.kinds import PriorityState
from alignment.services.check_priority import checked_fields
from alignment.services.numbers_after_change import roll_up_after_change
from common.errors import InvalidInput, NotAllowed, RuleConflict
from common.locks import lock_graph
from objectives.services.changes import differences, refuse_unknown
from objectives.services.check_reason import checked_reason
from objectives.services.locked_rows import require_version
from objectives.services.placing import not_found
from people.models import User


class PriorityFields(TypedDict, total=False):
    """What a priority is told: `narrative` is why now, `not_doing` what we will not do."""

    title: str
    narrative: str
    not_doing: str
    owner: User | None
    starts_on: date | None
    ends_on: date | None
    external_id: str | None


@transaction.atomic
def create_priority(
    *,
    by: User,
    at: datetime,
    state: PriorityState = PriorityState.ACTIVE,
    **fields: Unpack[PriorityFields],
) -> StrategicPriority:
    """A new priority, ranked last; `title` is needed, `state` is active or draft.

    Raises NotAllowed (leaders and administrators only), InvalidInput.
    """
    refuse_unknown(fields, PriorityFields.__annotations__)
    lock_graph(by.organisation_id, exclusively=True)
    _require_may_state(by)
    if state not in (PriorityState.ACTIVE, PriorityState.DRAFT):
        raise InvalidInput.of("state", "unknown", "a new priority is active or a draft")
    priority = StrategicPriority(
        organisation_id=by.organisation_id,
        state=state,
        created_by=by,
        created_at=at,
        updated_at=at,
        activated_at=at if state == PriorityState.ACTIVE else None,
    )
    for field, value in checked_fields({"title": "", **fields}, priority=priority).items():
        setattr(priority, field, value)
    rows = StrategicPriority.objects.filter(organisation_id=by.organisation_id)
    priority.rank = (rows.exclude(state=PriorityState.RETIRED).aggregate(last=Max("rank"))["last"] or 0) + 1
    priority.save(force_insert=True)
    _record(priority, "priority.created", by=by, at=at, payload={"title": priority.title})
    return priority


@transaction.atomic
def edit_priority(
    *,
    priority: StrategicPriority,
    by: User,
    at: datetime,
    expected_version: int | None = None,
    **changes: Unpack[PriorityFields],
) -> StrategicPriority:
    """Replace the fields that are named; `revision`, which `expected_version` is held against, counts up.

    Raises NotAllowed, StaleVersion, RuleConflict (retired), InvalidInput.
    """
    refuse_unknown(changes, PriorityFields.__annotations__)
    row = _locked(priority, by=by)
    require_version(row, row.revision, expected_version)
    if row.state == PriorityState.RETIRED:
        raise RuleConflict(f"“{row.title}” is retired and takes no more changes.", code="priority_state")
    fields = checked_fields(dict(changes), priority=row)
    changed = differences({field: getattr(row, field) for field in fields}, fields)
    if changed:
        _save(row, {**fields, "revision": row.revision + 1}, at=at)
        _record(row, "priority.edited", by=by, at=at, payload={"changes": changed})
    return row


@transaction.atomic
def activate_priority(*, priority: StrategicPriority, by: User, at: datetime) -> StrategicPriority:
    """Publish a draft, or take up a retired priority; an active one stays as it is. Raises NotAllowed."""
    row = _locked(priority, by=by)
    changes = {
        "state": PriorityState.ACTIVE,
        "state_reason": "",
        "retired_at": None,
        "activated_at": row.activated_at or at,
    }
    return _move(row, "priority.activated", changes, by=by, at=at)


@transaction.atomic
def retire_priority(*, priority: StrategicPriority, by: User, at: datetime, reason: str) -> StrategicPriority:
    """Nothing leads there any more; its links and history stay. Needs a reason; a repeat changes nothing.

    Raises NotAllowed, InvalidInput.
    """
    row = _locked(priority, by=by)
    why = checked_reason(reason, "say why it is retired")
    changes = {"state": PriorityState.RETIRED, "state_reason": why, "retired_at": at}
    return _move(row, "priority.retired", changes, by=by, at=at)


@transaction.atomic
def rank_priorities(*, ordered_ids: Sequence[UUID], by: User, at: datetime) -> tuple[StrategicPriority, ...]:
    """The named priorities come first, in this order, then the others that are not retired, then the retired.

    Raises NotAllowed, InvalidInput (an id that is not there, or retired). Returns those not retired.
    """
    lock_graph(by.organisation_id, exclusively=True)
    _require_may_state(by)
    rows = list(
        StrategicPriority.objects.select_for_update()
        .filter(organisation_id=by.organisation_id)
        .order_by("rank", "pk")
    )
    kept = {row.pk: row for row in rows if row.state != PriorityState.RETIRED}
    if any(pk not in kept for pk in ordered_ids):
        raise InvalidInput([not_found("ordered_ids", "priority")])
    named = [kept[pk] for pk in dict.fromkeys(ordered_ids)]
    others = [row for row in kept.values() if row.pk not in set(ordered_ids)]
    retired = [row for row in rows if row.pk not in kept]
    for rank, row in enumerate([*named, *others, *retired], start=1):
        before = row.rank
        if before != rank:
            _save(row, {"rank": rank}, at=at)
            _record(row, "priority.ranked", by=by, at=at, payload={"changes": {"rank": [before, rank]}})
    return (*named, *others)


def _require_may_state(by: User) -> None:
    if not can_state_priorities(by):
        raise NotAllowed("Leaders and administrators state priorities.")


def _locked(priority: StrategicPriority, *, by: User) -> StrategicPriority:
    lock_graph(priority.organisation_id, exclusively=True)
    _require_may_state(by)
    if by.organisation_id != priority.organisation_id:
        raise NotAllowed("Leaders and administrators state priorities.")
    return StrategicPriority.objects.select_for_update(of=("self",)).get(pk=priority.pk)


def _move(
    row: StrategicPriority, verb: str, changes: dict[str, Any], *, by: User, at: datetime
) -> StrategicPriority:
    if changes["state"] == row.state:
        return row
    changed = differences({field: getattr(row, field) for field in changes}, changes)
    _save(row, {**changes, "revision": row.revision + 1}, at=at)
    _record(row, verb, by=by, at=at, payload={"changes": changed, "reason": row.state_reason})
    roll_up_after_change(organisation_id=row.organisation_id, at=at, priority_ids=[row.pk])
    return row


def _save(row: StrategicPriority, fields: dict[str, Any], *, at: datetime) -> None:
    for field, value in {**fields, "updated_at": at}.items():
        setattr(row, field, value)
    row.save(update_fields=[*fields, "updated_at"])


def _record(
    priority: StrategicPriority, verb: str, *, by: User, at: datetime, payload: dict[str, Any]
) -> None:
    record_event(
        verb=verb, subject=priority, organisation_id=priority.organisation_id, by=by, at=at, payload=payload
    )
