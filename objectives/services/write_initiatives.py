"""The work below a key result. It never counts towards progress."""

from __future__ import annotations

from datetime import datetime
from typing import Any, TypedDict, Unpack

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.db.models import Max

from activity.services import record_event
from common.errors import FieldProblem, InvalidInput, RuleConflict
from common.words import TITLE_LIMIT, clean_words
from objectives.models import Initiative, KeyResult
from objectives.rules.kinds import InitiativeState
from objectives.services.changes import differences, json_value, refuse_unknown
from objectives.services.locked_rows import locked_key_result, require_open_cycle
from objectives.services.placing import clean_external_id
from people.models import User

is_web_address = URLValidator(schemes=["http", "https"])


class InitiativeFields(TypedDict, total=False):
    """What an initiative is told; `url` is where the work is tracked."""

    title: str
    url: str
    state: InitiativeState
    owner_label: str
    external_id: str | None


@transaction.atomic
def create_initiative(
    *, key_result: KeyResult, by: User, at: datetime, **fields: Unpack[InitiativeFields]
) -> Initiative:
    """Add a piece of work at the end of the list; `title` is needed.

    Raises NotAllowed, RuleConflict (closed cycle), InvalidInput.
    """
    refuse_unknown(fields, InitiativeFields.__annotations__)
    row = locked_key_result(key_result, by=by)
    require_open_cycle(row.objective.cycle)
    initiative = Initiative(organisation_id=row.organisation_id, key_result=row, created_at=at, updated_at=at)
    for field, value in _checked({"title": "", **fields}, initiative=initiative).items():
        setattr(initiative, field, value)
    initiative.position = (row.initiatives.aggregate(last=Max("position"))["last"] or 0) + 1
    initiative.save(force_insert=True)
    _record(initiative, "initiative.created", by=by, at=at, payload={"title": initiative.title})
    return initiative


@transaction.atomic
def edit_initiative(
    *, initiative: Initiative, by: User, at: datetime, **changes: Unpack[InitiativeFields]
) -> Initiative:
    """Replace the fields that are named.

    Raises NotAllowed, RuleConflict (gone, closed cycle), InvalidInput.
    """
    refuse_unknown(changes, InitiativeFields.__annotations__)
    row = _locked(initiative, by=by)
    ready = _checked(dict(changes), initiative=row)
    changed = differences({field: getattr(row, field) for field in ready}, ready)
    if changed:
        for field, value in ready.items():
            setattr(row, field, value)
        row.updated_at = at
        row.save(update_fields=[*ready, "updated_at"])
        _record(row, "initiative.edited", by=by, at=at, payload={"changes": changed})
    return row


@transaction.atomic
def delete_initiative(*, initiative: Initiative, by: User, at: datetime) -> None:
    """Take it away; what it said stays in the log. Raises NotAllowed, RuleConflict (gone, closed cycle)."""
    row = _locked(initiative, by=by)
    said = {field: json_value(getattr(row, field)) for field in InitiativeFields.__annotations__}
    _record(row, "initiative.deleted", by=by, at=at, payload={"title": row.title, "was": said})
    Initiative.objects.filter(pk=row.pk).delete()


def _locked(initiative: Initiative, *, by: User) -> Initiative:
    key_result = locked_key_result(initiative.key_result, by=by)
    require_open_cycle(key_result.objective.cycle)
    row = Initiative.objects.select_for_update().filter(pk=initiative.pk).first()
    if row is None:
        raise RuleConflict("This initiative is no longer there: somebody deleted it.", code="deleted")
    row.key_result = key_result
    return row


def _checked(fields: dict[str, Any], *, initiative: Initiative) -> dict[str, Any]:
    problems: list[FieldProblem] = []
    ready = dict(fields)
    limits = {"title": TITLE_LIMIT, "url": 2_000, "owner_label": 400}
    for field in [field for field in limits if field in ready]:
        ready[field] = clean_words(
            ready[field],
            field=field,
            problems=problems,
            limit=limits[field],
            needed="say what will be done" if field == "title" else "",
        )
    if ready.get("url"):
        try:
            is_web_address(ready["url"])
        except ValidationError:
            problems.append(
                FieldProblem("url", "not_an_address", "a web address starts with https:// or http://")
            )
    if "state" in ready:
        try:
            ready["state"] = InitiativeState(ready["state"])
        except ValueError:
            problems.append(FieldProblem("state", "unknown", "there is no such state"))
    if "external_id" in ready:
        ready["external_id"] = clean_external_id(
            ready["external_id"],
            model=Initiative,
            organisation_id=initiative.organisation_id,
            problems=problems,
            own_id=initiative.pk,
        )
    if problems:
        raise InvalidInput(problems)
    return ready


def _record(initiative: Initiative, verb: str, *, by: User, at: datetime, payload: dict[str, Any]) -> None:
    record_event(
        verb=verb,
        subject=initiative,
        organisation_id=initiative.organisation_id,
        by=by,
        at=at,
        objective_id=initiative.key_result.objective_id,
        payload={"key_result_id": str(initiative.key_result_id), **payload},
    )
