"""The small rows around one objective, all in one statement: people, steps, plans, work and history."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import CharField, DateField, DecimalField, F, IntegerField, QuerySet, TextField, Value
from django.db.models.functions import Cast

from activity.models import Event
from alignment.models import ProgressSnapshot
from dashboards.queries.first_plan import Changes, re_aimings
from dashboards.queries.objective_talks import AimTalk, WordTalk, talk_columns, talks_of
from objectives.models import Initiative, KeyResult, Milestone, Objective, PlannedValue

NUMBER = DecimalField(max_digits=18, decimal_places=6)
COLUMNS = (
    "part", "row_id", "key_result_id", "text", "url", "word", "by", "day", "until", "first", "second", "third", "place",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PersonRow:
    id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class InitiativeRow:
    """A piece of work below a key result; it never counts towards progress."""

    id: UUID
    key_result_id: UUID
    title: str
    url: str
    state: str
    owner_label: str


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """Where the objective stood at the end of a day. Ratios 0..1, confidence 1..10."""

    on: date
    progress: Decimal | None
    expected: Decimal | None
    confidence: Decimal | None


@dataclass(frozen=True, slots=True)
class ObjectiveParts:
    """`steps` and `planned` hold unsaved copies by key result, in order.

    `changes` are those that could move a plan, by key result and cycle, oldest first (see first_plan).
    """

    contributors: tuple[PersonRow, ...]
    steps: dict[UUID, list[Milestone]]
    planned: dict[UUID, list[PlannedValue]]
    initiatives: tuple[InitiativeRow, ...]
    history: tuple[HistoryRow, ...]
    changes: dict[UUID, list[Changes]]
    talks: tuple[AimTalk | WordTalk, ...] = ()


def objective_parts(objective: Objective) -> ObjectiveParts:
    """Contributors by name, milestones, planned values, initiatives, daily numbers and edits; one statement."""
    steps, *others = _below(key_result__objective_id=objective.pk, key_result__deleted_at__isnull=True)
    people = _columns(
        Objective.contributors.through.objects.filter(objective_id=objective.pk),
        "person",
        row_id=F("user_id"),
        key_result_id=F("user_id"),
        text=F("user__name"),
    )
    history = _columns(
        ProgressSnapshot.objects.filter(subject_type="objective", subject_id=objective.pk),
        "history",
        key_result_id=F("subject_id"),
        day=F("on"),
        first=F("progress"),
        second=F("expected"),
        third=F("confidence_mean"),
    )
    return _read(steps, *others, people, history, _changes(objective), *talk_columns(_columns, objective))


def key_result_parts(key_result: KeyResult) -> ObjectiveParts:
    """The same of one key result alone: its milestones, planned values, initiatives and edits; one statement."""
    steps, *others = _below(key_result_id=key_result.pk)
    return _read(steps, *others, _changes(key_result.objective, subjects=[key_result.pk]))


def _read(first: QuerySet[Any, Any], *others: QuerySet[Any, Any]) -> ObjectiveParts:
    rows = [dict(zip(COLUMNS, row, strict=True)) for row in first.union(*others, all=True)]
    rows.sort(key=lambda row: (row["part"], row["place"] or 0, row["day"] or date.min, row["text"] or ""))
    return _sorted_out(rows)


def _changes(objective: Objective, subjects: Sequence[UUID] = ()) -> QuerySet[Any, Any]:
    """What could move a plan: of these subjects and the cycle, or of all key results."""
    events = Event.objects.filter(re_aimings(objective)) if objective.activated_at else Event.objects.none()
    if subjects:
        events = events.filter(subject_id__in=[*subjects, objective.cycle_id])
    return _columns(events, "change", key_result_id=F("subject_id"), text=F("payload"))


def _below(**below: Any) -> list[QuerySet[Any, Any]]:
    """What hangs on key results: steps, planned values, work."""
    steps = _columns(
        Milestone.objects.filter(**below),
        "step",
        key_result_id=F("key_result_id"),
        text=F("title"),
        day=F("due_on"),
        until=F("done_on"),
        first=F("weight"),
        place=F("position"),
    )
    planned = _columns(
        PlannedValue.objects.filter(**below),
        "plan",
        key_result_id=F("key_result_id"),
        day=F("on"),
        first=F("value"),
    )
    work = _columns(
        Initiative.objects.filter(**below),
        "work",
        key_result_id=F("key_result_id"),
        text=F("title"),
        url=F("url"),
        word=F("state"),
        by=F("owner_label"),
        place=F("position"),
    )
    return [steps, planned, work]


def _columns(rows: QuerySet[Any], part: str, **given: F) -> QuerySet[Any, Any]:
    """The shared columns of one kind of row; what a kind does not have is null, of the right type."""
    types: dict[str, Any] = {
        "text": TextField(),
        "url": TextField(),
        "word": CharField(),
        "by": CharField(),
        "day": DateField(),
        "until": DateField(),
        "first": NUMBER,
        "second": NUMBER,
        "third": NUMBER,
        "place": IntegerField(),
    }
    columns: dict[str, Any] = {"part": Value(part, output_field=CharField()), "row_id": F("pk"), **given}
    for name, field in types.items():
        columns[name] = Cast(columns.get(name, Value(None)), field)
    named = {f"c_{name}": columns[name] for name in COLUMNS}
    return rows.order_by().annotate(**named).values_list(*named)


def _sorted_out(rows: list[dict[str, Any]]) -> ObjectiveParts:
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        found[row["part"]].append(row)
    steps: dict[UUID, list[Milestone]] = defaultdict(list)
    for row in found["step"]:
        steps[row["key_result_id"]].append(
            Milestone(
                pk=row["row_id"],
                key_result_id=row["key_result_id"],
                title=row["text"],
                weight=row["first"],
                due_on=row["day"],
                done_on=row["until"],
                position=row["place"],
            )
        )
    planned: dict[UUID, list[PlannedValue]] = defaultdict(list)
    for row in found["plan"]:
        planned[row["key_result_id"]].append(
            PlannedValue(
                pk=row["row_id"], key_result_id=row["key_result_id"], on=row["day"], value=row["first"]
            )
        )
    changes: dict[UUID, list[Changes]] = defaultdict(list)
    for row in sorted(found["change"], key=lambda row: str(row["row_id"])):
        changes[row["key_result_id"]].append(json.loads(row["text"]).get("changes", {}))
    return ObjectiveParts(
        contributors=tuple(PersonRow(row["row_id"], row["text"]) for row in found["person"]),
        steps=dict(steps),
        planned=dict(planned),
        initiatives=tuple(
            InitiativeRow(
                row["row_id"], row["key_result_id"], row["text"], row["url"], row["word"], row["by"]
            )
            for row in found["work"]
        ),
        history=tuple(
            HistoryRow(row["day"], row["first"], row["second"], row["third"]) for row in found["history"]
        ),
        changes=dict(changes),
        talks=talks_of(rows),
    )
