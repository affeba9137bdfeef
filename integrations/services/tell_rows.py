"""Telling the log which rows an import made, changed or took away, so that the feed of changes knows each of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Model

from activity.models import Event
from activity.rules.change_lines import IMPORT_REMOVED, IMPORT_WROTE
from alignment.models import AlignmentLink, StrategicPriority
from checkins.models import CheckIn
from integrations.models import ImportRun
from objectives.models import Cycle, KeyResult, Objective
from people.models import Team, User

MODELS: Mapping[str, type[Model]] = {
    "person": User,
    "team": Team,
    "cycle": Cycle,
    "priority": StrategicPriority,
    "objective": Objective,
    "key_result": KeyResult,
    "link": AlignmentLink,
    "check_in": CheckIn,
}
"""What a row depends on stands before it; taking away goes the other way round."""
ROWS_OF_ONE_EVENT = 500


def tell_written(
    run: ImportRun,
    made: Mapping[str, Iterable[UUID]],
    changed: Mapping[str, Iterable[UUID]],
    *,
    by: User | None,
    at: datetime,
) -> None:
    """Events of the rows that an import made and changed, by table, at most 500 rows each."""
    _append(
        run,
        IMPORT_WROTE,
        (
            {"type": table, key: ids}
            for table in MODELS
            for key, rows in (("made", made), ("changed", changed))
            for ids in _parts(rows.get(table, ()))
        ),
        by=by,
        at=at,
    )


def tell_removed(
    run: ImportRun, removed: Mapping[str, Iterable[UUID]], *, by: User | None, at: datetime
) -> None:
    """Events of the rows that are gone for good with an import that was taken back."""
    gone = (
        {"type": table, "ids": ids}
        for table in reversed(tuple(MODELS))
        for ids in _parts(removed.get(table, ()))
    )
    _append(run, IMPORT_REMOVED, gone, by=by, at=at)


def removed_rows(made: Mapping[str, set[UUID]]) -> dict[str, set[UUID]]:
    """Of what an import made, the rows that are not there any more."""
    removed = {}
    for table, model in MODELS.items():
        ids = sorted(made.get(table, ()))
        there: set[UUID] = set()
        for start in range(0, len(ids), ROWS_OF_ONE_EVENT):
            some = ids[start : start + ROWS_OF_ONE_EVENT]
            there |= set(model._base_manager.filter(pk__in=some).values_list("pk", flat=True))
        removed[table] = set(ids) - there
    return removed


def _parts(ids: Iterable[UUID]) -> Iterable[list[str]]:
    texts = [str(pk) for pk in ids]
    return (texts[start : start + ROWS_OF_ONE_EVENT] for start in range(0, len(texts), ROWS_OF_ONE_EVENT))


def _append(
    run: ImportRun, verb: str, payloads: Iterable[dict[str, Any]], *, by: User | None, at: datetime
) -> None:
    Event.objects.bulk_create(
        Event(
            organisation_id=run.organisation_id,
            at=at,
            by=by,
            verb=verb,
            subject_type="import",
            subject_id=run.pk,
            payload=payload,
        )
        for payload in payloads
    )
