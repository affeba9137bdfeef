"""Goals, links, priorities and cycles as they were at a moment, from the versions that were kept."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import JSONField, Model, Q

from activity.models import RowVersion
from activity.services.keep_versions import Kept, kept_types, row_of
from people.models import Organisation

BATCH = 500
Row = Mapping[str, Any]
Values = dict[type[Model], list[list[Any]]]


def kept_tables() -> list[type[Model]]:
    """Every table that is rebuilt from versions."""
    return [
        model
        for kept in kept_types().values()
        for model in (kept.model, *(part for part, _ in kept.parts.values()))
    ]


def kept_rows_at(organisation: Organisation, until: datetime) -> Values:
    """What the organisation knew at that moment, by table, as values for its columns."""
    found: Values = {model: [] for model in kept_tables()}
    needed: set[UUID] = set()
    for subject_type in sorted(kept_types(), key=lambda one: one == "cycle"):  # cycles last: goals name them
        kept = kept_types()[subject_type]
        for row in rows_at(organisation, subject_type, until, needed=needed):
            if subject_type == "objective":
                needed.add(UUID(row["cycle_id"]))
            found[kept.model].append(values_of(kept.model, row))
            for name, (part, _) in kept.parts.items():
                found[part] += (values_of(part, one) for one in row.get(name, ()))
    return found


def rows_at(
    organisation: Organisation, subject_type: str, until: datetime, *, needed: Collection[UUID] = ()
) -> Iterator[Row]:
    """Each row's last version until then.

    A row older than its first version (made before versions were kept) is shown as that says, one without any as it
    is now; so are those `needed` by rows that were there.
    """
    kept = kept_types()[subject_type]
    versions = RowVersion.objects.filter(organisation=organisation, subject_type=subject_type)
    chosen: dict[UUID, tuple[int, bool]] = {}
    first: dict[UUID, int] = {}
    moments = versions.order_by("known_at", "number")
    columns = ("subject_id", "known_at", "number", "is_gone")
    for subject_id, known_at, number, is_gone in moments.values_list(*columns).iterator(chunk_size=5000):
        first.setdefault(subject_id, number)
        if known_at <= until:
            chosen[subject_id] = (number, is_gone)
    is_older = Q(created_at__lte=until) | Q(pk__in=list(needed))
    rows = kept.model._base_manager.filter(is_older, organisation=organisation)
    older = list(rows.order_by().values_list("pk", flat=True))
    numbers = [number for number, is_gone in chosen.values() if not is_gone]
    numbers += [first[pk] for pk in older if pk in first and pk not in chosen]
    for start in range(0, len(numbers), BATCH):
        some = RowVersion.objects.filter(number__in=numbers[start : start + BATCH])
        yield from some.order_by().values_list("row", flat=True)
    unkept = [pk for pk in older if pk not in first]
    for start in range(0, len(unkept), BATCH):
        yield from _rows_now(kept, unkept[start : start + BATCH])


def _rows_now(kept: Kept, ids: list[UUID]) -> Iterator[Row]:
    parts: dict[str, dict[UUID, list[Row]]] = {}
    for name, (part, column) in kept.parts.items():
        parts[name] = {}
        for one in part._base_manager.filter(**{f"{column}__in": ids}):
            parts[name].setdefault(getattr(one, column), []).append(row_of(one))
    for row in kept.model._base_manager.filter(pk__in=ids):
        yield {**row_of(row), **{name: rows.get(row.pk, []) for name, rows in parts.items()}}


def values_of(model: type[Model], row: Row) -> list[Any]:
    """The values of a kept row, one for each column, as the database takes them; columns made since: their default."""
    values = []
    for field in model._meta.local_concrete_fields:
        if field.attname not in row:
            value = field.get_default()
        else:
            value = row[field.attname]
            if value is not None and not isinstance(field, JSONField):
                value = getattr(field, "target_field", field).to_python(value)
        values.append(field.get_db_prep_save(value, connection))
    return values
