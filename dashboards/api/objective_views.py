"""REST addresses of objectives."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import UUID

from django.http import Http404, HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from common.api.openapi import page_of
from common.api.references import at_address
from dashboards.api import filters
from dashboards.api import serializers as shapes
from dashboards.queries.resources.expansions import expand_objectives
from dashboards.queries.resources.objective_resource import ObjectiveFilter, list_objectives, read_objective
from objectives.api import serializers as bodies
from objectives.api.reading import objective_fields
from objectives.models import Objective
from objectives.permissions import visible_objectives
from objectives.services.create_objective import create_objective
from objectives.services.delete_objective import delete_objective
from objectives.services.edit_objective import edit_objective
from people.api.base import ApiView


class ObjectiveBase(ApiView):
    """What the addresses of objectives share."""

    def objective(self, objective_id: UUID) -> Objective:
        """The objective in the address, or 404."""
        return at_address(visible_objectives(self.caller), objective_id)

    def row(self, objective_id: UUID) -> dict[str, Any]:
        """The objective as the caller reads it, or 404."""
        row = read_objective(
            self.caller, objective_id, today=self.today, base_url=self.absolute("/").rstrip("/")
        )
        if row is None:
            raise Http404
        self.expand([row])
        return row

    def expand(self, rows: list[dict[str, Any]]) -> None:
        parts = self.query.get("expand", ())
        base_url = self.absolute("/").rstrip("/")
        expand_objectives(self.caller, rows, parts, today=self.today, base_url=base_url)


class ObjectivesView(ObjectiveBase):
    accepts: ClassVar = {"GET": filters.OBJECTIVE_LIST}

    @extend_schema(responses=page_of(shapes.Objective))
    def get(self, request: Request) -> HttpResponse:
        """Objectives that the caller may see."""
        filters.require_known_filters(self.caller, self.query)
        only = ObjectiveFilter(**{name: value for name, value in self.query.items() if name != "expand"})
        base_url = self.absolute("/").rstrip("/")

        def read(page: Any) -> Any:
            found = list_objectives(self.caller, page, only=only, today=self.today, base_url=base_url)
            self.expand(list(found.rows))
            return found

        return self.list_response(read)

    @extend_schema(request=bodies.ObjectiveInput, responses={201: shapes.Objective})
    def post(self, request: Request) -> HttpResponse:
        """Write an objective, as a draft; without owner_id the caller owns it."""
        body = self.read(bodies.ObjectiveInput)
        fields = objective_fields(self.caller, body)
        fields.setdefault("owner", self.caller)
        objective = create_objective(by=self.caller, at=self.at, **fields)
        return self.created(self.row(objective.pk), f"/api/v1/objectives/{objective.pk}/")


class ObjectiveView(ObjectiveBase):
    accepts: ClassVar = {"GET": filters.OBJECTIVE}

    @extend_schema(responses=shapes.Objective)
    def get(self, request: Request, id: UUID) -> HttpResponse:
        """One objective."""
        return self.one(self.row(id))

    @extend_schema(request=bodies.ObjectiveInput, responses=shapes.Objective)
    def patch(self, request: Request, id: UUID) -> HttpResponse:
        """Change an objective. Owner, contributors, lead of its team, administrators."""
        objective = self.objective(id)
        changes = objective_fields(self.caller, self.read(bodies.ObjectiveInput, partial=True))
        self.guard(lambda: self.row(id))
        edit_objective(objective=objective, by=self.caller, at=self.at, **changes)
        return self.after(id)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, id: UUID) -> HttpResponse:
        """Delete an objective with its key results; it can be restored for thirty days."""
        objective = self.objective(id)
        self.guard(lambda: self.row(id))
        delete_objective(objective=objective, by=self.caller, at=self.at)
        return HttpResponse(status=204)

    def after(self, objective_id: UUID) -> HttpResponse:
        """The objective after a change; 204 where the change took it out of the caller's sight."""
        row = read_objective(
            self.caller, objective_id, today=self.today, base_url=self.absolute("/").rstrip("/")
        )
        return HttpResponse(status=204) if row is None else self.one(row)
