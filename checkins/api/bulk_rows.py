"""Rows of a bulk body, read one by one: a bad one is a refusal of its own and loses no other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from rest_framework.exceptions import ValidationError

from checkins.api.bulk_serializers import MOST_ROWS, BulkRowInput
from checkins.services.record_many import RowToRecord
from common.api.parameters import NOT_FOUND_MESSAGE
from common.api.refusals import field_problems
from common.errors import FieldProblem, InvalidInput, ProductError
from objectives.models import KeyResult
from objectives.permissions import visible_key_results
from people.models import User
from people.permissions import visible_people


def raw_rows(body: Any) -> list[Any]:
    """What stands in `rows`. Raises InvalidInput for any other body."""
    if not isinstance(body, Mapping):
        raise InvalidInput.of("", "invalid", "The body must be an object with rows.")
    unknown = [
        FieldProblem(name, "unknown", "This is no field of this body.") for name in set(body) - {"rows"}
    ]
    if unknown:
        raise InvalidInput(unknown)
    rows = body.get("rows")
    if not isinstance(rows, list) or not rows:
        raise InvalidInput.of("rows", "required", "Send a list of one to 1,000 rows.")
    if len(rows) > MOST_ROWS:
        message = f"At most {MOST_ROWS:,} rows in one request, these are {len(rows):,}."
        raise InvalidInput.of("rows", "too_many", message)
    return rows


def read_rows(rows: Sequence[Any], caller: User) -> list[RowToRecord | ProductError]:
    """Each row ready to be recorded, or why it cannot be; in at most four statements."""
    form = BulkRowInput()
    shaped = [_shaped(form, row) for row in rows]
    bodies = [row for row in shaped if isinstance(row, dict)]
    known = _known(caller, bodies)
    return [_row(one, known) if isinstance(one, dict) else one for one in shaped]


def _shaped(form: BulkRowInput, row: Any) -> dict[str, Any] | ProductError:
    try:
        return dict(form.run_validation(row))
    except ValidationError as error:
        return InvalidInput(list(field_problems(error.detail)))


@dataclass(frozen=True, slots=True)
class _Known:
    """What the caller may know of what the rows name."""

    key_results: set[UUID]
    by_external_id: dict[str, UUID]
    people: dict[UUID, User]


def _known(caller: User, bodies: Sequence[Mapping[str, Any]]) -> _Known:
    ids = {body["key_result_id"] for body in bodies if "key_result_id" in body}
    names = {body["external_id"] for body in bodies if "external_id" in body}
    people = {body["on_behalf_of_id"] for body in bodies if body.get("on_behalf_of_id")}
    seen = visible_key_results(caller)
    return _Known(
        set(seen.filter(pk__in=ids).values_list("pk", flat=True)) if ids else set(),
        _by_external_id(seen.filter(external_id__in=names)) if names else {},
        {row.pk: row for row in visible_people(caller).filter(pk__in=people)} if people else {},
    )


def _by_external_id(rows: QuerySet[KeyResult]) -> dict[str, UUID]:
    return {name: pk for name, pk in rows.values_list("external_id", "pk") if name is not None}


def _row(body: dict[str, Any], known: _Known) -> RowToRecord | ProductError:
    own_id, external_id = body.pop("key_result_id", None), body.pop("external_id", None)
    author_id = body.pop("on_behalf_of_id", None)
    if (own_id is None) == (external_id is None):
        return InvalidInput.of("key_result_id", "required", "Send key_result_id or external_id, one of them.")
    if own_id is not None:
        key_result_id, named = (own_id if own_id in known.key_results else None), "key_result_id"
    else:
        key_result_id, named = known.by_external_id.get(external_id), "external_id"
    if key_result_id is None:
        return InvalidInput.of(named, "not_found", NOT_FOUND_MESSAGE)
    if author_id is not None and author_id not in known.people:
        return InvalidInput.of("on_behalf_of_id", "not_found", NOT_FOUND_MESSAGE)
    done = body.pop("milestones_done", None)
    return RowToRecord(
        key_result_id=key_result_id,
        on_behalf_of=known.people[author_id] if author_id is not None else None,
        milestones_done=None if done is None else tuple(done),
        **body,
    )
