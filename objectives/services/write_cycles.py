"""Set up cycles and lead them from planning to closed."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, TypedDict, Unpack

from django.db import transaction

from activity.services import record_event
from common.errors import FieldProblem, InvalidInput, NotAllowed, RuleConflict
from common.locks import lock_graph
from common.words import clean_words
from objectives.models import Cycle, Objective
from objectives.permissions import can_manage_cycles
from objectives.rules.cycles import cycle_after_activate, cycle_after_close
from objectives.rules.kinds import CycleState, ObjectiveState
from objectives.rules.lifecycle import TransitionRefused, is_open_objective
from objectives.services.changes import differences, refuse_unknown
from objectives.services.locked_rows import require_open_cycle
from objectives.services.placing import clean_external_id, fresh_cycle
from people.models import User


class CycleFields(TypedDict, total=False):
    """What a cycle is told; `parent` is the longer cycle that it lies in."""

    name: str
    starts_on: date | None
    ends_on: date | None
    parent: Cycle | None
    external_id: str | None


@transaction.atomic
def create_cycle(*, by: User, at: datetime, **fields: Unpack[CycleFields]) -> Cycle:
    """A new cycle in planning; `name` is needed, dates may be unknown, overlaps are fine.

    Raises NotAllowed (administrators only), InvalidInput.
    """
    refuse_unknown(fields, CycleFields.__annotations__)
    lock_graph(by.organisation_id, exclusively=True)
    _require_may_manage(by)
    ready = _checked({"name": "", **fields}, cycle=Cycle(organisation_id=by.organisation_id))
    cycle = Cycle.objects.create(organisation_id=by.organisation_id, created_at=at, updated_at=at, **ready)
    _record(cycle, "cycle.created", by=by, at=at, payload={"name": cycle.name})
    return cycle


@transaction.atomic
def edit_cycle(*, cycle: Cycle, by: User, at: datetime, **changes: Unpack[CycleFields]) -> Cycle:
    """Replace the fields that are named. Raises NotAllowed, RuleConflict (closed), InvalidInput."""
    refuse_unknown(changes, CycleFields.__annotations__)
    row = _locked(cycle, by=by)
    require_open_cycle(row)
    ready = _checked(dict(changes), cycle=row)
    changed = differences({field: getattr(row, field) for field in ready}, ready)
    if changed:
        _save(row, ready, at=at)
        _record(row, "cycle.edited", by=by, at=at, payload={"changes": changed})
    return row


@transaction.atomic
def activate_cycle(*, cycle: Cycle, by: User, at: datetime) -> Cycle:
    """Start it; on an active one it changes nothing. Raises NotAllowed, RuleConflict (naming the state)."""
    row = _locked(cycle, by=by)
    try:
        state = cycle_after_activate(CycleState(row.state))
    except TransitionRefused as refused:
        raise RuleConflict(f"“{row.name}”: {refused}.", code="cycle_state") from refused
    return _move(row, state, "cycle.activated", by=by, at=at)


@transaction.atomic
def close_cycle(*, cycle: Cycle, by: User, at: datetime) -> Cycle:
    """The first call makes an active cycle `closing`, the second, with no objective open, `closed`.

    Raises NotAllowed, RuleConflict naming how many objectives are still open, or the state.
    """
    row = _locked(cycle, by=by)
    running = [state for state in ObjectiveState if is_open_objective(state)]
    open_count = Objective.objects.filter(cycle=row, state__in=running).count()
    try:
        state = cycle_after_close(CycleState(row.state), open_objective_count=open_count)
    except TransitionRefused as refused:
        code = "objectives_open" if open_count and row.state == CycleState.CLOSING else "cycle_state"
        raise RuleConflict(f"“{row.name}”: {refused}.", code=code) from refused
    return _move(row, state, f"cycle.{state.value}", by=by, at=at)


def _require_may_manage(by: User) -> None:
    if not can_manage_cycles(by):
        raise NotAllowed("Only administrators manage cycles.")


def _locked(cycle: Cycle, *, by: User) -> Cycle:
    lock_graph(cycle.organisation_id, exclusively=True)
    if by.organisation_id != cycle.organisation_id:
        raise NotAllowed("Only administrators manage cycles.")
    _require_may_manage(by)
    return Cycle.objects.select_for_update(of=("self",)).select_related("parent").get(pk=cycle.pk)


def _checked(fields: dict[str, Any], *, cycle: Cycle) -> dict[str, Any]:
    problems: list[FieldProblem] = []
    ready = dict(fields)
    if "name" in ready:
        ready["name"] = clean_words(
            ready["name"], field="name", problems=problems, limit=200, needed="give the cycle a name"
        )
    starts_on, ends_on = (ready.get(field, getattr(cycle, field)) for field in ("starts_on", "ends_on"))
    if starts_on is not None and ends_on is not None and ends_on < starts_on:
        problems.append(FieldProblem("ends_on", "before_start", "the last day lies before the first"))
    if ready.get("parent") is not None:
        ready["parent"] = fresh_cycle(
            ready["parent"], organisation_id=cycle.organisation_id, problems=problems, field="parent"
        )
        if _lies_inside(ready["parent"], cycle):
            problems.append(FieldProblem("parent", "loop", "a cycle cannot lie inside itself"))
    if "external_id" in ready:
        ready["external_id"] = clean_external_id(
            ready["external_id"],
            model=Cycle,
            organisation_id=cycle.organisation_id,
            problems=problems,
            own_id=cycle.pk,
        )
    if problems:
        raise InvalidInput(problems)
    return ready


def _lies_inside(inner: Cycle | None, outer: Cycle) -> bool:
    seen = set()
    while inner is not None and inner.pk not in seen:
        if inner.pk == outer.pk:
            return True
        seen.add(inner.pk)
        inner = inner.parent
    return False


def _move(row: Cycle, state: CycleState, verb: str, *, by: User, at: datetime) -> Cycle:
    if state == row.state:
        return row
    before = row.state
    _save(row, {"state": state, "closed_at": at if state is CycleState.CLOSED else None}, at=at)
    _record(row, verb, by=by, at=at, payload={"changes": {"state": [str(before), state.value]}})
    return row


def _save(row: Cycle, fields: dict[str, Any], *, at: datetime) -> None:
    for field, value in {**fields, "updated_at": at}.items():
        setattr(row, field, value)
    row.save(update_fields=[*fields, "updated_at"])


def _record(cycle: Cycle, verb: str, *, by: User, at: datetime, payload: dict[str, Any]) -> None:
    record_event(
        verb=verb, subject=cycle, organisation_id=cycle.organisation_id, by=by, at=at, payload=payload
    )
