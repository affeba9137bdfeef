"""Add a key result to an objective."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Unpack

from django.db import transaction
from django.db.models import Max

from activity.services import record_event
from common.errors import FieldProblem, InvalidInput
from objectives.models import KeyResult, Objective
from objectives.rules.kinds import ObjectiveState
from objectives.services.changes import json_value
from objectives.services.check_key_result import checked_draft
from objectives.services.drafts import KeyResultDraft, KeyResultFields
from objectives.services.locked_rows import locked_objective, require_running
from objectives.services.write_parts import write_milestones, write_planned_values
from people.models import User

COLUMNS = (
    "title",
    "kind",
    "unit",
    "start_value",
    "target_value",
    "lower_bound",
    "upper_bound",
    "weight",
    "owner",
    "cadence_days",
    "value_source",
    "external_id",
)


@transaction.atomic
def create_key_result(
    *, objective: Objective, by: User, at: datetime, **fields: Unpack[KeyResultFields]
) -> KeyResult:
    """Add an active key result at the end of the objective's list.

    Fields as in KeyResultDraft; without `owner` it is the objective's. On an objective that is active or
    paused its rhythm starts at once. Raises NotAllowed, RuleConflict (objective or cycle has ended),
    InvalidInput.
    """
    objective = locked_objective(objective, by=by)
    require_running(objective)
    draft, problems = checked_draft(
        KeyResultDraft(**fields), organisation_id=objective.organisation_id, objective_owner=objective.owner
    )
    if problems:
        raise InvalidInput(problems)
    return write_new_key_results(objective, [draft], by=by, at=at)[0]


def check_drafts(
    drafts: Sequence[KeyResultDraft], *, objective: Objective
) -> tuple[list[KeyResultDraft], list[FieldProblem]]:
    """Several drafts made ready, and their problems under `key_results.<place>.<field>`."""
    ready: list[KeyResultDraft] = []
    problems: list[FieldProblem] = []
    given: set[str] = set()
    for place, draft in enumerate(drafts):
        draft, found = checked_draft(
            draft, organisation_id=objective.organisation_id, objective_owner=objective.owner
        )
        if draft.external_id in given:
            found.append(FieldProblem("external_id", "taken", "another key result here has this external id"))
        given |= {draft.external_id} if draft.external_id else set()
        ready.append(draft)
        problems += [FieldProblem(f"key_results.{place}.{one.field}", one.code, one.message) for one in found]
    return ready, problems


def write_new_key_results(
    objective: Objective, drafts: Sequence[KeyResultDraft], *, by: User, at: datetime
) -> list[KeyResult]:
    """Save drafts that were found right, in order, with one event each. The caller holds the objective."""
    last = objective.key_results.aggregate(last=Max("position"))["last"] or 0
    has_started = objective.state in (ObjectiveState.ACTIVE, ObjectiveState.PAUSED)
    made: list[KeyResult] = []
    for position, draft in enumerate(drafts, start=last + 1):
        key_result = KeyResult.objects.create(
            organisation_id=objective.organisation_id,
            objective=objective,
            position=position,
            activated_at=at if has_started else None,
            created_at=at,
            updated_at=at,
            **{column: getattr(draft, column) for column in COLUMNS},
        )
        write_milestones(key_result, draft.milestones)
        write_planned_values(key_result, draft.planned_values)
        record_event(
            verb="key_result.created",
            subject=key_result,
            organisation_id=objective.organisation_id,
            by=by,
            at=at,
            objective_id=objective.pk,
            payload={"title": draft.title, "kind": json_value(draft.kind)},
        )
        made.append(key_result)
    return made
