"""REST addresses of the caller, the tree, and progress over a cycle."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import UUID

from django.http import Http404, HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from alignment.api.serializers import Explained
from alignment.permissions import visible_priorities
from alignment.queries.explain import explain_priority
from alignment.queries.explained_row import explained_row
from common.api.parameters import Accepted, Parameter
from common.api.references import at_address, needed
from common.errors import InvalidInput
from dashboards.api import overview_serializers as shapes
from dashboards.queries.resources import progress_history as history
from dashboards.queries.resources.own_account import own_account
from dashboards.queries.resources.progress_feed import progress_feed
from dashboards.queries.resources.tree import tree_of
from dashboards.queries.shell import choose_cycle, cycle_rows
from objectives.models import Cycle
from objectives.permissions import visible_cycles, visible_objectives
from people.api.base import ApiView
from people.permissions import visible_teams

CYCLE = Parameter("cycle", "id", "The cycle; the one that runs now when left out.")
INTERVAL = Parameter("interval", "choice", "A point a day (the default) or a week.", ["day", "week"])
SUBJECTS = ("priority", "team", "objective")


class CycleWideView(ApiView):
    """What shows a whole cycle."""

    accepts: ClassVar = {"GET": Accepted((CYCLE,))}

    def cycle(self) -> Cycle:
        """The cycle asked for, or the one that runs now; 404 when the organisation has none."""
        wanted: UUID | None = self.query.get("cycle")
        if wanted is None:
            row = choose_cycle(cycle_rows(self.caller.organisation_id), wanted=None, today=self.today)
            if row is None:
                raise Http404
            wanted = row.id
        return needed(visible_cycles(self.caller), wanted, "cycle")


class MeView(ApiView):
    shows_past = False

    @extend_schema(responses=shapes.Me)
    def get(self, request: Request) -> HttpResponse:
        """Who calls, and what waits for them."""
        return self.one(own_account(self.caller, self.token, today=self.today))


class TreeView(CycleWideView):
    @extend_schema(responses=shapes.Tree)
    def get(self, request: Request) -> HttpResponse:
        """The whole graph of a cycle in one call, each node with its progress."""
        return self.one(tree_of(self.caller, self.cycle(), today=self.today))


class ProgressView(CycleWideView):
    @extend_schema(responses=shapes.Progress)
    def get(self, request: Request) -> HttpResponse:
        """How the organisation, its priorities and its teams stand in a cycle."""
        return self.one(progress_feed(self.caller, self.cycle(), today=self.today))


class PriorityExplainView(CycleWideView):
    @extend_schema(responses=Explained)
    def get(self, request: Request, id: UUID) -> HttpResponse:
        """Why a priority's progress in a cycle is what it is."""
        priority = at_address(visible_priorities(self.caller), id)
        return self.one(explained_row(explain_priority(self.caller, priority, self.cycle())))


class HistoryView(CycleWideView):
    accepts: ClassVar = {
        "GET": Accepted(
            (
                CYCLE,
                INTERVAL,
                Parameter("priority", "id", "Of this priority instead of the organisation."),
                Parameter("team", "id", "Of this team instead of the organisation."),
                Parameter("objective", "id", "Of this objective, in its own cycle."),
            )
        )
    }

    @extend_schema(responses=shapes.History)
    def get(self, request: Request) -> HttpResponse:
        """How the progress of the organisation, a priority, a team or an objective came about."""
        named = [name for name in SUBJECTS if name in self.query]
        if len(named) > 1:
            raise InvalidInput.of(named[1], "one_only", f"Name one of {', '.join(SUBJECTS)}.")
        subject = named[0] if named else "organisation"
        cycle, key, now = self._subject(subject)
        interval = self.query.get("interval", history.DAY)
        return self.one(history.history_of(cycle, subject, key, now, interval=interval, today=self.today))

    def _subject(self, subject: str) -> tuple[Cycle, UUID, Any]:
        """Cycle, id and present numbers of what is asked for."""
        if subject == "objective":
            rows = visible_objectives(self.caller).select_related("cycle")
            objective = needed(rows, self.query["objective"], "objective")
            return objective.cycle, objective.pk, history.numbers_of_objective(objective)
        cycle = self.cycle()
        if subject == "priority":
            priority = needed(visible_priorities(self.caller), self.query["priority"], "priority")
            return cycle, priority.pk, history.numbers_of_priority(cycle, priority.pk)
        if subject == "team":
            team = needed(visible_teams(self.caller), self.query["team"], "team")
            return cycle, team.pk, history.numbers_of_team(cycle, team.pk)
        return cycle, self.caller.organisation_id, history.numbers_of_organisation(cycle)
