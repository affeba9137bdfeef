"""A team proposes, the sponsor agrees: nobody is handed an objective."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from alignment.queries.sponsors import sponsors_of, sponsors_who_see
from common.errors import NotAllowed, RuleConflict
from common.locks import lock_graph
from notices.rules.kinds import NoticeKind
from notices.services.drop_notices import drop_notices
from notices.services.post_notice import post_notice
from objectives.models import Objective
from objectives.permissions import visible_objectives
from objectives.rules.kinds import ObjectiveState
from objectives.rules.lifecycle import ObjectiveAction
from objectives.services.change_objective_state import state_after
from objectives.services.locked_rows import locked_objective
from objectives.services.save_and_tell import write_state
from people.models import User


def can_agree_to_objective(user: User, objective: Objective) -> bool:
    """Its sponsors and administrators who see it; whoever owns it only when they are a sponsor themselves."""
    if not user.is_active or user.is_viewer or user.organisation_id != objective.organisation_id:
        return False
    if user.is_administrator:
        return True
    return user in sponsors_of(objective) and visible_objectives(user).filter(pk=objective.pk).exists()


@transaction.atomic
def propose_objective(*, objective: Objective, by: User, at: datetime) -> Objective:
    """Hand a draft to its first sponsor, who is told; proposing a proposed one changes nothing.

    Raises NotAllowed (who may not edit it), RuleConflict (naming the state, or the closed cycle).
    """
    row = locked_objective(objective, by=by)
    state = state_after(ObjectiveAction.PROPOSE, row)
    if state == row.state:
        return row
    sponsors = sponsors_who_see(row)
    asked = sponsors[0] if sponsors and by not in sponsors else None
    written = write_state(
        row,
        "objective.proposed",
        by=by,
        at=at,
        changes={"state": state, "state_reason": ""},
        asked_of_id=str(asked.pk) if asked else None,
    )
    if asked is not None:
        _tell(written, asked, by=by, at=at)
    return written


@transaction.atomic
def agree_to_objective(*, objective: Objective, by: User, at: datetime) -> Objective:
    """The sponsor's word; the team starts it when it is ready. Agreeing twice changes nothing.

    Raises NotAllowed, RuleConflict (gone; naming the state, or the closed cycle).
    """
    lock_graph(objective.organisation_id, exclusively=True)
    rows = Objective.objects.select_for_update(of=("self",)).select_related("cycle", "owner", "team__lead")
    row = rows.filter(pk=objective.pk).first()
    if row is None:
        raise RuleConflict("This objective is no longer there: somebody deleted it.", code="deleted")
    if not can_agree_to_objective(by, row):
        raise NotAllowed("Its sponsor agrees: who answers for the priority it leads to, or an administrator.")
    state = state_after(ObjectiveAction.AGREE, row)
    if state == row.state:
        return row
    written = write_state(row, "objective.agreed", by=by, at=at, changes={"state": state, "state_reason": ""})
    drop_notices(kind=NoticeKind.PROPOSED, key=_key(row, ObjectiveState.PROPOSED), at=at)
    author = row.owner or (row.team.lead if row.team is not None else None)
    if author is not None and author.pk != by.pk:
        _tell(written, author, by=by, at=at)
    return written


def _tell(row: Objective, user: User, *, by: User, at: datetime) -> None:
    post_notice(
        kind=NoticeKind.PROPOSED,
        user=user,
        key=_key(row, ObjectiveState(row.state)),
        at=at,
        subject_type="objective",
        subject_id=row.pk,
        objective_id=row.pk,
        payload={"by": by.name, "state": str(row.state)},
    )


def _key(row: Objective, state: ObjectiveState) -> str:
    return f"{row.pk}:{state}"
