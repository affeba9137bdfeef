"""Not everybody at the full hour: each person has an own place in the ten minutes after it."""

from __future__ import annotations

from datetime import timedelta
from hashlib import blake2b
from uuid import UUID

SPREAD_SECONDS = 600


def spread_of(person_id: UUID) -> timedelta:
    """0 to just below 10 minutes, always the same for a person, even over many people."""
    digest = blake2b(person_id.bytes, digest_size=4).digest()
    return timedelta(seconds=int.from_bytes(digest, "big") % SPREAD_SECONDS)
