"""Places in the feed of changes as text that tells nothing: how much happened unseen stays unseen."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from typing import NamedTuple
from uuid import UUID

from django.conf import settings

from common.pagination import UnknownCursor

HALF = 8
ROUNDS = 4
CHECK = bytes(4)


class Place(NamedTuple):
    """After this line of the event at this position; `Place(0, 0)` is the beginning."""

    position: int
    line: int


START = Place(0, 0)


def seal(place: Place, organisation_id: UUID) -> str:
    """22 characters; the same place always gives the same text, in this organisation alone."""
    block = place.position.to_bytes(8) + place.line.to_bytes(4) + CHECK
    left, right = block[:HALF], block[HALF:]
    for number in range(ROUNDS):
        left, right = right, _mixed(left, right, number, organisation_id)
    return base64.urlsafe_b64encode(left + right).decode().rstrip("=")


def unseal(text: str, organisation_id: UUID) -> Place:
    """Raises UnknownCursor for a text that this installation did not give out for this organisation."""
    try:
        block = base64.urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
    except (ValueError, binascii.Error) as error:
        raise UnknownCursor(text) from error
    if len(block) != 2 * HALF:
        raise UnknownCursor(text)
    left, right = block[:HALF], block[HALF:]
    for number in reversed(range(ROUNDS)):
        left, right = _mixed(right, left, number, organisation_id), left
    block = left + right
    if not hmac.compare_digest(block[12:], CHECK):
        raise UnknownCursor(text)
    return Place(int.from_bytes(block[:8]), int.from_bytes(block[8:12]))


def _mixed(half: bytes, by: bytes, number: int, organisation_id: UUID) -> bytes:
    """One round of a Feistel network (Luby and Rackoff, 1988), with a keyed hash as its function."""
    message = b"changes" + organisation_id.bytes + bytes([number]) + by
    mask = hmac.digest(settings.SECRET_KEY.encode(), message, hashlib.sha256)
    return bytes(one ^ other for one, other in zip(half, mask, strict=False))
