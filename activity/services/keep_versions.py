"""Keeping every version of the rows that matter, so that any evening can be rebuilt."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Model

from activity.models import Event, PastCopy, RowVersion

BATCH = 500
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Kept:
    """How the rows of one table are kept.

    `numbers` are stored copies: a version differs from the one before by other columns only, unless the row is
    closed, which freezes them. `parts` maps a name to a table whose rows belong to one of ours and to its foreign key
    (a column). `below` names kept types that change together with this one, with their foreign key.
    """

    model: type[Model]
    numbers: frozenset[str] = frozenset()
    parts: Mapping[str, tuple[type[Model], str]] = field(default_factory=dict)
    below: Mapping[str, str] = field(default_factory=dict)


_kept: dict[str, Kept] = {}


def keep_history(subject_type: str, kept: Kept) -> None:
    """Keep versions of these rows from now on; called from an app's `ready()`. `subject_type` is that of the log."""
    _kept[subject_type] = kept


def kept_types() -> Mapping[str, Kept]:
    """What is kept, by the type's name."""
    return _kept


def keep_versions_of(event: Event) -> None:
    """Keep what the event's subject, and what changes with it, says now. Called when the write has stored all."""
    kept = _kept.get(event.subject_type)
    if kept is None:
        return
    keep_versions(
        event.subject_type,
        [event.subject_id],
        organisation_id=event.organisation_id,
        known_at=lambda _: event.at,
        event=event,
    )
    for subject_type, column in kept.below.items():
        model = _kept[subject_type].model
        found = model._base_manager.filter(**{column: event.subject_id}).values_list("pk", flat=True)
        keep_versions(
            subject_type,
            list(found),
            organisation_id=event.organisation_id,
            known_at=lambda _: event.at,
            event=event,
        )


def keep_versions(
    subject_type: str,
    ids: Collection[UUID],
    *,
    organisation_id: UUID,
    known_at: Callable[[Any], datetime],
    event: Event | None = None,
) -> int:
    """Append a version of each of these rows that differs from its latest one; returns how many did.

    A row that is not there any more is kept as gone. `known_at` is asked with the row. Whoever writes without an
    event (imports, rows made in bulk) calls this itself, inside its transaction.
    """
    kept, made = _kept[subject_type], 0
    ordered = sorted(set(ids))
    for start in range(0, len(ordered), BATCH):
        some = ordered[start : start + BATCH]
        latest = _latest(organisation_id, subject_type, some)
        rows = {row.pk: row for row in kept.model._base_manager.filter(pk__in=some)}
        parts = _parts_of(kept, some)
        versions = []
        for pk in some:
            before = latest.get(pk)
            found = rows.get(pk)
            if found is None:
                if before is None or before.is_gone:
                    continue
                row, is_gone, moment = before.row, True, event.at if event else before.known_at
            else:
                row = {**row_of(found), **{name: parts[name].get(pk, []) for name in kept.parts}}
                is_gone, moment = False, known_at(found)
                if before is not None and not before.is_gone and _is_same(kept, before.row, row):
                    continue
            versions.append(
                RowVersion(
                    organisation_id=organisation_id,
                    subject_type=subject_type,
                    subject_id=pk,
                    known_at=max(moment, before.known_at) if before is not None else moment,
                    event=event,
                    is_gone=is_gone,
                    row=row,
                )
            )
        RowVersion.objects.bulk_create(versions, batch_size=BATCH)
        made += len(versions)
    return made


Stages = Callable[[Any], list[tuple[datetime, Row]]]


def keep_lives(subject_type: str, ids: Iterable[UUID], *, organisation_id: UUID, stages: Stages) -> None:
    """Append the whole life of rows that came in at once: an import, rows made in bulk.

    `stages` is asked with each row and names moments with the columns (as values) that were other than now.
    """
    kept, ordered = _kept[subject_type], sorted(set(ids))
    for start in range(0, len(ordered), BATCH):
        some = ordered[start : start + BATCH]
        parts = _parts_of(kept, some)
        RowVersion.objects.bulk_create(
            (
                RowVersion(
                    organisation_id=organisation_id,
                    subject_type=subject_type,
                    subject_id=found.pk,
                    known_at=moment,
                    row={
                        **row_of(found),
                        **{name: parts[name].get(found.pk, []) for name in kept.parts},
                        **{name: _plain(value) for name, value in columns.items()},
                    },
                )
                for found in kept.model._base_manager.filter(pk__in=some).order_by("pk")
                for moment, columns in stages(found)
            ),
            batch_size=BATCH,
        )


def forget_versions(subject_type: str, ids: Iterable[UUID], *, organisation_id: UUID) -> None:
    """Let versions go for good: of what was private, or of an import that was taken back."""
    ordered = sorted(set(ids))
    for start in range(0, len(ordered), BATCH):
        RowVersion.objects.filter(
            organisation=organisation_id,
            subject_type=subject_type,
            subject_id__in=ordered[start : start + BATCH],
        ).delete()
    forget_copies(organisation_id)


def forget_copies(organisation_id: UUID, *, since: date | None = None) -> None:
    """The past of an organisation is another from `since` on (always, without one): evenings are made anew."""
    copies = PastCopy.objects.filter(organisation=organisation_id)
    (copies if since is None else copies.filter(day__gte=since)).delete()


def row_of(instance: Model) -> Row:
    """A row's own columns as JSON values."""
    return {
        column.attname: _plain(getattr(instance, column.attname)) for column in instance._meta.concrete_fields
    }


def _plain(value: Any) -> Any:
    if isinstance(value, UUID | Decimal):
        return str(value)
    if isinstance(value, date):  # a moment is one too
        return value.isoformat()
    return value


def _parts_of(kept: Kept, ids: Sequence[UUID]) -> dict[str, dict[UUID, list[Row]]]:
    found: dict[str, dict[UUID, list[Row]]] = {}
    for name, (model, column) in kept.parts.items():
        rows: dict[UUID, list[Row]] = defaultdict(list)
        for part in model._base_manager.filter(**{f"{column}__in": list(ids)}).order_by("pk"):
            rows[getattr(part, column)].append(row_of(part))
        found[name] = rows
    return found


def _latest(organisation_id: UUID, subject_type: str, ids: Sequence[UUID]) -> dict[UUID, RowVersion]:
    versions = RowVersion.objects.filter(
        organisation=organisation_id, subject_type=subject_type, subject_id__in=list(ids)
    )
    return {version.subject_id: version for version in versions.order_by("known_at", "number")}


def _is_same(kept: Kept, before: Row, now: Row) -> bool:
    is_frozen = now.get("closed_at") is not None
    passing = {"updated_at"} if is_frozen else kept.numbers | {"updated_at"}
    return all(before.get(name) == value for name, value in now.items() if name not in passing)
