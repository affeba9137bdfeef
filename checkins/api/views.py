"""REST addresses of check-ins."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import UUID

from django.http import Http404, HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from checkins.api import serializers as shapes
from checkins.models import CheckIn
from checkins.permissions import people_to_ask, visible_check_ins
from checkins.queries.check_in_resource import list_check_ins, read_check_in, recorded_row
from checkins.rules.kinds import CheckInSource
from checkins.services.ask_input import NewAsk
from checkins.services.edit_check_in import delete_check_in, edit_check_in
from checkins.services.reached import RecordedCheckIn
from checkins.services.record_check_in import record_check_in
from common.api.openapi import page_of
from common.api.parameters import Accepted, Parameter
from common.api.references import at_address, needed, referred, require_known
from common.api.rendering import etag_of
from common.plain import to_json
from objectives.models import Objective
from objectives.permissions import visible_key_results, visible_objectives
from objectives.queries.sees_key_result import sees_key_result
from people.api.base import ApiView
from people.permissions import visible_people
from people.roles import Scope

FILTERS = (
    Parameter("author", "id", "Only by this person."),
    Parameter("source", "choice", "Only from these sources.", [one.value for one in CheckInSource], True),
    Parameter("observed_from", "date", "Only about this day and later."),
    Parameter("observed_to", "date", "Only about this day and earlier."),
    Parameter("updated_since", "moment", "Only what changed at or after this moment."),
)


class CheckInBase(ApiView):
    """What the addresses of check-ins share."""

    write_scopes = (Scope.CHECK_IN, Scope.WRITE)

    def listing(self, **fixed: Any) -> HttpResponse:
        """The filtered list; ids of a filter must be known to the caller."""
        for name, rows in (
            ("author", visible_people),
            ("key_result", visible_key_results),
            ("objective", visible_objectives),
        ):
            if name in self.query:
                require_known(rows(self.caller), [self.query[name]], name)
        return self.list_response(lambda page: list_check_ins(self.caller, page, **fixed, **self.query))

    def record(self, key_result_id: UUID, body: dict[str, Any]) -> HttpResponse:
        """A new check-in; what a service token says is not a person's check-in."""
        is_service = self.token is not None and self.token.is_service
        author = referred(visible_people(self.caller), body.pop("on_behalf_of_id", None), "on_behalf_of_id")
        recorded = record_check_in(
            key_result_id=key_result_id,
            by=self.caller,
            at=self.at,
            on_behalf_of=author,
            source=CheckInSource.API if is_service else CheckInSource.MANUAL,
            ask=_ask(key_result_id, body.pop("ask", None)),
            **body,
        )
        address = self.absolute(f"/api/v1/check-ins/{recorded.check_in.pk}/")
        return self.told(recorded, status=201, headers={"Location": address})

    def told(
        self, recorded: RecordedCheckIn, *, status: int = 200, headers: dict[str, str] | None = None
    ) -> HttpResponse:
        """What a write did. The ETag is that of the check-in itself, as GET answers it."""
        content = answer(recorded)
        itself = {name: value for name, value in content.items() if name not in ("key_result", "lifted")}
        return self.step(
            content, status=status, headers={"ETag": etag_of(to_json(itself)), **(headers or {})}
        )


def _ask(key_result_id: UUID, body: dict[str, Any] | None) -> NewAsk | None:
    if body is None:
        return None
    objective = Objective.objects.get(key_results=key_result_id)
    receiver = needed(people_to_ask(objective), body["of_id"], "ask.of_id")
    return NewAsk(receiver, body["text"], body.get("answer_by_on"))


def answer(recorded: RecordedCheckIn) -> dict[str, Any]:
    """What a write answers."""
    return recorded_row(recorded.check_in, recorded.key_result, recorded.lifted)


class CheckInsView(CheckInBase):
    accepts: ClassVar = {
        "GET": Accepted(
            (
                Parameter("key_result", "id", "Only on this key result."),
                Parameter("objective", "id", "Only on key results of this objective."),
                *FILTERS,
            ),
            has_pages=True,
        )
    }

    @extend_schema(responses=page_of(shapes.CheckIn))
    def get(self, request: Request) -> HttpResponse:
        """Check-ins, the latest day first."""
        return self.listing()

    @extend_schema(request=shapes.CheckInOfInput, responses={201: shapes.RecordedCheckIn})
    def post(self, request: Request) -> HttpResponse:
        """Check in on a key result."""
        body = self.read(shapes.CheckInOfInput)
        key_result = needed(visible_key_results(self.caller), body.pop("key_result_id"), "key_result_id")
        return self.record(key_result.pk, body)


class KeyResultCheckInsView(CheckInBase):
    accepts: ClassVar = {"GET": Accepted(FILTERS, has_pages=True)}

    @extend_schema(responses=page_of(shapes.CheckIn))
    def get(self, request: Request, id: UUID) -> HttpResponse:
        """Check-ins on one key result, the latest day first."""
        at_address(visible_key_results(self.caller), id)
        return self.listing(key_result=id)

    @extend_schema(request=shapes.NewCheckInInput, responses={201: shapes.RecordedCheckIn})
    def post(self, request: Request, id: UUID) -> HttpResponse:
        """Check in on this key result."""
        if not sees_key_result(self.caller, id):
            raise Http404
        return self.record(id, self.read(shapes.NewCheckInInput))


class CheckInView(CheckInBase):
    @extend_schema(responses=shapes.CheckIn)
    def get(self, request: Request, id: UUID) -> HttpResponse:
        """One check-in."""
        return self.one(self._row(id))

    @extend_schema(request=shapes.CheckInInput, responses=shapes.RecordedCheckIn)
    def patch(self, request: Request, id: UUID) -> HttpResponse:
        """Change what a check-in says; everything above is recomputed. Its author and administrators."""
        check_in = self._check_in(id)
        body = self.read(shapes.CheckInInput, partial=True)
        self.guard(lambda: self._row(id))
        recorded = edit_check_in(check_in=check_in, by=self.caller, at=self.at, **body)
        return self.told(recorded)

    @extend_schema(responses={200: shapes.RecordedCheckIn})
    def delete(self, request: Request, id: UUID) -> HttpResponse:
        """Take a check-in out of every number; answers what that moved. Its author and administrators."""
        check_in = self._check_in(id)
        self.guard(lambda: self._row(id))
        return self.step(answer(delete_check_in(check_in=check_in, by=self.caller, at=self.at)))

    def _check_in(self, check_in_id: UUID) -> CheckIn:
        return at_address(visible_check_ins(self.caller), check_in_id)

    def _row(self, check_in_id: UUID) -> dict[str, Any]:
        row = read_check_in(self.caller, check_in_id)
        if row is None:
            raise Http404
        return row
