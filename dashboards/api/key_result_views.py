"""REST addresses of key results."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, ClassVar
from uuid import UUID

from django.http import Http404, HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from alignment.queries.recalibration_row import recalibration_row
from alignment.services.recalibrate import recalibrate
from checkins.services.skip_key_result import skip_key_result
from common.api.openapi import page_of
from common.api.references import at_address, needed
from dashboards.api import filters
from dashboards.api import serializers as shapes
from dashboards.queries.resources.expansions import expand_key_results
from dashboards.queries.resources.key_result_resource import (
    KeyResultFilter,
    list_key_results,
    read_key_result,
)
from objectives.api import serializers as bodies
from objectives.api.reading import key_result_fields
from objectives.models import KeyResult, Objective
from objectives.permissions import visible_key_results, visible_objectives
from objectives.services.create_key_result import create_key_result
from objectives.services.delete_key_result import delete_key_result
from objectives.services.edit_key_result import edit_key_result
from people.api.base import ApiView
from people.roles import Scope


class KeyResultBase(ApiView):
    """What the addresses of key results share."""

    def key_result(self, key_result_id: UUID) -> KeyResult:
        """The key result in the address, or 404."""
        return at_address(visible_key_results(self.caller).select_related("objective"), key_result_id)

    def row(self, key_result_id: UUID) -> dict[str, Any]:
        """The key result as the caller reads it, or 404."""
        base_url = self.absolute("/").rstrip("/")
        row = read_key_result(self.caller, key_result_id, today=self.today, base_url=base_url)
        if row is None:
            raise Http404
        expand_key_results([row], self.query.get("expand", ()))
        return row

    def listing(self, objective: Collection[UUID] = ()) -> HttpResponse:
        """The filtered list, of one objective where it is named."""
        filters.require_known_filters(self.caller, self.query)
        given: dict[str, Any] = {name: value for name, value in self.query.items() if name != "expand"}
        if objective:
            given["objective"] = objective
        only = KeyResultFilter(**given)
        base_url = self.absolute("/").rstrip("/")

        def read(page: Any) -> Any:
            found = list_key_results(self.caller, page, only=only, today=self.today, base_url=base_url)
            expand_key_results(list(found.rows), self.query.get("expand", ()))
            return found

        return self.list_response(read)

    def add(self, objective: Objective, body: dict[str, Any]) -> HttpResponse:
        """A new key result of the objective."""
        fields = key_result_fields(self.caller, body)
        key_result = create_key_result(objective=objective, by=self.caller, at=self.at, **fields)
        return self.created(self.row(key_result.pk), f"/api/v1/key-results/{key_result.pk}/")


class KeyResultsView(KeyResultBase):
    accepts: ClassVar = {"GET": filters.KEY_RESULT_LIST}

    @extend_schema(responses=page_of(shapes.KeyResult))
    def get(self, request: Request) -> HttpResponse:
        """Key results of objectives that the caller may see."""
        return self.listing()

    @extend_schema(request=bodies.KeyResultOfInput, responses={201: shapes.KeyResult})
    def post(self, request: Request) -> HttpResponse:
        """Add a key result to an objective."""
        body = self.read(bodies.KeyResultOfInput)
        objective = needed(visible_objectives(self.caller), body.pop("objective_id"), "objective_id")
        return self.add(objective, body)


class ObjectiveKeyResultsView(KeyResultBase):
    accepts: ClassVar = {"GET": filters.OBJECTIVES_KEY_RESULTS}

    @extend_schema(responses=page_of(shapes.KeyResult))
    def get(self, request: Request, id: UUID) -> HttpResponse:
        """Key results of one objective."""
        at_address(visible_objectives(self.caller), id)
        return self.listing([id])

    @extend_schema(request=bodies.KeyResultInput, responses={201: shapes.KeyResult})
    def post(self, request: Request, id: UUID) -> HttpResponse:
        """Add a key result to this objective."""
        objective = at_address(visible_objectives(self.caller), id)
        return self.add(objective, self.read(bodies.KeyResultInput))


class KeyResultView(KeyResultBase):
    accepts: ClassVar = {"GET": filters.KEY_RESULT}

    @extend_schema(responses=shapes.KeyResult)
    def get(self, request: Request, id: UUID) -> HttpResponse:
        """One key result."""
        return self.one(self.row(id))

    @extend_schema(request=bodies.KeyResultInput, responses=shapes.KeyResult)
    def patch(self, request: Request, id: UUID) -> HttpResponse:
        """Change a key result; lists such as milestones are replaced as a whole. Check-ins stay."""
        key_result = self.key_result(id)
        changes = key_result_fields(self.caller, self.read(bodies.KeyResultInput, partial=True))
        self.guard(lambda: self.row(id))
        edit_key_result(key_result=key_result, by=self.caller, at=self.at, **changes)
        return self.one(self.row(id))

    @extend_schema(responses={204: None})
    def delete(self, request: Request, id: UUID) -> HttpResponse:
        """Delete a key result with its check-ins."""
        key_result = self.key_result(id)
        self.guard(lambda: self.row(id))
        delete_key_result(key_result=key_result, by=self.caller, at=self.at)
        return HttpResponse(status=204)


class KeyResultRecalibrateView(KeyResultBase):
    @extend_schema(request=shapes.RecalibrateInput, responses={201: shapes.Recalibration})
    def post(self, request: Request, id: UUID) -> HttpResponse:
        """Give it a new aim, with the reason; one that eases much and late waits for the sponsor's word."""
        key_result = self.key_result(id)
        body = self.read(shapes.RecalibrateInput)
        if "planned_values" in body:
            body["planned_values"] = [(point["on"], point["value"]) for point in body["planned_values"]]
        made = recalibrate(key_result=key_result, by=self.caller, at=self.at, **body)
        return self.created(recalibration_row(made), f"/api/v1/key-results/{key_result.pk}/")


class KeyResultSkipView(KeyResultBase):
    write_scopes = (Scope.CHECK_IN, Scope.WRITE)

    @extend_schema(request=shapes.SkipInput, responses=shapes.KeyResult)
    def post(self, request: Request, id: UUID) -> HttpResponse:
        """Put it off until a day, with a reason: moves the due day, neither value nor freshness."""
        key_result = self.key_result(id)
        body = self.read(shapes.SkipInput)
        skip_key_result(key_result_id=key_result.pk, by=self.caller, at=self.at, **body)
        return self.one(self.row(id))
