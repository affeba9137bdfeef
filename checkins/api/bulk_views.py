"""Many check-ins in one request."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar
from uuid import UUID

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from checkins.api import bulk_serializers as shapes
from checkins.api.bulk_rows import raw_rows, read_rows
from checkins.api.views import CheckInBase
from checkins.queries.check_in_resource import lifted_rows, recorded_rows
from checkins.rules.kinds import CheckInSource
from checkins.services.record_many import Outcome, RecordedRow, RowToRecord, record_many
from common.api.parameters import Accepted, Parameter
from common.api.problems import Problem
from common.errors import FieldProblem, InvalidInput, NotAllowed, ProductError

ATOMIC = Parameter("atomic", "flag", "One refused row refuses all of them; nothing is written then.")


class BulkCheckInsView(CheckInBase):
    accepts: ClassVar = {"POST": Accepted((ATOMIC,))}

    @extend_schema(request=shapes.BulkInput, responses={200: shapes.BulkAnswer})
    def post(self, request: Request) -> HttpResponse:
        """Record many check-ins. Each row stands or falls alone; with `atomic`, a refused row refuses all (422)."""
        read = read_rows(raw_rows(request.data), self.caller)
        is_atomic = bool(self.query.get("atomic", False))
        if is_atomic:
            _refuse_all(read)
        good = [row for row in read if isinstance(row, RowToRecord)]
        is_service = self.token is not None and self.token.is_service
        source = CheckInSource.API if is_service else CheckInSource.MANUAL
        done = record_many(rows=good, by=self.caller, at=self.at, source=source, is_atomic=is_atomic)
        if is_atomic:
            _refuse_all(done.outcomes)
        taken = iter(done.outcomes)
        outcomes = [next(taken) if isinstance(row, RowToRecord) else row for row in read]
        recorded = [one.check_in_id for one in outcomes if isinstance(one, RecordedRow)]
        rows = recorded_rows(recorded)
        content = {
            "results": [_result(place, one, rows) for place, one in enumerate(outcomes)],
            "recorded": len(recorded),
            "refused": len(outcomes) - len(recorded),
            "lifted": lifted_rows(done.lifted),
        }
        return self.step(content)


def _refuse_all(outcomes: Sequence[Outcome | RowToRecord]) -> None:
    """Raise Problem 422 naming every bad row, as `rows.3.value`, unless all are good."""
    errors = [
        FieldProblem(f"rows.{place}.{one.field}".rstrip("."), one.code, one.message)
        for place, refusal in enumerate(outcomes)
        if isinstance(refusal, ProductError)
        for one in _problems(refusal)
    ]
    if errors:
        raise Problem(
            422, "Nothing was written: some rows cannot be taken.", code="all_or_nothing", errors=errors
        )


def _result(place: int, outcome: Outcome, rows: Mapping[UUID, dict[str, Any]]) -> dict[str, Any]:
    if isinstance(outcome, RecordedRow):
        status = 201 if outcome.is_new else 200
        return {
            "index": place,
            "status": status,
            "check_in": rows[outcome.check_in_id],
            "error": None,
        }
    errors = [{"field": one.field, "code": one.code, "message": one.message} for one in _problems(outcome)]
    error = {"code": outcome.code, "detail": outcome.message, "errors": errors}
    return {"index": place, "status": _status(outcome), "check_in": None, "error": error}


def _problems(refusal: ProductError) -> list[FieldProblem]:
    if isinstance(refusal, InvalidInput):
        return refusal.problems
    return [FieldProblem("", refusal.code, refusal.message)]


def _status(refusal: ProductError) -> int:
    if isinstance(refusal, InvalidInput):
        return 422
    return 403 if isinstance(refusal, NotAllowed) else 409
