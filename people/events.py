"""What happened to people, teams and tokens, told to whoever keeps the log.

`people` is the lowest app with models, so it cannot import the log; the log listens here instead.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Protocol
from uuid import UUID

from django.db import models

from people.models import Organisation, User


class Listener(Protocol):
    """Called inside the write's transaction; an error undoes the write."""

    def __call__(
        self,
        *,
        verb: str,
        subject: models.Model,
        organisation_id: UUID,
        by: User | None,
        at: datetime,
        payload: dict[str, Any],
    ) -> object: ...


_listeners: list[Listener] = []


def listen(listener: Listener) -> None:
    """Tell `listener` everything from now on; listening twice is harmless."""
    if listener not in _listeners:
        _listeners.append(listener)


def announce(
    *,
    verb: str,
    subject: models.Model,
    by: User | None,
    at: datetime,
    changes: Mapping[str, tuple[Any, Any]] | None = None,
    **facts: Any,
) -> None:
    """Tell the listeners that `verb` (`subject.past_tense`) happened.

    `changes` maps a field to what it was and what it is; `facts` are the other words of the verb.
    """
    payload: dict[str, Any] = {name: _plain(fact) for name, fact in facts.items()}
    if changes is not None:
        payload["changes"] = {field: [_plain(old), _plain(new)] for field, (old, new) in changes.items()}
    organisation_id = subject.pk if isinstance(subject, Organisation) else subject.organisation_id  # type: ignore[attr-defined]
    for listener in _listeners:
        listener(verb=verb, subject=subject, organisation_id=organisation_id, by=by, at=at, payload=payload)


def _plain(value: Any) -> Any:
    """The value as JSON can hold it."""
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, models.Model):
        return str(value.pk)
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_plain(item) for item in value]
    return value
