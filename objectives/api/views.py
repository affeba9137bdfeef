"""REST addresses of cycles."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import UUID

from django.http import Http404, HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from common.api.openapi import page_of
from common.api.parameters import Accepted, Parameter
from common.api.references import at_address, require_known
from objectives.api import serializers as shapes
from objectives.api.reading import cycle_fields
from objectives.permissions import visible_cycles
from objectives.queries.cycle_resource import list_cycles, read_cycle
from objectives.rules.kinds import CycleState
from objectives.services.write_cycles import activate_cycle, close_cycle, create_cycle, edit_cycle
from people.api.base import ApiView
from people.roles import Scope


class CycleBase(ApiView):
    """What the addresses of cycles share."""

    write_scopes = (Scope.ADMIN,)

    def row(self, cycle_id: UUID) -> dict[str, Any]:
        row = read_cycle(self.caller, cycle_id, today=self.today)
        if row is None:
            raise Http404
        return row


class CyclesView(CycleBase):
    accepts: ClassVar = {
        "GET": Accepted(
            (
                Parameter(
                    "state", "choice", "Only these states.", [state.value for state in CycleState], True
                ),
                Parameter("search", "text", "Words in the name."),
                Parameter("parent", "id", "Only cycles inside this one."),
                Parameter("updated_since", "moment", "Only what changed at or after this moment."),
            ),
            has_pages=True,
        )
    }

    @extend_schema(responses=page_of(shapes.Cycle))
    def get(self, request: Request) -> HttpResponse:
        """Cycles of the organisation."""
        if "parent" in self.query:
            require_known(visible_cycles(self.caller), [self.query["parent"]], "parent")
        return self.list_response(lambda page: list_cycles(self.caller, page, today=self.today, **self.query))

    @extend_schema(request=shapes.CycleInput, responses={201: shapes.Cycle})
    def post(self, request: Request) -> HttpResponse:
        """Create a cycle, in planning. Administrators only."""
        fields = cycle_fields(self.caller, self.read(shapes.CycleInput))
        cycle = create_cycle(by=self.caller, at=self.at, **fields)
        return self.created(self.row(cycle.pk), f"/api/v1/cycles/{cycle.pk}/")


class CycleView(CycleBase):
    @extend_schema(responses=shapes.Cycle)
    def get(self, request: Request, id: UUID) -> HttpResponse:
        """One cycle."""
        return self.one(self.row(id))

    @extend_schema(request=shapes.CycleInput, responses=shapes.Cycle)
    def patch(self, request: Request, id: UUID) -> HttpResponse:
        """Change a cycle. Administrators only."""
        cycle = at_address(visible_cycles(self.caller), id)
        fields = cycle_fields(self.caller, self.read(shapes.CycleInput, partial=True))
        self.guard(lambda: self.row(id))
        edit_cycle(cycle=cycle, by=self.caller, at=self.at, **fields)
        return self.one(self.row(id))


class CycleActivateView(CycleBase):
    @extend_schema(request=None, responses=shapes.Cycle)
    def post(self, request: Request, id: UUID) -> HttpResponse:
        """Start a cycle. Repeating it is harmless."""
        self.read_nothing()
        cycle = at_address(visible_cycles(self.caller), id)
        activate_cycle(cycle=cycle, by=self.caller, at=self.at)
        return self.one(self.row(id))


class CycleCloseView(CycleBase):
    @extend_schema(request=None, responses=shapes.Cycle)
    def post(self, request: Request, id: UUID) -> HttpResponse:
        """Close a cycle: first it is closing, then, with no objective open, closed."""
        self.read_nothing()
        cycle = at_address(visible_cycles(self.caller), id)
        close_cycle(cycle=cycle, by=self.caller, at=self.at)
        return self.one(self.row(id))
