"""Give a key result a new aim, with the reason, and with the sponsor's word where it eases much and late."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypedDict, Unpack

from django.db import transaction

from activity.services import record_event
from alignment.queries.sponsors import sponsors_who_see
from common.days import day_in
from common.errors import InvalidInput, RuleConflict
from notices.rules.kinds import NoticeKind
from notices.services.drop_notices import drop_notices
from notices.services.post_notice import post_notice
from objectives.models import KeyResult, Recalibration
from objectives.rules.cycles import elapsed_share
from objectives.rules.kinds import KeyResultKind, RecalibrationState
from objectives.rules.recalibration import Aim, easing, needs_agreement
from objectives.services.changes import json_value, refuse_unknown
from objectives.services.check_key_result import checked_draft
from objectives.services.check_reason import checked_reason
from objectives.services.drafts import KeyResultDraft, draft_of
from objectives.services.edit_key_result import edit_key_result
from objectives.services.locked_rows import locked_key_result, require_running_key_result
from people.models import User

NUMBERS = ("start_value", "target_value", "lower_bound", "upper_bound")


class AimChanges(TypedDict, total=False):
    """What a new aim may name; each replaces what was there."""

    target_value: Decimal | None
    lower_bound: Decimal | None
    upper_bound: Decimal | None
    planned_values: Sequence[tuple[date, Decimal]]


@dataclass(frozen=True, slots=True)
class AimPreview:
    """What a new aim would mean. `sponsor` has to agree first; None: it counts at once."""

    easing: Decimal | None
    sponsor: User | None


def preview_aim(*, key_result: KeyResult, by: User, at: datetime, changes: AimChanges) -> AimPreview:
    """How much easier it would be and who would be asked; writes nothing. Raises InvalidInput."""
    before = draft_of(key_result)
    return _preview(key_result, before, _checked(key_result, before, changes), by=by, at=at)


@transaction.atomic
def recalibrate(
    *,
    key_result: KeyResult,
    by: User,
    at: datetime,
    reason: str,
    expected_version: int | None = None,
    **changes: Unpack[AimChanges],
) -> Recalibration:
    """Change target, bounds or planned values of a running key result; the old plan stays in sight.

    It counts at once, unless it gives up 15 % or more of the way after half time: then the sponsor is asked, and the
    old aim counts until they agree. A later new aim takes the place of one that waits.
    Raises NotAllowed, RuleConflict (not running; has this aim already), StaleVersion, InvalidInput.
    """
    refuse_unknown(changes, AimChanges.__annotations__)
    row = locked_key_result(key_result, by=by, expected_version=expected_version)
    require_running_key_result(row)
    why = checked_reason(reason, "say why it gets a new aim")
    before = draft_of(row)
    after = _checked(row, before, changes)
    if _plan(after) == _plan(before):
        raise RuleConflict(f"“{row.title}” has this aim already.", code="nothing_changes")
    for waiting in Recalibration.objects.filter(key_result=row, state=RecalibrationState.PROPOSED):
        end_proposal(waiting, RecalibrationState.WITHDRAWN, by=by, at=at)
    preview = _preview(row, before, after, by=by, at=at)
    made = Recalibration.objects.create(
        key_result=row,
        state=RecalibrationState.PROPOSED if preview.sponsor else RecalibrationState.IN_FORCE,
        before=_plan(before),
        after=_plan(after),
        easing=preview.easing,
        reason=why,
        by=by,
        at=at,
        asked_of=preview.sponsor,
    )
    if preview.sponsor is None:
        edit_key_result(key_result=row, by=by, at=at, **changes)
    else:
        _ask(made, row, preview.sponsor, at=at)
    tell_log(made, "proposed" if preview.sponsor else "recalibrated", by=by, at=at)
    return made


def end_proposal(
    proposal: Recalibration, state: RecalibrationState, *, by: User, at: datetime, answer: str = ""
) -> None:
    """Nobody has to agree to it any more."""
    proposal.state, proposal.answer, proposal.answered_by, proposal.answered_at = state, answer, by, at
    proposal.save(update_fields=["state", "answer", "answered_by", "answered_at"])
    drop_notices(kind=NoticeKind.PROPOSED, key=str(proposal.pk), at=at)


def tell_log(proposal: Recalibration, verb: str, *, by: User, at: datetime) -> None:
    """The event of a step in the life of a new aim: `key_result.{recalibrated|proposed|aim_agreed|…}`."""
    record_event(
        verb=f"key_result.{verb}" if verb == "recalibrated" else f"key_result.aim_{verb}",
        subject=proposal.key_result,
        organisation_id=proposal.key_result.organisation_id,
        objective_id=proposal.key_result.objective_id,
        by=by,
        at=at,
        payload={
            "recalibration_id": str(proposal.pk),
            "before": proposal.before,
            "after": proposal.after,
            "easing": json_value(proposal.easing),
            "reason": proposal.reason,
            "answer": proposal.answer,
            "asked_of_id": json_value(proposal.asked_of_id),
        },
    )


def _checked(row: KeyResult, before: KeyResultDraft, changes: AimChanges) -> KeyResultDraft:
    draft, problems = checked_draft(
        replace(before, **changes),
        organisation_id=row.organisation_id,
        objective_owner=row.objective.owner,
        before=row,
    )
    if problems:
        raise InvalidInput(problems)
    return draft


def _plan(draft: KeyResultDraft) -> dict[str, Any]:
    """The numbers of a plan as JSON values: the shape of `Recalibration.before` and `after`."""
    numbers = {name: json_value(getattr(draft, name)) for name in NUMBERS}
    points = [{"on": json_value(on), "value": json_value(value)} for on, value in draft.planned_values]
    return {**numbers, "planned_values": points}


def _preview(
    row: KeyResult, before: KeyResultDraft, after: KeyResultDraft, *, by: User, at: datetime
) -> AimPreview:
    eased = easing(_aim(before), _aim(after))
    cycle = row.objective.cycle
    t = elapsed_share(cycle.starts_on, cycle.ends_on, day_in(row.objective.organisation.time_zone, at))
    if not needs_agreement(eased, t):
        return AimPreview(eased, None)
    sponsors = sponsors_who_see(row.objective)
    return AimPreview(eased, None if by in sponsors else next(iter(sponsors), None))


def _aim(draft: KeyResultDraft) -> Aim:
    numbers = {name: getattr(draft, name) for name in NUMBERS}
    return Aim(kind=KeyResultKind(draft.kind), **numbers)


def _ask(made: Recalibration, row: KeyResult, sponsor: User, *, at: datetime) -> None:
    post_notice(
        kind=NoticeKind.PROPOSED,
        user=sponsor,
        key=str(made.pk),
        at=at,
        subject_type="recalibration",
        subject_id=made.pk,
        objective_id=row.objective_id,
    )
