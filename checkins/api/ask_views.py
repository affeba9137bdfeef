"""REST addresses of asks."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import UUID

from django.http import Http404, HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from checkins.api import ask_serializers as shapes
from checkins.models import Ask
from checkins.permissions import people_to_ask, visible_asks
from checkins.queries.asks import MINE, list_asks, read_ask
from checkins.rules.kinds import AskKind, AskState
from checkins.services.answer_ask import answer_ask
from checkins.services.ask_person import ask_person
from checkins.services.pass_on_ask import pass_on_ask
from checkins.services.withdraw_ask import reword_ask, withdraw_ask
from common.api.openapi import page_of
from common.api.parameters import Accepted, Parameter
from common.api.references import at_address, needed, referred, require_known
from common.errors import InvalidInput
from objectives.permissions import visible_key_results, visible_objectives
from people.api.base import ApiView
from people.permissions import visible_people
from people.roles import Scope

FILTERS = (
    Parameter("state", "choice", "Only in these states.", [one.value for one in AskState], True),
    Parameter("kind", "choice", "Only asks, or only decisions.", [one.value for one in AskKind]),
    Parameter("asked_of", "id", "Only what this person has now."),
    Parameter("asked_by", "id", "Only what this person asked."),
    Parameter("objective", "id", "Only about this objective."),
    Parameter("key_result", "id", "Only about this key result."),
    Parameter("mine", "choice", "Only what the caller received, or made.", list(MINE)),
    Parameter("updated_since", "moment", "Only what changed at or after this moment."),
)
KNOWN = {
    "asked_of": visible_people,
    "asked_by": visible_people,
    "objective": visible_objectives,
    "key_result": visible_key_results,
}


class AskBase(ApiView):
    """What the addresses of asks share."""

    write_scopes = (Scope.WRITE,)

    def ask(self, ask_id: UUID) -> Ask:
        return at_address(visible_asks(self.caller).select_related("objective"), ask_id)

    def row(self, ask_id: UUID) -> dict[str, Any]:
        row = read_ask(self.caller, ask_id, today=self.today)
        if row is None:
            raise Http404
        return row


class AsksView(AskBase):
    accepts: ClassVar = {"GET": Accepted(FILTERS, has_pages=True)}

    @extend_schema(responses=page_of(shapes.Ask))
    def get(self, request: Request) -> HttpResponse:
        """Asks, the newest first."""
        for name, rows in KNOWN.items():
            if name in self.query:
                require_known(rows(self.caller), [self.query[name]], name)
        return self.list_response(lambda page: list_asks(self.caller, page, today=self.today, **self.query))

    @extend_schema(request=shapes.NewAskInput, responses={201: shapes.Ask})
    def post(self, request: Request) -> HttpResponse:
        """Ask somebody for help or for a decision.

        Name the objective, or the key result. While somebody is away, their stand-in takes it over.
        """
        body = self.read(shapes.NewAskInput)
        key_result = referred(
            visible_key_results(self.caller).select_related("objective"),
            body.pop("key_result_id", None),
            "key_result_id",
        )
        objective_id = body.pop("objective_id", None)
        if objective_id is None and key_result is None:
            raise InvalidInput.of("objective_id", "required", "Name the objective or the key result.")
        objective = referred(visible_objectives(self.caller), objective_id, "objective_id")
        if objective is None:
            assert key_result is not None
            objective = key_result.objective
        receiver = needed(people_to_ask(objective), body.pop("of_id"), "of_id")
        made = ask_person(
            by=self.caller, at=self.at, objective=objective, key_result=key_result, asked_of=receiver, **body
        )
        return self.created(self.row(made.pk), f"/api/v1/asks/{made.pk}/")


class AskView(AskBase):
    @extend_schema(responses=shapes.Ask)
    def get(self, request: Request, id: UUID) -> HttpResponse:
        """One ask. Reading it here does not count as having seen it."""
        return self.one(self.row(id))

    @extend_schema(request=shapes.AskInput, responses=shapes.Ask)
    def patch(self, request: Request, id: UUID) -> HttpResponse:
        """Put it in better words while nobody has answered. Whoever asked."""
        ask = self.ask(id)
        body = self.read(shapes.AskInput, partial=True)
        self.guard(lambda: self.row(id))
        reword_ask(ask=ask, by=self.caller, at=self.at, **body)
        return self.one(self.row(id))


class AnswerView(AskBase):
    @extend_schema(request=shapes.AnswerInput, responses={200: shapes.Ask})
    def post(self, request: Request, id: UUID) -> HttpResponse:
        """Answer, or note that it was answered in person. Whoever was asked.

        A decision needs `chosen_option`, the place of the option from 0. 409 tells the answer that came first.
        """
        answer_ask(ask=self.ask(id), by=self.caller, at=self.at, **self.read(shapes.AnswerInput))
        return self.step(self.row(id))


class PassOnView(AskBase):
    @extend_schema(request=shapes.PassOnInput, responses={200: shapes.Ask})
    def post(self, request: Request, id: UUID) -> HttpResponse:
        """Pass it on to somebody who can answer it better. Whoever was asked."""
        ask = self.ask(id)
        body = self.read(shapes.PassOnInput)
        to = needed(people_to_ask(ask.objective), body.pop("of_id"), "of_id")
        pass_on_ask(ask=ask, by=self.caller, at=self.at, to=to, words=body.get("words", ""))
        return self.step(self.row(id))


class WithdrawView(AskBase):
    @extend_schema(request=None, responses={200: shapes.Ask})
    def post(self, request: Request, id: UUID) -> HttpResponse:
        """Take it back. Whoever asked, and administrators."""
        ask = self.ask(id)
        self.read_nothing()
        withdraw_ask(ask=ask, by=self.caller, at=self.at)
        return self.step(self.row(id))
