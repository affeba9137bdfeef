"""Which person somebody means by a name or an e-mail address."""

from __future__ import annotations

from common.errors import InvalidInput
from people.models import User
from people.permissions import visible_people


def find_person(viewer: User, words: str, *, field: str) -> User | None:
    """The one active person of the viewer's organisation with this address or exact name; None for no words.

    InvalidInput on `field` when nobody or more than one is meant.
    """
    words = " ".join(words.split())
    if not words:
        return None
    people = visible_people(viewer).filter(is_active=True)
    found = list(people.filter(email=words.lower())[:1]) or list(people.filter(name__iexact=words)[:2])
    if not found:
        raise InvalidInput.of(
            field, "unknown", f"Nobody here is called {words}. The e-mail address works too."
        )
    if len(found) > 1:
        raise InvalidInput.of(
            field, "ambiguous", f"More than one person is called {words}. Use the e-mail address."
        )
    return found[0]


def suggested_people(viewer: User, *, at_most: int = 100) -> tuple[str, ...]:
    """Names to suggest while typing; nothing in organisations that are too large for such a list."""
    names = list(
        visible_people(viewer)
        .filter(is_active=True)
        .order_by("name")
        .values_list("name", flat=True)[: at_most + 1]
    )
    return tuple(names) if len(names) <= at_most else ()
