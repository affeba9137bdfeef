"""Key results on the alignment map: all of them while they are few, else those that something hangs on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, FloatField, OuterRef, Q
from django.db.models.functions import Cast

from alignment.models import AlignmentLink
from alignment.rules.kinds import LinkKind
from common.known_ids import known_id
from common.plain_rows import id_text, plain_rows
from dashboards.queries.objective_links import COUNTED_KEY_RESULTS
from objectives.models import KeyResult
from objectives.rules.kinds import KeyResultKind, KeyResultState


@dataclass(frozen=True, slots=True)
class MapKeyResult:
    """`key` is the id as the database writes it, `share` of its objective's number; values as last heard."""

    id: str
    key: str
    objective: str
    title: str
    status: str
    progress: float | None
    expected: float | None
    share: float | None
    current: float | None
    target: float | None
    unit: str


def plain_id(text: str) -> str:
    """An id with its hyphens, which one of the databases leaves out; cheaper than making a UUID of it."""
    if len(text) != 32:
        return text
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def map_key_results(
    organisation_id: UUID,
    shown: Mapping[str, Any],
    cycles: Iterable[str],
    wholes: dict[tuple[str, ...], float],
    *,
    all_of_them: bool,
    only_of: UUID | None,
) -> list[MapKeyResult]:
    """Of the objectives in `shown` only. Adds the key results that count to `wholes`. One statement."""
    found = KeyResult.objects.filter(
        organisation_id=organisation_id,
        objective__cycle_id__in=[known_id(key) for key in cycles],
        objective__deleted_at__isnull=True,
    ).exclude(state=KeyResultState.CANCELLED)
    if not all_of_them:
        gets = AlignmentLink.objects.filter(kind=LinkKind.CONTRIBUTES, objective_id=OuterRef("objective_id"))
        is_parent = AlignmentLink.objects.filter(key_result_id=OuterRef("pk"))
        found = found.filter(Q(objective_id=only_of) | Q(Exists(is_parent)) | Q(Exists(gets)))
    rows = plain_rows(
        found.order_by("position", "pk").values_list(
            id_text("pk"), id_text("objective_id"), "title", "state", "status", "kind", "unit",
            *(
                Cast(name, FloatField())
                for name in ("weight", "progress", "expected", "current_value", "target_value", "lower_bound", "upper_bound")
            ),
        )
    )  # fmt: skip
    rows = [row for row in rows if row[1] in shown]
    _add_weights(rows, wholes)
    wanted = None if all_of_them else _parents(organisation_id)
    return [
        _row(row, shown, wholes)
        for row in rows
        if wanted is None or row[0] in wanted or shown[row[1]].id == str(only_of)
    ]


def _add_weights(rows: Iterable[tuple[Any, ...]], wholes: dict[tuple[str, ...], float]) -> None:
    own: dict[tuple[str, ...], float] = defaultdict(float)
    for row in rows:
        if _counts(row):
            own[(row[1],)] += row[7]
    for key, weight in own.items():
        wholes[key] = wholes.get(key, 0.0) + weight


def _counts(row: tuple[Any, ...]) -> bool:
    return row[3] in COUNTED_KEY_RESULTS and row[5] != KeyResultKind.BASELINE and row[8] is not None


def _parents(organisation_id: UUID) -> Container[str]:
    """Key results that objectives are linked to."""
    links = AlignmentLink.objects.filter(organisation_id=organisation_id, key_result__isnull=False)
    return {pk for (pk,) in plain_rows(links.order_by().values_list(id_text("key_result_id")))}


def _row(
    row: tuple[Any, ...], shown: Mapping[str, Any], wholes: Mapping[tuple[str, ...], float]
) -> MapKeyResult:
    pk, objective, title, state, status, _, unit, weight, progress, expected, current, *targets = row
    whole = wholes.get((objective,), 0)
    return MapKeyResult(
        id=plain_id(pk), key=pk, objective=shown[objective].id, title=title,
        status="paused" if state == KeyResultState.PAUSED else status, progress=progress, expected=expected,
        share=weight / whole if whole and _counts(row) else None, current=current,
        target=next((value for value in targets if value is not None), None), unit=unit,
    )  # fmt: skip
