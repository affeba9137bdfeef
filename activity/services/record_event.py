"""The last line of every write."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models

from activity.models import Event
from activity.services.keep_versions import keep_versions_of
from activity.services.subscribe import react
from common.write_rows import insert_row
from people.models import User


def record_event(
    *,
    verb: str,
    subject: models.Model,
    organisation_id: UUID,
    by: User | None,
    at: datetime,
    objective_id: UUID | None = None,
    on_behalf_of: User | None = None,
    payload: dict[str, Any] | None = None,
) -> Event:
    """Append what happened, run the reactions to it, and keep what the subject says now (keep_versions).

    Must run inside the write's transaction, when the write has stored everything.
    `verb` is `subject.past_tense` (`objective.closed`); `payload` holds JSON values only.
    """
    event = Event(
        organisation_id=organisation_id,
        at=at,
        by=by,
        on_behalf_of=on_behalf_of,
        verb=verb,
        subject_type=verb.split(".", 1)[0],
        subject_id=subject.pk,
        objective_id=objective_id,
        payload=payload or {},
    )
    insert_row(event)
    react(event)
    keep_versions_of(event)
    return event
