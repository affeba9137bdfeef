"""Letting go for good of what was deleted longer ago than deleted rows are kept."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from checkins.models import CheckIn, Comment, Thanks, Win
from checkins.services.keep_purged import keep_before_purge
from common.locks import lock_graph
from objectives.models import KeyResult, Objective
from objectives.queries.restorable import KEPT_FOR

TABLES: tuple[type[Any], ...] = (CheckIn, KeyResult, Objective, Comment, Thanks, Win)
BATCH = 200


@transaction.atomic
def purge_deleted(*, at: datetime) -> int:
    """Remove up to BATCH rows of one table and one organisation whose time to be restored is over.

    With an objective or a key result goes all that hangs on it: check-ins, steps, initiatives, links. The log of
    events, the history of what everybody could see and that of numbers stay, and no other number moves, because a
    deleted row counts nowhere.
    Returns how many went, without those that hung on them; 0 when nothing is left to do.
    """
    for table in TABLES:
        over = table.everything.filter(deleted_at__lt=at - KEPT_FOR).order_by("deleted_at", "pk")
        organisation_id = over.values_list("organisation_id", flat=True).first()
        if organisation_id is not None:
            lock_graph(organisation_id, exclusively=True)
            ids = list(over.filter(organisation_id=organisation_id).values_list("pk", flat=True)[:BATCH])
            keep_before_purge(table, ids, organisation_id=organisation_id)
            table.everything.filter(pk__in=ids).delete()
            return len(ids)
    return 0
