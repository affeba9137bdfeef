"""What the log remembers of the demo, what was learned, and one token of a machine."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from typing import Any

from django.db import models

from activity.models import Event
from dashboards.demo.calendar import id_of, moment
from dashboards.demo.objectives_find import FIND
from dashboards.demo.objectives_past import LEARNED
from dashboards.demo.rows import Rows
from dashboards.demo.shapes import ObjectiveSpec
from insights.models import Retrospective
from objectives.rules.kinds import KeyResultState, ObjectiveState
from people.models import ApiToken, User
from people.roles import Scope


def add_log(rows: Rows, objectives: tuple[ObjectiveSpec, ...]) -> None:
    """Written, activated, closed, paused, re-aimed: one event each, as if people had done it on the pages."""
    for spec in objectives:
        objective = rows.objectives[spec.title]
        _event(rows, "objective.created", objective, objective.created_at, objective.created_by, objective.pk)
        if objective.activated_at is not None:
            verb = "objective.activated"
            _event(rows, verb, objective, objective.activated_at, objective.owner, objective.pk)
        if objective.closed_at is not None:
            verb = "objective.closed" if spec.state == ObjectiveState.CLOSED else "objective.cancelled"
            _event(rows, verb, objective, objective.closed_at, objective.owner, objective.pk)
        for key_result in spec.key_results:
            if key_result.state == KeyResultState.PAUSED:
                row = rows.key_results[f"{spec.title} / {key_result.title}"]
                at = moment(rows.calendar.days_ago(33), 15)
                changes = {"state": ["active", "paused"], "state_reason": ["", key_result.state_reason]}
                _event(rows, "key_result.paused", row, at, row.owner, objective.pk, changes)
    visits = rows.key_results[f"{FIND.title} / {FIND.key_results[0].title}"]
    changes = {"target_value": ["88", "85"]}
    at = moment(rows.calendar.days_ago(28), 11)
    _event(rows, "key_result.edited", visits, at, visits.owner, visits.objective_id, changes)


def add_learned(rows: Rows) -> None:
    """Lines of the retrospectives of closed quarters."""
    for cycle, team, section, text in LEARNED:
        at = moment(rows.calendar.cycles[cycle].ends_on + timedelta(days=3), 14)
        rows.add(
            Retrospective(
                id=id_of(at, "learned", text),
                organisation=rows.organisation,
                cycle=rows.cycles[cycle],
                team=rows.teams[team],
                section=section,
                text=text,
                created_at=at,
            )
        )


def add_token(rows: Rows) -> None:
    """The token of the shelf system. Nobody knows its secret, so it opens nothing."""
    at = moment(rows.calendar.cycles["now"].starts_on, 8)
    rows.add(
        ApiToken(
            id=id_of(at, "token"),
            organisation=rows.organisation,
            user=rows.people["Vikram"],
            name="Shelf system",
            digest=hashlib.sha256(f"no secret {rows.organisation.pk}".encode()).hexdigest(),
            hint="f3a9",
            scopes=[Scope.READ, Scope.CHECK_IN],
            is_service=True,
            created_at=at,
            last_used_at=moment(rows.calendar.today, 0, 5),
        )
    )


def _event(
    rows: Rows,
    verb: str,
    subject: models.Model,
    at: datetime,
    by: User | None,
    objective_id: Any,
    changes: dict[str, list[str]] | None = None,
) -> None:
    rows.add(
        Event(
            id=id_of(at, verb, str(subject.pk)),
            organisation=rows.organisation,
            at=at,
            by=by,
            verb=verb,
            subject_type=verb.split(".", 1)[0],
            subject_id=subject.pk,
            objective_id=objective_id,
            payload={"changes": changes} if changes else {},
        )
    )
