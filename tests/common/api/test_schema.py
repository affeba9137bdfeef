"""The published schema, and the page that reads it out."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.validation import validate_schema

from common.api.schema_views import openapi_bytes, openapi_document

pytestmark = pytest.mark.django_db

LATER = (
    "webhooks",
    "imports",
    "exports",
)


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    GENERATOR_STATS.reset()
    openapi_document.cache_clear()
    openapi_bytes.cache_clear()
    return openapi_document()


def test_it_is_made_without_a_warning(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1")
    assert not GENERATOR_STATS
    validate_schema(document)


def test_everybody_may_read_it(document: dict[str, Any]) -> None:
    answer = Client().get("/api/v1/schema/")
    assert answer.json()["paths"].keys() == document["paths"].keys()
    again = Client().get("/api/v1/schema/", headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304


def test_what_comes_later_is_absent(document: dict[str, Any]) -> None:
    paths = " ".join(document["paths"])
    assert [word for word in LATER if f"/{word}/" in paths] == []


def test_goals_are_read_as_of_a_day(document: dict[str, Any]) -> None:
    for path in ("objectives/", "key-results/", "progress/", "progress/history/", "tree/", "priorities/"):
        given = document["paths"][f"/api/v1/{path}"]["get"]["parameters"]
        assert "as_of" in {one["name"] for one in given}, path


def test_every_operation_says_what_it_does_and_how_it_refuses(document: dict[str, Any]) -> None:
    for path, item in document["paths"].items():
        for method, operation in item.items():
            assert operation["summary"], (method, path)
            assert {"400", "401", "403", "404", "406", "422", "429", "503"} <= set(operation["responses"])
            assert operation["security"] == [{"bearerToken": []}, {"browserSession": []}]


def test_the_page_lists_every_operation_and_loads_nothing_from_elsewhere(document: dict[str, Any]) -> None:
    page = Client().get("/api/v1/docs/")
    words = page.content.decode()
    assert page.status_code == 200
    for item in document["paths"].values():
        for operation in item.values():
            assert f'id="{operation["operationId"]}"' in words
    assert re.findall(r'(?:src|href)="(?:https?:)?//', words) == []
    assert " style=" not in words
    assert "<script>" not in words
    assert 'id="problem-not_found"' in words
