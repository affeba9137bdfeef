"""Reading JSON bodies: strict, and without losing a decimal."""

from __future__ import annotations

import codecs
import json
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import IO, Any

from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser


def _refuse_constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")


def _refuse_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    known: dict[str, Any] = {}
    for name, value in pairs:
        if name in known:
            raise ValueError(f"{name} is given twice")
        known[name] = value
    return known


def parse_json(content: bytes) -> Any:
    """JSON as Python values; numbers with a point become Decimal. Raises ValueError."""
    try:
        return json.loads(
            codecs.decode(content, "utf-8"),
            parse_float=Decimal,
            parse_constant=_refuse_constant,
            object_pairs_hook=_refuse_duplicates,
        )
    except (InvalidOperation, RecursionError) as error:
        raise ValueError("not readable") from error


class StrictJsonParser(BaseParser):
    """UTF-8 JSON without NaN, Infinity or a name given twice. An empty body reads as `{}`."""

    media_type = "application/json"

    def parse(
        self,
        stream: IO[bytes],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        content = stream.read()
        if not content.strip():
            return {}
        try:
            return parse_json(content)
        except ValueError as error:
            raise ParseError(str(error)) from error
