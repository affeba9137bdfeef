"""What a name, an e-mail, a password and a time zone may look like. Each returns the value to store."""

from __future__ import annotations

from zoneinfo import available_timezones

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from common.errors import InvalidInput, NotAllowed
from people.models import User
from people.roles import Role
from people.rules.locales import LOCALES

NAME_LENGTH = 200


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
        raise InvalidInput.of("email", "taken", "Somebody already signs in with this e-mail address.")
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
