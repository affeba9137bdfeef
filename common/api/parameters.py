"""Query parameters: each is declared once, for reading the address and for the schema."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.utils.dateparse import parse_date, parse_datetime

from common.api.problems import Problem
from common.errors import FieldProblem, InvalidInput
from common.pagination import DEFAULT_PAGE_SIZE, LARGEST_PAGE_SIZE, Cursor, PageRequest, UnknownCursor

NOT_FOUND_MESSAGE = "There is nothing with this id, or it is not for you to see."


@dataclass(frozen=True, slots=True)
class Parameter:
    """One query parameter: `kind` is text, id, choice, flag, date or moment; `many` takes a,b or a repeat."""

    name: str
    kind: str
    description: str
    choices: Sequence[str] = ()
    many: bool = False
    required: bool = False

    def schema(self) -> dict[str, Any]:
        """The parameter's value in OpenAPI."""
        shapes: dict[str, dict[str, Any]] = {
            "text": {"type": "string", "maxLength": 200},
            "id": {"type": "string", "format": "uuid"},
            "choice": {"type": "string", "enum": list(self.choices)},
            "flag": {"type": "boolean"},
            "date": {"type": "string", "format": "date"},
            "moment": {"type": "string", "format": "date-time"},
        }
        single = shapes[self.kind]
        return {"type": "array", "items": single} if self.many else single


@dataclass(frozen=True, slots=True)
class Accepted:
    """The query parameters of one address and method."""

    parameters: tuple[Parameter, ...] = ()
    has_pages: bool = False
    names: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        own = {parameter.name for parameter in self.parameters}
        object.__setattr__(
            self, "names", frozenset(own | ({"cursor", "page_size"} if self.has_pages else set()))
        )

    def with_past(self) -> Accepted:
        """The same for a read that can be asked as of a day."""
        return Accepted((*self.parameters, AS_OF), has_pages=self.has_pages)


AS_OF = Parameter(
    "as_of",
    "date",
    "The answer as it was at the end of that day: what was known then, by the numbers of then.",
)
NOTHING = Accepted()


def read_parameters(query: QueryDict, accepted: Accepted) -> Mapping[str, Any]:
    """Values by name; a parameter that is not given is not there.

    Raises Problem 400 for a name that the address does not know, InvalidInput for a value it cannot take.
    """
    unknown = sorted(set(query) - accepted.names)
    if unknown:
        errors = [FieldProblem(name, "unknown", "This address knows no such parameter.") for name in unknown]
        raise Problem(
            400, f"Unknown parameter: {', '.join(unknown)}.", code="unknown_parameter", errors=errors
        )
    values: dict[str, Any] = {}
    problems: list[FieldProblem] = []
    for parameter in accepted.parameters:
        given = [text for text in query.getlist(parameter.name) if text != ""]
        if not given:
            if parameter.required:
                problems.append(FieldProblem(parameter.name, "required", "This parameter is needed."))
            continue
        try:
            values[parameter.name] = _read(parameter, given)
        except _Unusable as error:
            problems.append(FieldProblem(parameter.name, error.code, str(error)))
    if problems:
        raise InvalidInput(problems)
    return values


class _Unusable(ValueError):
    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def _read(parameter: Parameter, given: list[str]) -> Any:
    if parameter.many:
        parts = [part for text in given for part in text.split(",") if part]
        return [_read_one(parameter, part) for part in parts]
    return _read_one(parameter, given[-1])


def _read_one(parameter: Parameter, text: str) -> Any:
    if "\x00" in text:
        raise _Unusable("invalid", "A null character is not text.")
    match parameter.kind:
        case "id":
            return _read_id(text)
        case "choice":
            if text not in parameter.choices:
                raise _Unusable("invalid_choice", f"One of {', '.join(parameter.choices)}.")
            return text
        case "flag":
            if text not in ("true", "false"):
                raise _Unusable("invalid", "true or false.")
            return text == "true"
        case "date":
            return _read_date(text)
        case "moment":
            return _read_moment(text)
    if len(text) > 200:
        raise _Unusable("too_long", "At most 200 characters.")
    return text


def _read_id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise _Unusable("not_found", NOT_FOUND_MESSAGE) from error


def _read_date(text: str) -> date:
    try:
        found = parse_date(text)
    except ValueError:
        found = None
    if found is None:
        raise _Unusable("invalid", "A day such as 2026-02-23.")
    return found


def _read_moment(text: str) -> datetime:
    """A moment; `+` of an offset may have arrived as a space; without an offset it is taken as UTC."""
    try:
        found = parse_datetime(text.replace(" ", "+") if "T" in text else text)
    except ValueError:
        found = None
    if found is None:
        day = _read_date(text)
        found = datetime(day.year, day.month, day.day, tzinfo=UTC)
    try:
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except OverflowError as error:
        raise _Unusable("invalid", "A moment such as 2026-02-23T08:00:00Z.") from error


def read_page(query: QueryDict) -> PageRequest:
    """`page_size` 1..500 (default 100) and `cursor`. Raises Problem 400."""
    size = DEFAULT_PAGE_SIZE
    text = query.get("page_size")
    if text is not None:
        is_number = text.isascii() and text.isdigit() and len(text) <= 4
        if not is_number or not 1 <= int(text) <= LARGEST_PAGE_SIZE:
            raise bad_page("page_size", f"page_size is a whole number from 1 to {LARGEST_PAGE_SIZE}.")
        size = int(text)
    cursor_text = query.get("cursor")
    if cursor_text is None:
        return PageRequest(size=size)
    try:
        return PageRequest(size=size, cursor=Cursor.from_text(cursor_text))
    except UnknownCursor as error:
        raise bad_page("cursor", UNKNOWN_CURSOR) from error


UNKNOWN_CURSOR = "Take the cursor from `next` or `previous` of an earlier answer."


def bad_page(name: str, message: str) -> Problem:
    """400 for a page that cannot be named like this."""
    return Problem(400, message, code="bad_page", errors=[FieldProblem(name, "invalid", message)])
