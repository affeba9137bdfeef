"""Identifiers: UUID version 7 (RFC 9562), so that ids sort by the moment they were made."""

import uuid

from uuid_utils.compat import uuid7


def new_id() -> uuid.UUID:
    """A new, time-ordered id as a standard library UUID."""
    return uuid7()
