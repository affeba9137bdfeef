"""Reactions of higher apps to what happens in lower ones, in the same transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

from activity.models import Event

Reaction = Callable[[Event], None]
_reactions: dict[str, list[Reaction]] = defaultdict(list)


def subscribe(verb: str, reaction: Reaction) -> None:
    """Call `reaction` with every event of that verb; called from an app's `ready()`.

    Reactions run in the order of subscription, synchronously: an error undoes the whole write.
    Subscribing the same function twice is harmless.
    """
    if reaction not in _reactions[verb]:
        _reactions[verb].append(reaction)


def react(event: Event) -> None:
    """Run every reaction subscribed to the event's verb."""
    for reaction in _reactions[event.verb]:
        reaction(event)
