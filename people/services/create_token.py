"""Bearer tokens: made once, shown once, ended any time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from common.errors import InvalidInput, NotAllowed
from people.events import announce
from people.models import ApiToken, User
from people.roles import Scope
from people.services.shapes import read_name
from people.tokens import digest_of, make_secret

LONGEST_DAYS = 3660


@dataclass(frozen=True, slots=True)
class NewToken:
    """A token and its secret, which is not stored and cannot be shown again."""

    token: ApiToken
    secret: str


@transaction.atomic
def create_token(
    *,
    by: User,
    at: datetime,
    name: str,
    scopes: Sequence[str],
    days: int | None = None,
    is_service: bool = False,
) -> NewToken:
    """A token that acts as `by` within its scopes, for that many days or until it is revoked.

    `is_service` marks a machine: its check-ins are automatic ones. Scope `admin` needs an administrator.
    """
    if not by.is_active or by.is_placeholder:
        raise NotAllowed("Only somebody who signs in can have a token.")
    if days is not None and not 1 <= days <= LONGEST_DAYS:
        raise InvalidInput.of("days", "out_of_range", f"Between 1 and {LONGEST_DAYS} days.")
    wanted = _read_scopes(scopes, by)
    secret = make_secret()
    token = ApiToken.objects.create(
        organisation_id=by.organisation_id,
        user=by,
        name=_read_token_name(name),
        digest=digest_of(secret),
        hint=secret[-4:],
        scopes=wanted,
        is_service=is_service,
        expires_at=None if days is None else at + timedelta(days=days),
    )
    announce(
        verb="token.created",
        subject=token,
        by=by,
        at=at,
        name=token.name,
        scopes=wanted,
        is_service=is_service,
    )
    return NewToken(token, secret)


@transaction.atomic
def revoke_token(*, token: ApiToken, by: User, at: datetime) -> ApiToken:
    """End a token at once. By its owner and by administrators; doing it twice changes nothing."""
    token = ApiToken.objects.select_for_update(of=("self",)).get(pk=token.pk)
    own = token.user_id == by.pk
    if not by.is_active or token.organisation_id != by.organisation_id or not (own or by.is_administrator):
        raise NotAllowed("Only its owner and administrators may revoke a token.")
    if token.revoked_at is None:
        token.revoked_at = at
        token.save(update_fields=["revoked_at"])
        announce(verb="token.revoked", subject=token, by=by, at=at, name=token.name)
    return token


def _read_token_name(name: str) -> str:
    tidy = read_name(name, missing="Name the token, so that you know it again.")
    if len(tidy) > 100:
        raise InvalidInput.of("name", "too_long", f"At most 100 characters, this has {len(tidy)}.")
    return tidy


def _read_scopes(scopes: Sequence[str], by: User) -> list[str]:
    """The scopes in their own order, each once."""
    unknown = sorted(set(scopes) - set(Scope))
    if unknown:
        known = ", ".join(scope.value for scope in Scope)
        raise InvalidInput.of("scopes", "unknown", f"Unknown: {', '.join(unknown)}. Scopes are {known}.")
    wanted = [scope.value for scope in Scope if scope.value in scopes]
    if not wanted:
        raise InvalidInput.of("scopes", "required", "Choose what the token may do.")
    if Scope.ADMIN in wanted and not by.is_administrator:
        raise InvalidInput.of("scopes", "not_allowed", "Only an administrator's token may administrate.")
    return wanted
