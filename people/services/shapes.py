"""What a name, an e-mail, a password and a time zone may look like. Each returns the value to store."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID
from zoneinfo import available_timezones

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction

from common.errors import FieldProblem, InvalidInput, NotAllowed
from people.models import Team, User
from people.roles import Role
from people.rules.locales import LOCALES

NAME_LENGTH = 200
RHYTHMS = (1, 2, 4)
TAKEN = "Somebody already signs in with this e-mail address."


def read_all(*readers: Callable[[], Any]) -> list[Any]:
    """What every reader returns; when some refuse, one InvalidInput with the problems of all of them."""
    values: list[Any] = []
    problems: list[FieldProblem] = []
    for reader in readers:
        try:
            values.append(reader())
        except InvalidInput as error:
            problems.extend(error.problems)
    if problems:
        raise InvalidInput(problems)
    return values


def read_name(name: str, *, field: str = "name", missing: str = "Give a name.") -> str:
    """One line without spaces at its ends; InvalidInput when empty or over 200 characters."""
    tidy = " ".join(name.replace("\x00", "").split())
    if not tidy:
        raise InvalidInput.of(field, "required", missing)
    if len(tidy) > NAME_LENGTH:
        raise InvalidInput.of(field, "too_long", f"At most {NAME_LENGTH} characters, this has {len(tidy)}.")
    return tidy


def read_email(email: str | None, *, besides: User | None = None, required: bool = False) -> str | None:
    """The address in lower case, or None for nobody's; taken addresses raise InvalidInput.

    An address belongs to one person of the whole installation; `besides` may keep their own.
    """
    tidy = (email or "").strip().lower()
    if not tidy:
        if required:
            raise InvalidInput.of("email", "required", "Give an e-mail address.")
        return None
    try:
        validate_email(tidy)
    except ValidationError:
        raise InvalidInput.of(
            "email", "invalid", "This is no e-mail address. name@example.org would do."
        ) from None
    if len(tidy) > 254:
        raise InvalidInput.of("email", "too_long", "An e-mail address has at most 254 characters.")
    others = User.objects.filter(email=tidy)
    if besides is not None:
        others = others.exclude(pk=besides.pk)
    if others.exists():
        raise InvalidInput.of("email", "taken", TAKEN)
    return tidy


@contextmanager
def one_address_each() -> Iterator[None]:
    """Around the write of an address: when somebody else took it in the same moment, InvalidInput says so."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        raise InvalidInput.of("email", "taken", TAKEN) from error


def read_external_id(
    external_id: str | None, *, model: type[Team | User], organisation_id: UUID, besides: UUID | None = None
) -> str | None:
    """The id in another system, or None; InvalidInput when another row of the organisation has it.

    `besides` is the id of the row that may keep its own.
    """
    tidy = (external_id or "").strip()
    if not tidy:
        return None
    if len(tidy) > NAME_LENGTH:
        raise InvalidInput.of("external_id", "too_long", f"At most {NAME_LENGTH} characters.")
    others = model._default_manager.filter(organisation_id=organisation_id, external_id=tidy)
    if besides is not None:
        others = others.exclude(pk=besides)
    if others.exists():
        raise InvalidInput.of("external_id", "taken", "Another one here has this id already.")
    return tidy


def read_password(password: str, *, email: str, name: str) -> str:
    """The password, unless it is too short, too common or too like the person (InvalidInput)."""
    try:
        validate_password(password, User(email=email, name=name))
    except ValidationError as error:
        raise InvalidInput.of("password", "weak_password", " ".join(error.messages)) from None
    return password


def read_time_zone(zone: str) -> str:
    """An IANA name such as Europe/Brussels (InvalidInput otherwise)."""
    if zone not in available_timezones():
        raise InvalidInput.of(
            "time_zone", "unknown", "This time zone is not known. Europe/Brussels would do."
        )
    return zone


def read_locale(locale: str) -> str:
    """One of the offered locales, such as en-gb (InvalidInput otherwise)."""
    if locale not in LOCALES:
        raise InvalidInput.of("locale", "unknown", "These dates and numbers are not offered.")
    return locale


def read_weekday(weekday: int | None, *, field: str) -> int | None:
    """0 (Monday) to 6 (Sunday), or None for "as it is elsewhere" (InvalidInput otherwise)."""
    if weekday is not None and weekday not in range(7):
        raise InvalidInput.of(field, "out_of_range", "A weekday is 0 (Monday) to 6 (Sunday).")
    return weekday


def read_hour(hour: int | None, *, field: str) -> int | None:
    """0 to 23, or None for "as it is elsewhere" (InvalidInput otherwise)."""
    if hour is not None and hour not in range(24):
        raise InvalidInput.of(field, "out_of_range", "An hour is 0 to 23.")
    return hour


def read_rhythm_weeks(weeks: int | None, *, field: str = "rhythm_weeks") -> int | None:
    """1, 2 or 4, or None for "as it is elsewhere" (InvalidInput otherwise)."""
    if weeks is not None and weeks not in RHYTHMS:
        raise InvalidInput.of(field, "unknown", "A rhythm is every 1, 2 or 4 weeks.")
    return weeks


def read_role(role: str) -> Role:
    """One of the four roles (InvalidInput otherwise)."""
    try:
        return Role(role)
    except ValueError:
        known = ", ".join(known.value for known in Role)
        raise InvalidInput.of("role", "unknown", f"A role is one of {known}.") from None


def require_administrator(by: User, what: str) -> None:
    """NotAllowed unless `by` is an administrator who may sign in."""
    if not (by.is_active and by.is_administrator):
        raise NotAllowed(f"Only an administrator may {what}.")
