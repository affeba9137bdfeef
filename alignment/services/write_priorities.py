"""State strategic priorities: write, edit, activate, retire, rank."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any, TypedDict, Unpack
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from alignment.models import StrategicPriority
from alignment.rules.kinds import PriorityState, RevisionKind
from alignment.services.ask_reached import ask_reached, release_questions
from alignment.services.check_priority import checked_fields
from alignment.services.draft_revision import save_draft
from alignment.services.numbers_after_change import roll_up_after_change
from alignment.services.priority_rows import (
    keep_present_version,
    keep_version,
    locked_priority,
    record_priority,
    require_may_state,
    save_priority,
)
from common.errors import InvalidInput, RuleConflict
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
    sponsor: User | None
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
    require_may_state(by)
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
    if state == PriorityState.ACTIVE:
        keep_version(priority, RevisionKind.STATED, by=by, at=at)
    record_priority(priority, "priority.created", by=by, at=at, payload={"title": priority.title})
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
    """Replace the fields that are named: in a draft at once; of an active priority they are written into the draft
    of its next version (publish_revision puts that into force), and the row stays as it is.

    `expected_version` is held against `revision`. Raises NotAllowed, StaleVersion, RuleConflict (retired), InvalidInput.
    """
    refuse_unknown(changes, PriorityFields.__annotations__)
    row = locked_priority(priority, by=by)
    require_version(row, row.revision, expected_version)
    if row.state == PriorityState.RETIRED:
        raise RuleConflict(f"“{row.title}” is retired and takes no more changes.", code="priority_state")
    if row.state == PriorityState.ACTIVE:
        named: dict[str, Any] = dict(changes)
        kept = {name: named.pop(name) for name in ("external_id",) if name in named}
        save_draft(priority=row, by=by, at=at, **named)
        changes = PriorityFields(**kept)  # type: ignore[typeddict-item]
    fields = checked_fields(dict(changes), priority=row)
    changed = differences({field: getattr(row, field) for field in fields}, fields)
    if changed:
        number = row.revision + 1 if row.state == PriorityState.DRAFT else row.revision
        save_priority(row, {**fields, "revision": number}, at=at)
        record_priority(row, "priority.edited", by=by, at=at, payload={"changes": changed})
    return row


@transaction.atomic
def activate_priority(*, priority: StrategicPriority, by: User, at: datetime) -> StrategicPriority:
    """Publish a draft, or take up a retired priority; an active one stays as it is. Raises NotAllowed."""
    row = locked_priority(priority, by=by)
    changes = {
        "state": PriorityState.ACTIVE,
        "state_reason": "",
        "retired_at": None,
        "activated_at": row.activated_at or at,
    }
    kind = RevisionKind.TAKEN_UP if row.state == PriorityState.RETIRED else RevisionKind.STATED
    return _move(row, "priority.activated", changes, kind, by=by, at=at)


@transaction.atomic
def retire_priority(*, priority: StrategicPriority, by: User, at: datetime, reason: str) -> StrategicPriority:
    """Nothing leads there any more; its links and history stay, and every open objective below is asked what now.

    Needs a reason; a repeat changes nothing. Raises NotAllowed, InvalidInput.
    """
    row = locked_priority(priority, by=by)
    why = checked_reason(reason, "say why it is retired")
    changes = {"state": PriorityState.RETIRED, "state_reason": why, "retired_at": at}
    return _move(row, "priority.retired", changes, RevisionKind.RETIRED, by=by, at=at)


@transaction.atomic
def rank_priorities(
    *,
    ordered_ids: Sequence[UUID],
    by: User,
    at: datetime,
    reason: str = "",
    asks: Collection[UUID] = (),
) -> tuple[StrategicPriority, ...]:
    """The named priorities come first, in this order, then the others that are not retired, then the retired.

    A new order is told, not asked; those in `asks` whose rank changes publish a version with the reason, and every
    open objective below is asked. Raises NotAllowed, InvalidInput (an id that is not there, or retired; `asks`
    without a reason). Returns those not retired.
    """
    lock_graph(by.organisation_id, exclusively=True)
    require_may_state(by)
    why = checked_reason(reason, "say why the order changes") if asks else ""
    rows = list(
        StrategicPriority.objects.select_for_update(of=("self",))
        .filter(organisation_id=by.organisation_id)
        .select_related("owner", "sponsor")
        .order_by("rank", "pk")
    )
    kept = {row.pk: row for row in rows if row.state != PriorityState.RETIRED}
    if any(pk not in kept for pk in ordered_ids):
        raise InvalidInput([not_found("ordered_ids", "priority")])
    named = [kept[pk] for pk in dict.fromkeys(ordered_ids)]
    others = [row for row in kept.values() if row.pk not in set(ordered_ids)]
    retired = [row for row in rows if row.pk not in kept]
    for rank, row in enumerate([*named, *others, *retired], start=1):
        if row.rank != rank:
            is_asked = row.pk in asks and row.state == PriorityState.ACTIVE
            _rank(row, rank, why if is_asked else "", by=by, at=at)
    return (*named, *others)


def _rank(row: StrategicPriority, rank: int, reason: str, *, by: User, at: datetime) -> None:
    """With a reason the new rank is a version of its own that asks."""
    payload: dict[str, Any] = {"changes": {"rank": [row.rank, rank]}}
    if not reason:
        save_priority(row, {"rank": rank}, at=at)
        record_priority(row, "priority.ranked", by=by, at=at, payload=payload)
        return
    keep_present_version(row)
    save_priority(row, {"rank": rank, "revision": row.revision + 1}, at=at)
    record_priority(row, "priority.ranked", by=by, at=at, payload={**payload, "reason": reason})
    revision = keep_version(row, RevisionKind.RANKED, by=by, at=at, reason=reason)
    ask_reached(revision=revision, by=by, at=at)


def _move(
    row: StrategicPriority,
    verb: str,
    changes: dict[str, Any],
    kind: RevisionKind,
    *,
    by: User,
    at: datetime,
) -> StrategicPriority:
    """A change of state is a version too; only retiring asks, since what is new has nobody below who knew better."""
    if changes["state"] == row.state:
        return row
    if row.state != PriorityState.DRAFT:
        keep_present_version(row)
    changed = differences({field: getattr(row, field) for field in changes}, changes)
    number = 1 if kind == RevisionKind.STATED else row.revision + 1
    save_priority(row, {**changes, "revision": number}, at=at)
    record_priority(row, verb, by=by, at=at, payload={"changes": changed, "reason": row.state_reason})
    revision = keep_version(row, kind, by=by, at=at, reason=row.state_reason)
    if kind == RevisionKind.RETIRED:
        ask_reached(revision=revision, by=by, at=at)
    elif kind == RevisionKind.TAKEN_UP:
        release_questions(row, at=at)
    roll_up_after_change(organisation_id=row.organisation_id, at=at, priority_ids=[row.pk])
    return row
