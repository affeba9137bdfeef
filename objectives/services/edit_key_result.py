"""Change what a key result says or how it is measured."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any, Unpack
from uuid import UUID

from django.db import transaction

from activity.services import record_event
from common.errors import InvalidInput
from objectives.models import KeyResult
from objectives.rules.kinds import KeyResultKind
from objectives.services.changes import differences, json_value, refuse_unknown
from objectives.services.check_key_result import NUMBERS, checked_draft, numbers_of
from objectives.services.create_key_result import COLUMNS
from objectives.services.drafts import KeyResultChanges, KeyResultDraft, draft_of
from objectives.services.locked_rows import locked_key_result, require_running_key_result
from objectives.services.write_parts import write_milestones, write_planned_values
from people.models import User


@transaction.atomic
def edit_key_result(
    *,
    key_result: KeyResult,
    by: User,
    at: datetime,
    expected_version: int | None = None,
    **changes: Unpack[KeyResultChanges],
) -> KeyResult:
    """Replace the fields that are named. Check-ins stay, also when the kind changes.

    A new kind drops numbers and steps for which it has no use; named together with it, they are refused.
    `milestones` and `planned_values` replace the whole list; a step named by its id stays done. An edit that
    changes nothing leaves version and history alone.
    Raises NotAllowed, RuleConflict (it, its objective or its cycle has ended), StaleVersion, InvalidInput.
    """
    refuse_unknown(changes, KeyResultChanges.__annotations__)
    row = locked_key_result(key_result, by=by, expected_version=expected_version)
    require_running_key_result(row)
    before = draft_of(row)
    draft, problems = checked_draft(
        _with_changes(before, dict(changes)),
        organisation_id=row.organisation_id,
        objective_owner=row.objective.owner,
        before=row,
    )
    if problems:
        raise InvalidInput(problems)
    changed = differences(_facts(before), _facts(draft))
    if changed:
        removed = _write(row, draft, at=at)
        record_event(
            verb="key_result.edited",
            subject=row,
            organisation_id=row.organisation_id,
            by=by,
            at=at,
            objective_id=row.objective_id,
            payload={"changes": changed, "milestones_removed": json_value(removed)},
        )
    return row


def _with_changes(before: KeyResultDraft, changes: dict[str, Any]) -> KeyResultDraft:
    try:
        kind = KeyResultKind(changes.get("kind", before.kind))
    except ValueError:
        return replace(before, **changes)
    if kind is not before.kind:
        dropped: dict[str, Any] = {field: None for field in NUMBERS if field not in numbers_of(kind)}
        if kind is not KeyResultKind.MILESTONES:
            dropped["milestones"] = ()
        before = replace(before, **dropped)
    return replace(before, **changes)


def _facts(draft: KeyResultDraft) -> dict[str, Any]:
    facts = {column: getattr(draft, column) for column in COLUMNS}
    facts["milestones"] = [
        {"id": step.id, "title": step.title, "weight": step.weight, "due_on": step.due_on}
        for step in draft.milestones
    ]
    facts["planned_values"] = [{"on": on, "value": value} for on, value in draft.planned_values]
    return facts


def _write(row: KeyResult, draft: KeyResultDraft, *, at: datetime) -> tuple[UUID, ...]:
    for column in COLUMNS:
        setattr(row, column, getattr(draft, column))
    row.version += 1
    row.updated_at = at
    row.save(update_fields=[*COLUMNS, "version", "updated_at"])
    removed = write_milestones(row, draft.milestones)
    write_planned_values(row, draft.planned_values)
    return removed
