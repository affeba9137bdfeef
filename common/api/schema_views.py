"""The OpenAPI document, and a page that reads it out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.generic import View
from drf_spectacular.generators import SchemaGenerator

from common.api.problems import CODES, TITLES
from common.api.rendering import etag_of, names_tag
from common.plain import to_json

METHODS = ("get", "post", "patch", "delete")


@cache
def openapi_document() -> dict[str, Any]:
    """The schema of the whole interface; made once, since the code that it describes stays the same."""
    document: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)
    return document


@cache
def openapi_bytes() -> bytes:
    return to_json(openapi_document())


class SchemaView(View):
    """OpenAPI 3.1 as JSON, for everybody: it says nothing about any organisation."""

    http_method_names = ("get", "head")

    def get(self, request: HttpRequest) -> HttpResponse:
        content = openapi_bytes()
        tag = etag_of(content)
        if names_tag(request.headers.get("If-None-Match", ""), tag):
            response = HttpResponse(status=304)
        else:
            response = HttpResponse(content, content_type="application/json")
        response["ETag"] = tag
        response["Cache-Control"] = "public, max-age=300"
        return response


@dataclass(frozen=True, slots=True)
class FieldRow:
    """A parameter or a field: its name, what it may be, and whether it must be there."""

    name: str
    kind: str
    is_required: bool
    description: str


@dataclass(frozen=True, slots=True)
class OperationRow:
    """One method at one address."""

    key: str
    method: str
    path: str
    summary: str
    description: str
    parameters: tuple[FieldRow, ...]
    body: str
    answers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ShapeRow:
    """A named object of the schema."""

    name: str
    description: str
    fields: tuple[FieldRow, ...]


class DocsView(View):
    """The schema as a page: works without JavaScript and loads nothing from elsewhere."""

    http_method_names = ("get", "head")

    def get(self, request: HttpRequest) -> HttpResponse:
        document = openapi_document()
        groups: dict[str, list[OperationRow]] = {}
        for operation, tag in _operations(document):
            groups.setdefault(tag, []).append(operation)
        context = {
            "title": document["info"]["title"],
            "version": document["openapi"],
            "groups": groups,
            "shapes": [*_shapes(document)],
            "problems": [(code, TITLES[status], status) for status, code in CODES.items()],
        }
        return render(request, "api/docs.html", context)


def _operations(document: Mapping[str, Any]) -> Iterator[tuple[OperationRow, str]]:
    for path, item in document["paths"].items():
        for method in METHODS:
            if method in item:
                operation = item[method]
                yield _operation(method, path, operation), operation["tags"][0]


def _operation(method: str, path: str, operation: Mapping[str, Any]) -> OperationRow:
    content = operation.get("requestBody", {}).get("content", {})
    return OperationRow(
        key=operation["operationId"],
        method=method.upper(),
        path=path,
        summary=operation.get("summary", ""),
        description=operation.get("description", ""),
        parameters=tuple(
            FieldRow(
                one["name"],
                f"{kind_of(one['schema'])}, in the {one['in']}",
                one.get("required", False),
                one.get("description", ""),
            )
            for one in operation.get("parameters", ())
        ),
        body=next((kind_of(one["schema"]) for one in content.values()), ""),
        answers=tuple(
            (code, next((kind_of(one["schema"]) for one in answer.get("content", {}).values()), "nothing"))
            for code, answer in operation["responses"].items()
            if code.startswith("2")
        ),
    )


def _shapes(document: Mapping[str, Any]) -> Iterator[ShapeRow]:
    for name, shape in sorted(document["components"]["schemas"].items()):
        required = shape.get("required", ())
        fields = tuple(
            FieldRow(field, kind_of(one), field in required, one.get("description", ""))
            for field, one in shape.get("properties", {}).items()
        )
        words = shape.get("description", "")
        yield ShapeRow(name, words or " | ".join(map(str, shape.get("enum", ()))), fields)


def kind_of(schema: Mapping[str, Any]) -> str:
    """What a value may be, in a few words: "list of Objective", "uuid or null", "increase | decrease"."""
    if "$ref" in schema:
        return str(schema["$ref"]).rsplit("/", 1)[-1]
    for word in ("oneOf", "anyOf", "allOf"):
        if word in schema:
            return " or ".join(kind_of(one) for one in schema[word])
    if "enum" in schema:
        return " | ".join("null" if one is None else str(one) for one in schema["enum"])
    kinds = schema.get("type", "anything")
    names = [kinds] if isinstance(kinds, str) else list(kinds)
    if "array" in names:
        names[names.index("array")] = f"list of {kind_of(schema.get('items', {}))}"
    if "string" in names and "format" in schema:
        names[names.index("string")] = schema["format"]
    return " or ".join(names)
