"""REST addresses of an objective's life: explain, propose, agree, activate, pause, close, reopen, cancel, restore."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from alignment.api.serializers import Explained
from alignment.queries.explain import explain_objective
from alignment.queries.explained_row import explained_row
from alignment.services.propose_objective import agree_to_objective, propose_objective
from dashboards.api import serializers as shapes
from dashboards.api.objective_views import ObjectiveBase
from objectives.api import serializers as bodies
from objectives.queries.restorable import restorable_objectives
from objectives.services.change_objective_state import (
    activate_objective,
    cancel_objective,
    pause_objective,
)
from objectives.services.close_objective import close_objective, reopen_objective
from objectives.services.delete_objective import restore_objective


class ObjectiveExplainView(ObjectiveBase):
    @extend_schema(responses=Explained)
    def get(self, request: Request, id: UUID) -> HttpResponse:
        """Why its progress is what it is: parts, weights, contributions, and what was left out."""
        return self.one(explained_row(explain_objective(self.caller, self.objective(id))))


class ObjectiveStep(ObjectiveBase):
    """A step in the life of an objective; repeats are harmless unless the state has moved on."""

    def take(self, step: Callable[..., object], objective_id: UUID, **fields: Any) -> HttpResponse:
        step(objective=self.objective(objective_id), by=self.caller, at=self.at, **fields)
        return self.one(self.row(objective_id))


class ObjectiveProposeView(ObjectiveStep):
    @extend_schema(request=None, responses=shapes.Objective)
    def post(self, request: Request, id: UUID) -> HttpResponse:
        """Hand a draft to its sponsor, who is asked to agree."""
        self.read_nothing()
        return self.take(propose_objective, id)


class ObjectiveAgreeView(ObjectiveStep):
    @extend_schema(request=None, responses=shapes.Objective)
    def post(self, request: Request, id: UUID) -> HttpResponse:
        """The word of its sponsor, or of an administrator; the team starts it when it is ready."""
        self.read_nothing()
        return self.take(agree_to_objective, id)


class ObjectiveActivateView(ObjectiveStep):
    @extend_schema(request=None, responses=shapes.Objective)
    def post(self, request: Request, id: UUID) -> HttpResponse:
        """Start it, or take it up again after a pause."""
        self.read_nothing()
        return self.take(activate_objective, id)


class ObjectivePauseView(ObjectiveStep):
    @extend_schema(request=bodies.PauseInput, responses=shapes.Objective)
    def post(self, request: Request, id: UUID) -> HttpResponse:
        """Set it aside for now, with a reason; it still counts."""
        return self.take(pause_objective, id, **self.read(bodies.PauseInput))


class ObjectiveCloseView(ObjectiveStep):
    @extend_schema(request=bodies.CloseInput, responses=shapes.Objective)
    def post(self, request: Request, id: UUID) -> HttpResponse:
        """Close it with a score; a score other than the suggested one needs a reason."""
        return self.take(close_objective, id, **self.read(bodies.CloseInput))


class ObjectiveReopenView(ObjectiveStep):
    @extend_schema(request=None, responses=shapes.Objective)
    def post(self, request: Request, id: UUID) -> HttpResponse:
        """Take a closed objective up again while its cycle is open."""
        self.read_nothing()
        return self.take(reopen_objective, id)


class ObjectiveCancelView(ObjectiveStep):
    @extend_schema(request=bodies.PauseInput, responses=shapes.Objective)
    def post(self, request: Request, id: UUID) -> HttpResponse:
        """Give it up, with a reason; it stays to be read and counts no more."""
        return self.take(cancel_objective, id, **self.read(bodies.PauseInput))


class ObjectiveRestoreView(ObjectiveStep):
    @extend_schema(request=None, responses=shapes.Objective)
    def post(self, request: Request, id: UUID) -> HttpResponse:
        """Put a deleted objective back, within thirty days."""
        self.read_nothing()
        rows = restorable_objectives(self.caller, at=self.at)
        objective = rows.filter(pk=id).first() or self.objective(id)
        restore_objective(objective=objective, by=self.caller, at=self.at)
        return self.one(self.row(id))
