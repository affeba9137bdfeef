"""Write down an objective, with its key results."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from activity.services import record_event
from common.errors import InvalidInput, NotAllowed
from common.locks import lock_graph
from objectives.models import Cycle, Objective
from objectives.permissions import can_create_objective
from objectives.rules.kinds import ObjectiveKind, Visibility
from objectives.services.check_objective import checked_fields
from objectives.services.create_key_result import check_drafts, write_new_key_results
from objectives.services.drafts import KeyResultDraft
from objectives.services.locked_rows import require_open_cycle
from people.models import Team, User
from people.permissions import team_ids_of


@transaction.atomic
def create_objective(
    *,
    by: User,
    at: datetime,
    title: str,
    cycle: Cycle,
    why: str = "",
    kind: ObjectiveKind = ObjectiveKind.ASPIRATIONAL,
    team: Team | None = None,
    owner: User | None = None,
    contributors: Iterable[User] = (),
    visibility: Visibility = Visibility.ORGANISATION,
    counts_when_private: bool = False,
    keeps_us_running: str | None = "",
    external_id: str | None = None,
    key_results: Sequence[KeyResultDraft] = (),
) -> Objective:
    """A new draft with its key results: all of it, or nothing.

    `keeps_us_running` is a reason, or empty. Nobody is made owner unasked. Raises InvalidInput with every
    problem at once (those of key results under `key_results.<place>.<field>`), NotAllowed, RuleConflict
    (closed cycle).
    """
    lock_graph(by.organisation_id, exclusively=True)
    fields, problems = checked_fields(
        {
            "title": title,
            "cycle": cycle,
            "why": why,
            "kind": kind,
            "team": team,
            "owner": owner,
            "contributors": contributors,
            "visibility": visibility,
            "counts_when_private": counts_when_private,
            "keeps_us_running": keeps_us_running,
            "external_id": external_id,
        },
        organisation_id=by.organisation_id,
    )
    people = fields.pop("contributors")
    objective = Objective(
        organisation_id=by.organisation_id, created_by=by, created_at=at, updated_at=at, **fields
    )
    if objective.team is not None:
        objective.is_written_by_team = objective.team.pk in team_ids_of(by)
    drafts, draft_problems = check_drafts(key_results, objective=objective)
    if not any(problem.code == "not_found" for problem in problems):
        _require_may_create(objective, by=by)
    if problems or draft_problems:
        raise InvalidInput(problems + draft_problems)
    require_open_cycle(objective.cycle)
    return _write(objective, people, drafts, by=by, at=at)


def _require_may_create(objective: Objective, *, by: User) -> None:
    if not can_create_objective(by, team=objective.team, owner=objective.owner):
        raise NotAllowed("Objectives are written for yourself or for a team that you belong to.")


def _write(
    objective: Objective,
    contributors: Sequence[User],
    drafts: Sequence[KeyResultDraft],
    *,
    by: User,
    at: datetime,
) -> Objective:
    last = Objective.objects.filter(cycle=objective.cycle).aggregate(last=Max("position"))["last"]
    objective.position = (last or 0) + 1
    objective.save(force_insert=True)
    objective.contributors.set(contributors)
    record_event(
        verb="objective.created",
        subject=objective,
        organisation_id=objective.organisation_id,
        by=by,
        at=at,
        objective_id=objective.pk,
        payload={"title": objective.title},
    )
    write_new_key_results(objective, drafts, by=by, at=at)
    return objective
