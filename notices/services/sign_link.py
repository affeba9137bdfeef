"""Signed links of mails: one opens My week of one person, the other switches kinds of mail off. Neither signs in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.core import signing
from django.utils.crypto import constant_time_compare, salted_hmac

from notices.models import Delivery
from notices.rules.kinds import NoticeKind
from people.models import User

WEEK_SALT = "notices.my_week_link"
MUTE_SALT = "notices.mute_link"
PRINT_LENGTH = 16
WEEK_LINK_LIVES = timedelta(days=8)


@dataclass(frozen=True, slots=True)
class MuteLink:
    """Whose mails of which kinds a link switches off."""

    user: User
    kinds: tuple[NoticeKind, ...]


def sign_week_link(delivery: Delivery, user: User, *, at: datetime) -> str:
    """The token of the link to My week in this message.

    It stops after eight days, and with a new password or address, ended sign-ins, or when the person leaves.
    """
    until = int((at + WEEK_LINK_LIVES).timestamp())
    held = {"p": user.pk.hex, "d": delivery.pk.hex, "a": _account_print(user), "u": until}
    return signing.Signer(salt=WEEK_SALT).sign_object(held)


def read_week_link(token: str, *, at: datetime) -> User | None:
    """The person whose My week the token opens.

    None when it is no token of ours, has expired, was sent by no message of the person, or when the person has left,
    has another password or address by now, or has ended their sign-ins since.
    """
    held = _read(token, WEEK_SALT)
    try:
        person_id, delivery_id = UUID(hex=held["p"]), UUID(hex=held["d"])
        account, until = str(held["a"]), int(held["u"])
    except (KeyError, TypeError, ValueError):
        return None
    if until <= at.timestamp():
        return None
    user = _active(person_id)
    if user is None or not constant_time_compare(account, _account_print(user)):
        return None
    return user if Delivery.objects.filter(pk=delivery_id, user=user).exists() else None


def sign_mute_link(user: User, kinds: Iterable[NoticeKind]) -> str:
    """The token of the link that switches mails of these kinds off; it has no end, as mail is read late."""
    return signing.Signer(salt=MUTE_SALT).sign_object({"p": user.pk.hex, "k": sorted(set(kinds))})


def read_mute_link(token: str) -> MuteLink | None:
    """What the token switches off; None when it is none of ours or the person has left."""
    held = _read(token, MUTE_SALT)
    try:
        person_id = UUID(hex=held["p"])
        kinds = tuple(NoticeKind(kind) for kind in held["k"])
    except (KeyError, TypeError, ValueError):
        return None
    user = _active(person_id)
    return MuteLink(user, kinds) if user is not None and kinds else None


def _account_print(user: User) -> str:
    """What a link to somebody's work hangs on: another password, address or end of sign-ins makes it another."""
    kept = f"{user.password}:{user.email}:{user.session_epoch}"
    return salted_hmac(WEEK_SALT, kept, algorithm="sha256").hexdigest()[:PRINT_LENGTH]


def _read(token: str, salt: str) -> dict[str, Any]:
    try:
        held = signing.Signer(salt=salt).unsign_object(token)
    except (signing.BadSignature, ValueError):
        return {}
    return held if isinstance(held, dict) else {}


def _active(person_id: UUID) -> User | None:
    people = User.objects.select_related("organisation")
    return people.filter(pk=person_id, is_active=True, merged_into__isnull=True).first()
