"""Fields of request bodies that take exactly what the schema says, and shapes of answers for the schema."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

LONGEST_TEXT = 20_000
INTEGER_DIGITS = 12
DECIMALS = 6


class Input(serializers.Serializer[Any]):
    """A body: unknown names are refused instead of being dropped."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, Mapping):
            unknown = set(data) - {name for name, one in self.fields.items() if not one.read_only}
            if unknown:
                raise serializers.ValidationError(
                    {
                        name: [serializers.ErrorDetail("This is no field of this body.", code="unknown")]
                        for name in sorted(unknown)
                    }
                )
        return super().to_internal_value(data)


class Output(serializers.Serializer[Any]):
    """The shape of an answer; it is described with this, never built with it."""


@extend_schema_field({"type": "number"})
class NumberField(serializers.Field[Any, Any, Any, Any]):
    """A JSON number of at most 18 digits, 6 of them decimals, as Decimal."""

    default_error_messages: ClassVar = {
        "not_a_number": "This must be a number.",
        "too_many_digits": "At most 18 digits, 6 of them decimals.",
        "too_many_decimals": "At most 6 decimals.",
        "too_small": "This must be {least} or more.",
    }

    def __init__(self, *, least: int | None = None, **options: Any) -> None:
        super().__init__(**options)
        self.least = least

    def to_internal_value(self, data: Any) -> Decimal:
        if isinstance(data, bool) or not isinstance(data, int | Decimal):
            self.fail("not_a_number")
        if isinstance(data, int):
            if abs(data) >= 10**INTEGER_DIGITS:
                self.fail("too_many_digits")
            data = Decimal(data)
        if not data.is_finite() or (data and data.adjusted() >= INTEGER_DIGITS):
            self.fail("too_many_digits")
        if not data:
            return Decimal(0)
        _, digits, exponent = data.as_tuple()
        trailing = len(digits) - len("".join(map(str, digits)).rstrip("0"))
        if isinstance(exponent, int) and exponent + trailing < -DECIMALS:
            self.fail("too_many_decimals")
        if self.least is not None and data < self.least:
            self.fail("too_small", least=self.least)
        return data.quantize(Decimal(1).scaleb(-DECIMALS))

    def to_representation(self, value: Any) -> Any:
        return value


class TextField(serializers.CharField):
    """A JSON string."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("max_length", LONGEST_TEXT)
        super().__init__(**options)

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        return super().to_internal_value(data)


class WordsField(TextField):
    """Optional words: left out, null and "" all mean that there are none."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"required": False, "allow_null": True, "allow_blank": True, **options})

    def run_validation(self, data: Any = serializers.empty) -> Any:
        return super().run_validation("" if data is None else data)


class FlagField(serializers.BooleanField):
    """`true` or `false`, no other spelling."""

    def to_internal_value(self, data: Any) -> bool:
        if not isinstance(data, bool):
            self.fail("invalid", input=data)
        return data


class WholeField(serializers.IntegerField):
    """A JSON number without a fraction."""

    def to_internal_value(self, data: Any) -> int:
        if isinstance(data, bool) or not isinstance(data, int | Decimal) or data != data // 1:
            self.fail("invalid")
        return super().to_internal_value(int(data))


class IdField(serializers.UUIDField):
    """An id; one that is not even well formed is simply not found."""

    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, str):
            raise serializers.ValidationError("This must be an id.", code="invalid")
        return super().to_internal_value(data)


_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z", re.ASCII)


class DayField(serializers.DateField):
    """A day as `YYYY-MM-DD`."""

    def to_internal_value(self, value: Any) -> Any:
        if not isinstance(value, str) or not _DAY.match(value):
            self.fail("invalid", format="YYYY-MM-DD")
        return super().to_internal_value(value)


@extend_schema_field({"type": "number"})
class JsonNumberField(serializers.Field[Any, Any, Any, Any]):
    """In answers: a number as it was given."""


@extend_schema_field({"type": "number", "minimum": 0, "maximum": 1})
class RatioField(serializers.Field[Any, Any, Any, Any]):
    """In answers: a ratio 0..1 with at most four decimals."""


def choices(words: type[StrEnum]) -> list[tuple[str, str]]:
    """The words of a closed list, for a choice field."""
    return [(word.value, word.value) for word in words]


class Named(Output):
    """Something by id and name."""

    id = serializers.UUIDField()
    name = serializers.CharField()


class Titled(Output):
    """Something by id and title."""

    id = serializers.UUIDField()
    title = serializers.CharField()
