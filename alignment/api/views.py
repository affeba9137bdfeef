"""REST addresses of strategic priorities."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from alignment.api import serializers as shapes
from alignment.models import StrategicPriority
from alignment.permissions import visible_priorities
from alignment.queries.priority_resource import list_priorities, read_priority
from alignment.rules.kinds import PriorityState
from alignment.services.write_priorities import (
    activate_priority,
    create_priority,
    edit_priority,
    rank_priorities,
    retire_priority,
)
from common.api.openapi import page_of
from common.api.parameters import Accepted, Parameter
from common.api.references import at_address, referred, require_known
from people.api.base import ApiView
from people.models import User
from people.permissions import visible_people

FILTERS = (
    Parameter("state", "choice", "Only these states.", [state.value for state in PriorityState], True),
    Parameter("owner", "id", "Only of these people.", many=True),
    Parameter("search", "text", "Words in title or narrative."),
    Parameter("updated_since", "moment", "Only what changed at or after this moment."),
)


class PriorityBase(ApiView):
    """What the addresses of priorities share."""

    def row(self, priority_id: UUID) -> dict[str, Any]:
        row = read_priority(self.caller, priority_id)
        if row is None:
            raise Http404
        return row

    def fields(self, body: dict[str, Any]) -> dict[str, Any]:
        """The body with owner and sponsor in place of their ids."""
        for name in ("owner", "sponsor"):
            if f"{name}_id" in body:
                body[name] = referred(visible_people(self.caller), body.pop(f"{name}_id"), f"{name}_id")
        return body


class PrioritiesView(PriorityBase):
    accepts: ClassVar = {"GET": Accepted(FILTERS, has_pages=True)}

    @extend_schema(responses=page_of(shapes.Priority))
    def get(self, request: Request) -> HttpResponse:
        """Strategic priorities; drafts are for leaders and administrators."""
        if "owner" in self.query:
            require_known(visible_people(self.caller), self.query["owner"], "owner")
        return self.list_response(lambda page: list_priorities(self.caller, page, **self.query))

    @extend_schema(request=shapes.NewPriorityInput, responses={201: shapes.Priority})
    def post(self, request: Request) -> HttpResponse:
        """State a priority. Leaders and administrators."""
        fields = self.fields(self.read(shapes.NewPriorityInput))
        priority = create_priority(by=self.caller, at=self.at, **fields)
        return self.created(self.row(priority.pk), f"/api/v1/priorities/{priority.pk}/")


class PriorityView(PriorityBase):
    @extend_schema(responses=shapes.Priority)
    def get(self, request: Request, id: UUID) -> HttpResponse:
        """One priority."""
        return self.one(self.row(id))

    @extend_schema(request=shapes.PriorityChange, responses=shapes.Priority)
    def patch(self, request: Request, id: UUID) -> HttpResponse:
        """Change a priority, move it to another rank, or start a draft. Leaders and administrators.

        What an active one says is written into its draft; `publish/` puts that into force.
        """
        priority = at_address(visible_priorities(self.caller), id)
        fields = self.fields(self.read(shapes.PriorityChange, partial=True))
        self.guard(lambda: self.row(id))
        self._change(priority, fields)
        return self.one(self.row(id))

    @transaction.atomic
    def _change(self, priority: StrategicPriority, fields: dict[str, Any]) -> None:
        rank, state = fields.pop("rank", None), fields.pop("state", None)
        if state is not None:
            activate_priority(priority=priority, by=self.caller, at=self.at)
        if fields or (rank is None and state is None):
            edit_priority(priority=priority, by=self.caller, at=self.at, **fields)
        if rank is not None:
            order = order_with(self.caller, priority, rank)
            rank_priorities(ordered_ids=order, by=self.caller, at=self.at)


def order_with(caller: User, priority: StrategicPriority, rank: int) -> list[UUID]:
    """Ids of the priorities that are not retired, `priority` at place `rank` (from 1)."""
    rows = visible_priorities(caller).exclude(state=PriorityState.RETIRED).exclude(pk=priority.pk)
    order = list(rows.order_by("rank", "pk").values_list("pk", flat=True))
    order.insert(rank - 1, priority.pk)
    return order


class PriorityRetireView(PriorityBase):
    @extend_schema(request=shapes.RetireInput, responses=shapes.Priority)
    def post(self, request: Request, id: UUID) -> HttpResponse:
        """Retire a priority, with a reason: every open objective below is asked what now. Links and history stay."""
        priority = at_address(visible_priorities(self.caller), id)
        reason = self.read(shapes.RetireInput)["reason"]
        retire_priority(priority=priority, by=self.caller, at=self.at, reason=reason)
        return self.one(self.row(id))
