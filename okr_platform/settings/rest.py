"""The REST interface: JSON in, JSON out, described by OpenAPI 3.1."""

from __future__ import annotations

from typing import Any

from okr_platform.settings.place import env

API_REQUESTS_PER_MINUTE = env.number("OKR_API_RATE", 1200, at_least=1)

REST_FRAMEWORK: dict[str, Any] = {
    "DEFAULT_RENDERER_CLASSES": ["common.api.rendering.JsonRenderer"],
    "DEFAULT_PARSER_CLASSES": ["common.api.parsing.StrictJsonParser"],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "common.api.rendering.JsonOnly",
    "DEFAULT_SCHEMA_CLASS": "common.api.openapi.ApiSchema",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}

SPECTACULAR_SETTINGS: dict[str, Any] = {
    "TITLE": "OKR Platform",
    "DESCRIPTION": "Strategic priorities, objectives, key results, check-ins and how they add up.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.1",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SERVE_INCLUDE_SCHEMA": False,
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "POSTPROCESSING_HOOKS": ["drf_spectacular.hooks.postprocess_schema_enum_id_removal"],
}
