"""Change what an objective says, whose it is and where it belongs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, TypedDict, Unpack

from django.db import transaction

from activity.services import record_event
from common.errors import InvalidInput, NotAllowed
from objectives.models import Cycle, Objective
from objectives.permissions import can_create_objective
from objectives.rules.kinds import ObjectiveKind, Visibility
from objectives.services.changes import differences, refuse_unknown
from objectives.services.check_objective import checked_fields
from objectives.services.locked_rows import locked_objective, require_open_cycle, require_running
from people.models import Team, User


class ObjectiveChanges(TypedDict, total=False):
    """The fields that an edit may name; each replaces what was there."""

    title: str
    cycle: Cycle
    why: str
    kind: ObjectiveKind
    team: Team | None
    owner: User | None
    contributors: Iterable[User]
    visibility: Visibility
    counts_when_private: bool
    keeps_us_running: str | None
    external_id: str | None


@transaction.atomic
def edit_objective(
    *,
    objective: Objective,
    by: User,
    at: datetime,
    expected_version: int | None = None,
    **changes: Unpack[ObjectiveChanges],
) -> Objective:
    """Replace the fields that are named; an edit that changes nothing leaves version and history alone.

    A move to another team needs the right to write objectives there. Raises NotAllowed, StaleVersion,
    RuleConflict (the objective has ended, or one of the cycles is closed), InvalidInput with every problem.
    """
    refuse_unknown(changes, ObjectiveChanges.__annotations__)
    row = locked_objective(objective, by=by, expected_version=expected_version)
    require_running(row)
    fields, problems = checked_fields(dict(changes), organisation_id=row.organisation_id, before=row)
    if problems:
        raise InvalidInput(problems)
    if "cycle" in fields:
        require_open_cycle(fields["cycle"])
    _require_may_move(row, fields, by=by)
    changed = differences(_facts(row, fields), fields)
    if changed:
        _write(row, fields, at=at)
        record_event(
            verb="objective.edited",
            subject=row,
            organisation_id=row.organisation_id,
            by=by,
            at=at,
            objective_id=row.pk,
            payload={"changes": changed},
        )
    return row


def _require_may_move(row: Objective, fields: dict[str, Any], *, by: User) -> None:
    team = fields.get("team")
    if team is None or team.pk == row.team_id:
        return
    if not can_create_objective(by, team=team, owner=fields.get("owner", row.owner)):
        raise NotAllowed(f"Only members of {team.name}, leaders and administrators may move it there.")


def _facts(row: Objective, fields: dict[str, Any]) -> dict[str, Any]:
    """What `row` says now of the fields that are about to be written."""
    facts = {field: getattr(row, field) for field in fields if field != "contributors"}
    if "contributors" in fields:
        order = {person.pk: place for place, person in enumerate(fields["contributors"])}
        there = row.contributors.all()
        facts["contributors"] = sorted(there, key=lambda person: (order.get(person.pk, -1), person.name))
    return facts


def _write(row: Objective, fields: dict[str, Any], *, at: datetime) -> None:
    columns = {field: value for field, value in fields.items() if field != "contributors"}
    for field, value in columns.items():
        setattr(row, field, value)
    row.version += 1
    row.updated_at = at
    row.save(update_fields=[*columns, "version", "updated_at"])
    if "contributors" in fields:
        row.contributors.set(fields["contributors"])
