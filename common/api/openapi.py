"""What every address shares in the OpenAPI schema: parameters, headers and refusals."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers

from common.api.fields import Output
from common.api.parameters import NOTHING, Accepted
from common.api.problems import PROBLEM_TYPE, TITLES
from common.pagination import DEFAULT_PAGE_SIZE, LARGEST_PAGE_SIZE

ALWAYS = (400, 401, 403, 404, 406, 422, 429, 503)
WITH_BODY = (409, 413, 415)


class ProblemError(Output):
    """One thing wrong with one field; `field` is a path such as `milestones.0.title`."""

    field = serializers.CharField()
    code = serializers.CharField()
    message = serializers.CharField()


class Problem(Output):
    """A refusal (RFC 9457)."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    code = serializers.CharField()
    errors = ProblemError(many=True)  # type: ignore[assignment]


class ApiSchema(AutoSchema):
    """Describes a view from what the view itself uses, so that the two cannot differ."""

    def get_tags(self) -> list[str]:
        return [self.path.removeprefix("/api/v1/").split("/")[0]]

    def get_summary(self) -> str | None:
        """The first sentence of the handler's docstring."""
        return super().get_description().strip().split("\n")[0].rstrip(".") or None

    def get_description(self) -> str:  # type: ignore[override]
        """The handler's docstring after its first line."""
        return super().get_description().strip().partition("\n")[2].strip()

    def get_operation_id(self) -> str:
        """`method_path`, such as `get_objectives_id_explain`: short, unique and stable."""
        words = self.path.removeprefix("/api/v1/").strip("/").replace("-", "_").replace("/", "_")
        return f"{self.method.lower()}_{words}".replace("{", "").replace("}", "")

    def get_override_parameters(self) -> list[Any]:
        accepts: Accepted = getattr(self.view, "accepted", lambda method: NOTHING)(self.method)
        found = [
            OpenApiParameter(
                name=one.name, type=one.schema(), description=one.description, required=one.required
            )
            for one in accepts.parameters
        ]
        return found + (_page_parameters() if accepts.has_pages else []) + self._header_parameters()

    def _header_parameters(self) -> list[OpenApiParameter]:
        if self.method == "POST":
            words = "Makes the request safe to repeat: the answer is replayed for 24 hours."
            return [_header("Idempotency-Key", words)]
        if self.method in ("PATCH", "DELETE"):
            return [_header("If-Match", "The ETag that was read; 412 when it has changed since.")]
        return []

    def _get_response_bodies(self, direction: Any = "response") -> dict[str, Any]:
        bodies: dict[str, Any] = super()._get_response_bodies(direction)
        problem = self.resolve_serializer(Problem, "response").ref
        content = {PROBLEM_TYPE: {"schema": problem}}
        statuses = [*ALWAYS]
        if self.method != "GET":
            statuses += WITH_BODY
        if self.method in ("PATCH", "DELETE"):
            statuses.append(412)
        for status in sorted(statuses):
            bodies.setdefault(str(status), {"description": TITLES[status], "content": content})
        return bodies


def _header(name: str, description: str) -> OpenApiParameter:
    schema = {"type": "string", "maxLength": 255, "pattern": "^[ -~]*$"}
    return OpenApiParameter(name=name, type=schema, location=OpenApiParameter.HEADER, description=description)


def _page_parameters() -> list[OpenApiParameter]:
    size = {"type": "integer", "minimum": 1, "maximum": LARGEST_PAGE_SIZE, "default": DEFAULT_PAGE_SIZE}
    return [
        OpenApiParameter(name="page_size", type=size, description="Rows on a page."),
        OpenApiParameter(
            name="cursor",
            type={"type": "string"},
            description="From `next` or `previous` of an earlier answer.",
        ),
    ]


@cache
def page_of(row: type[serializers.Serializer[Any]]) -> type[serializers.Serializer[Any]]:
    """The shape of a list of such rows: `{results, next, previous}`."""
    fields: Mapping[str, Any] = {
        "results": row(many=True),
        "next": serializers.URLField(allow_null=True),
        "previous": serializers.URLField(allow_null=True),
        "__doc__": f"A page of {row.__name__} rows.",
    }
    return type(f"{row.__name__}Page", (Output,), dict(fields))
