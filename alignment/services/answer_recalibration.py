"""The sponsor's word on a new aim that eases much and late."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from alignment.queries.sponsors import sponsors_who_see
from alignment.services.recalibrate import AimChanges, end_proposal, tell_log
from common.errors import FieldProblem, InvalidInput, NotAllowed, RuleConflict
from common.locks import lock_graph
from common.words import TEXT_LIMIT, clean_words
from notices.rules.kinds import NoticeKind
from notices.services.post_notice import post_notice
from objectives.models import KeyResult, Recalibration
from objectives.permissions import can_edit_objective
from objectives.rules.kinds import RecalibrationState
from objectives.services.check_reason import checked_reason
from objectives.services.edit_key_result import edit_key_result
from people.models import User


def can_agree(user: User, proposal: Recalibration) -> bool:
    """Whoever was asked, the other sponsors and administrators; never viewers, and nobody for their own proposal."""
    if not user.is_active or user.is_viewer or user.pk == proposal.by_id:
        return False
    if user.pk == proposal.asked_of_id or user.is_administrator:
        return user.organisation_id == proposal.key_result.organisation_id
    return user in sponsors_who_see(proposal.key_result.objective)


@transaction.atomic
def agree_to_aim(*, proposal: Recalibration, by: User, at: datetime, answer: str = "") -> Recalibration:
    """The new aim counts from now on; `answer` is a sentence for the team, or empty.

    Raises NotAllowed, RuleConflict (answered already; the plan was changed since; nobody may write it any more).
    """
    row = _locked(proposal, by=by)
    problems: list[FieldProblem] = []
    words = clean_words(answer, field="answer", problems=problems, limit=TEXT_LIMIT)
    if problems:
        raise InvalidInput(problems)
    proposer = row.by
    if proposer is None or not can_edit_objective(proposer, row.key_result.objective):
        raise RuleConflict(
            "Whoever proposed this works on it no more. Ask the team to propose it again.", code="gone"
        )
    if not _is_plan_of(row.key_result, row.before):
        raise RuleConflict(
            "The plan was changed after this was proposed. Ask the team to look again.", code="plan_changed"
        )
    edit_key_result(key_result=row.key_result, by=proposer, at=at, **_changes(row))
    return _answered(row, RecalibrationState.IN_FORCE, "agreed", by=by, at=at, answer=words)


@transaction.atomic
def decline_aim(*, proposal: Recalibration, by: User, at: datetime, answer: str) -> Recalibration:
    """The old aim stays; `answer` says why. Raises NotAllowed, RuleConflict (answered already), InvalidInput."""
    row = _locked(proposal, by=by)
    why = checked_reason(answer, "say why the old aim stays", field="answer")
    return _answered(row, RecalibrationState.DECLINED, "declined", by=by, at=at, answer=why)


def _locked(proposal: Recalibration, *, by: User) -> Recalibration:
    lock_graph(proposal.key_result.organisation_id, exclusively=True)
    rows = Recalibration.objects.select_for_update(of=("self",))
    row = rows.select_related("by", "key_result__objective__organisation").get(pk=proposal.pk)
    if not can_agree(by, row):
        raise NotAllowed("The sponsor of this objective agrees to a new aim.")
    if row.state != RecalibrationState.PROPOSED:
        raise RuleConflict(
            f"This new aim is {row.get_state_display().replace('_', ' ')} already.", code=row.state
        )
    return row


def _is_plan_of(key_result: KeyResult, plan: dict[str, Any]) -> bool:
    numbers = all(
        getattr(key_result, name) == (None if value is None else Decimal(value))
        for name, value in plan.items()
        if name != "planned_values"
    )
    points = [(point.on, point.value) for point in key_result.planned_values.all()]
    return numbers and points == _points(plan)


def _changes(proposal: Recalibration) -> AimChanges:
    """What agreeing changes: only what the proposal moved."""
    changes: AimChanges = {}
    before, after = proposal.before, proposal.after
    for name in ("target_value", "lower_bound", "upper_bound"):
        if after[name] != before[name]:
            changes[name] = None if after[name] is None else Decimal(after[name])
    if after["planned_values"] != before["planned_values"]:
        changes["planned_values"] = _points(after)
    return changes


def _points(plan: dict[str, Any]) -> list[tuple[date, Decimal]]:
    return [(date.fromisoformat(one["on"]), Decimal(one["value"])) for one in plan["planned_values"]]


def _answered(
    row: Recalibration, state: RecalibrationState, verb: str, *, by: User, at: datetime, answer: str
) -> Recalibration:
    end_proposal(row, state, by=by, at=at, answer=answer)
    tell_log(row, verb, by=by, at=at)
    if row.by is not None:
        post_notice(
            kind=NoticeKind.PROPOSED,
            user=row.by,
            key=f"{row.pk}:answered",
            at=at,
            subject_type="recalibration",
            subject_id=row.pk,
            objective_id=row.key_result.objective_id,
        )
    return row
