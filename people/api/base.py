"""The base of every REST view: who calls, what they may, how answers and refusals look."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import nullcontext
from datetime import date, datetime
from typing import Any, ClassVar, cast

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from rest_framework.exceptions import NotAuthenticated
from rest_framework.request import Request
from rest_framework.serializers import Serializer
from rest_framework.views import APIView

from common import clock
from common.api.fields import Input
from common.api.openapi import ApiSchema
from common.api.parameters import (
    AS_OF,
    NOTHING,
    UNKNOWN_CURSOR,
    Accepted,
    bad_page,
    read_page,
    read_parameters,
)
from common.api.parsing import StrictJsonParser
from common.api.problems import Problem
from common.api.rate_limit import Allowance, take_one
from common.api.refusals import refuse
from common.api.rendering import JsonOnly, JsonRenderer, etag_of, json_response, resource_response
from common.errors import FieldProblem, InvalidInput
from common.locks import lock_graph
from common.pagination import Cursor, Page, PageRequest, UnknownCursor
from common.plain import to_json
from people.api.access import BearerToken, BrowserSession, require_scope, token_of
from people.api.idempotency import answer_once
from people.models import ApiToken, User
from people.roles import Scope

SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
WIRE_NAMES = {
    "ask.asked_of": "ask.of_id",
    "asked_of": "of_id",
    "child": "child_id",
    "contributors": "contributor_ids",
    "cycle": "cycle_id",
    "key_result": "key_result_id",
    "lead": "lead_id",
    "objective": "objective_id",
    "owner": "owner_id",
    "parent": "parent_id",
    "people": "member_ids",
    "receivers": "receiver_ids",
    "team": "team_id",
    "on_behalf_of": "on_behalf_of_id",
}
"""Fields that services know by row and bodies by id."""


def _on_the_wire(problem: FieldProblem) -> FieldProblem:
    return FieldProblem(WIRE_NAMES.get(problem.field, problem.field), problem.code, problem.message)


class ApiView(APIView):
    """Subclasses say which query parameters and scopes each method has, then parse, call once and present."""

    schema = ApiSchema()
    authentication_classes = (BearerToken, BrowserSession)
    permission_classes = ()
    throttle_classes = ()
    parser_classes = (StrictJsonParser,)
    renderer_classes = (JsonRenderer,)
    content_negotiation_class = JsonOnly
    http_method_names = ("get", "post", "patch", "delete", "head")

    accepts: ClassVar[Mapping[str, Accepted]] = {}
    write_scopes: ClassVar[tuple[Scope, ...]] = (Scope.WRITE,)
    shows_past: ClassVar[bool] = True
    allowance: Allowance | None = None
    format_kwarg = None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Everything that is decided before the handler: caller, rate, size, scope, parameters."""
        if not request.user.is_authenticated:
            raise NotAuthenticated("Send `Authorization: Bearer okr_…`, or sign in with a browser.")
        token = token_of(request)
        self.allowance = take_one(str(token.pk if token else request.user.pk))
        if self.allowance.is_used_up:
            wait = {"Retry-After": str(self.allowance.reset)}
            raise Problem(429, "This caller has used up its requests of this minute.", headers=wait)
        self.perform_content_negotiation(request)
        if int(request.META.get("CONTENT_LENGTH") or 0) > (settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0):
            raise Problem(413, "The body is larger than this installation takes.")
        method = request.method or ""
        if method.lower() in self.http_method_names and hasattr(self, method.lower()):
            require_scope(request, *((Scope.READ,) if method in SAFE_METHODS else self.write_scopes))
            found = read_parameters(request.query_params, self.accepted(method))
            # The day has been seen to by a middleware, for every address at once.
            self.query = {name: value for name, value in found.items() if name != AS_OF.name}

    @classmethod
    def accepted(cls, method: str) -> Accepted:
        """Query parameters of a method; a read takes `as_of` too where it is about goals."""
        is_read = method in ("GET", "HEAD")
        accepts = cls.accepts.get("GET" if is_read else method, NOTHING)
        return accepts.with_past() if is_read and cls.shows_past else accepts

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Like the framework's, with keyed POST requests answered once."""
        self.args, self.kwargs, self.headers = args, kwargs, {}
        self.request = self.initialize_request(request, *args, **kwargs)
        try:
            self.initial(self.request, *args, **kwargs)
            response = self._answer(self.request, *args, **kwargs)
        except Exception as error:
            response = self.handle_exception(error)
        return self._finish(response)

    def _answer(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        name = (request.method or "").lower()
        handler = getattr(self, name, None) if name in self.http_method_names else None
        if handler is None:
            return cast(HttpResponse, self.http_method_not_allowed(request))
        if name != "post":
            with transaction.atomic() if "If-Match" in request.headers else nullcontext():
                return cast(HttpResponse, handler(request, *args, **kwargs))
        token = token_of(request)
        return answer_once(
            request._request,
            caller_id=token.pk if token else self.caller.pk,
            at=clock.now(),
            answer=lambda: handler(request, *args, **kwargs),
            refuse=self.handle_exception,
        )

    def handle_exception(self, exc: Exception) -> HttpResponse:  # type: ignore[override]
        if isinstance(exc, NotAuthenticated):
            exc.auth_header = self.get_authenticate_header(self.request)  # type: ignore[attr-defined]
        if isinstance(exc, InvalidInput) and self.request.method not in SAFE_METHODS:
            exc = InvalidInput([_on_the_wire(problem) for problem in exc.problems])
        response = refuse(exc, self.request._request)
        if response.status_code == 405:
            response["Allow"] = ", ".join(self.allowed_methods)
        return response

    def _finish(self, response: HttpResponse) -> HttpResponse:
        for name, value in (self.allowance.headers() if self.allowance else {}).items():
            response[name] = value
        response["Cache-Control"] = "private, no-cache"
        response["Vary"] = "Accept, Authorization, Cookie"
        return response

    # What handlers ask for

    @property
    def caller(self) -> User:
        """The person who calls, or who owns the token."""
        return cast(User, self.request.user)

    @property
    def token(self) -> ApiToken | None:
        return token_of(self.request)

    @property
    def at(self) -> datetime:
        return clock.now()

    @property
    def today(self) -> date:
        """The day in the organisation's time zone."""
        known: date | None = getattr(self.request._request, "today", None)
        return known or clock.day_in(self.caller.organisation.time_zone, clock.now())

    @property
    def page(self) -> PageRequest:
        return read_page(self.request.query_params)

    def absolute(self, path: str) -> str:
        """A path of this installation as a whole address."""
        return self.request._request.build_absolute_uri(path)

    def read(self, serializer: type[Serializer[Any]], *, partial: bool = False) -> dict[str, Any]:
        """The body, checked for shape; only what was sent when `partial`."""
        form = serializer(data=self.request.data, partial=partial)
        form.is_valid(raise_exception=True)
        return dict(form.validated_data)

    def read_nothing(self) -> None:
        """For steps that take no body: `{}` or nothing."""
        self.read(Input)

    def guard(self, current: Callable[[], Any]) -> None:
        """Honour If-Match: 412 unless it names the representation that this caller would read now.

        Runs inside the write's transaction; the organisation's graph is held so that nothing comes between.
        """
        wanted = self.request.headers.get("If-Match")
        if wanted is None:
            return
        lock_graph(self.caller.organisation_id, exclusively=True)
        names = [one.strip() for one in wanted.split(",")]
        if "*" not in names and etag_of(to_json(current())) not in names:
            raise Problem(412, "It has changed since you read it. Read it again, then repeat your change.")

    def list_response(self, read: Callable[[PageRequest], Page[Any]]) -> HttpResponse:
        """A page as `{results, next, previous}`; 400 for a cursor of another list."""
        try:
            page = read(self.page)
        except UnknownCursor as error:
            raise bad_page("cursor", UNKNOWN_CURSOR) from error
        return json_response(
            {"results": page.rows, "next": self._place(page.next), "previous": self._place(page.previous)}
        )

    def _place(self, cursor: Cursor | None) -> str | None:
        if cursor is None:
            return None
        query = self.request.query_params.copy()
        query["cursor"] = cursor.as_text()
        return self.absolute(f"{self.request.path}?{query.urlencode()}")

    def one(
        self, content: Any, *, status: int = 200, headers: Mapping[str, str] | None = None
    ) -> HttpResponse:
        """One resource with its ETag."""
        return resource_response(self.request._request, content, status=status, headers=headers)

    def step(
        self, content: Any, *, status: int = 200, headers: Mapping[str, str] | None = None
    ) -> HttpResponse:
        """What a step did, or a feed: an answer that is no resource."""
        return json_response(content, status=status, headers=headers)

    def created(self, content: Mapping[str, Any], path: str) -> HttpResponse:
        """A new resource, 201, with its address."""
        return self.one(content, status=201, headers={"Location": self.absolute(path)})
