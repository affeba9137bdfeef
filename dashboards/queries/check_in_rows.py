"""Key results as the check-in pages show them: where they stand, what was said last, and what to fill in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Literal
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery

from checkins.models import CheckIn, Skip
from checkins.rules.standing import Surroundings
from checkins.services.refresh_key_results import planned_of, steps_of, surroundings_of
from dashboards.queries.key_result_chart import Spark, spark_of
from objectives.models import KeyResult, Milestone, PlannedValue
from objectives.rules.kinds import KeyResultKind, Status, ValueSource
from objectives.rules.progress import Progress
from objectives.rules.status_reason import status_reason
from people.models import User

FieldShape = Literal["number", "yes_no", "milestones", "fixed"]


@dataclass(frozen=True, slots=True)
class LastSaid:
    """The latest check-in with a value. `who` is "you", a name, or "" for a machine."""

    value: Decimal | None
    on: date
    at: datetime
    who: str


@dataclass(frozen=True, slots=True)
class StepRow:
    id: UUID
    title: str
    due_on: date | None
    is_done: bool


@dataclass(frozen=True, slots=True)
class Grounds:
    """What a new check-in is judged against."""

    key_result: KeyResult
    check_ins: tuple[CheckIn, ...]
    around: Surroundings


@dataclass(frozen=True, slots=True)
class CheckInRow:
    """One key result to check in. `shape` says which field it takes; ratios are 0..1."""

    id: UUID
    title: str
    kind: str
    unit: str
    shape: FieldShape
    objective_id: UUID
    status: str
    why: str
    spark: Spark
    last: LastSaid | None
    current_value: Decimal | None
    progress: Decimal | None
    confidence: int | None
    steps: tuple[StepRow, ...]
    next_due_on: date | None
    skipped_until: date | None
    skip_reason: str
    is_skipped: bool
    grounds: Grounds = field(repr=False, compare=False)

    @property
    def is_done(self) -> bool:
        """For yes or no: whether it was said to be done."""
        return self.current_value is not None and self.current_value >= 1

    @property
    def done_step_ids(self) -> frozenset[str]:
        return frozenset(str(step.id) for step in self.steps if step.is_done)


def with_all_for_rows(key_results: QuerySet[KeyResult]) -> QuerySet[KeyResult]:
    """Everything of the key result itself that a row needs, in one statement."""
    latest_skip = Skip.objects.filter(key_result=OuterRef("pk"), undone_at__isnull=True).order_by(
        "-created_at"
    )
    return key_results.select_related(
        "objective__cycle", "objective__organisation", "objective__team", "objective__owner", "owner"
    ).annotate(skip_reason=Subquery(latest_skip.values("reason")[:1]))


def rows_of(key_results: Sequence[KeyResult], *, user: User, today: date) -> list[CheckInRow]:
    """Rows in the given order, with three statements for all of them. See `with_all_for_rows`."""
    ids = [row.pk for row in key_results]
    check_ins, planned, steps = _check_ins_of(ids), planned_of(ids), steps_of(key_results)
    return [
        _row(row, check_ins[row.pk], planned.get(row.pk, []), steps.get(row.pk, []), user, today)
        for row in key_results
    ]


def _row(
    row: KeyResult,
    check_ins: Sequence[CheckIn],
    planned: Sequence[PlannedValue],
    steps: Sequence[Milestone],
    user: User,
    today: date,
) -> CheckInRow:
    around = surroundings_of(row, steps, planned)
    whole = sum((step.weight for step in steps), Decimal(0))
    return CheckInRow(
        id=row.pk,
        title=row.title,
        kind=row.kind,
        unit="%" if row.kind == KeyResultKind.PERCENT_DONE else row.unit.strip(),
        shape=_shape(row),
        objective_id=row.objective_id,
        status=row.status,
        why=why_words(row, around),
        spark=spark_of(row, check_ins, planned, whole_weight=whole),
        last=_last_said(check_ins, user),
        current_value=row.current_value,
        progress=row.progress,
        confidence=row.confidence,
        steps=tuple(StepRow(step.pk, step.title, step.due_on, step.done_on is not None) for step in steps),
        next_due_on=row.next_due_on,
        skipped_until=row.skipped_until,
        skip_reason=getattr(row, "skip_reason", None) or "",
        is_skipped=_is_skipped(row, today),
        grounds=Grounds(row, tuple(check_ins), around),
    )


def why_words(row: KeyResult, around: Surroundings) -> str:
    """The short reason beside the status."""
    return status_reason(
        status=Status(row.status),
        measure=around.measure,
        progress=Progress(row.progress, row.raw_progress, row.has_data),
        expected=row.expected,
        latest_value=row.current_value,
        latest_confidence=row.confidence,
        unit=row.unit,
        likely=float(row.forecast_mean) if row.forecast_mean is not None else None,
    )


def _shape(row: KeyResult) -> FieldShape:
    if row.value_source != ValueSource.MANUAL:
        return "fixed"
    if row.kind == KeyResultKind.YES_NO:
        return "yes_no"
    return "milestones" if row.kind == KeyResultKind.MILESTONES else "number"


def _is_skipped(row: KeyResult, today: date) -> bool:
    """Put off, and it would be due otherwise."""
    if row.skipped_until is None or row.skipped_until <= today or row.fresh_until is None:
        return False
    return row.fresh_until <= today


def _last_said(check_ins: Iterable[CheckIn], user: User) -> LastSaid | None:
    for row in sorted(check_ins, key=lambda one: (one.observed_on, one.recorded_at), reverse=True):
        if row.value is not None or row.milestones_done is not None:
            name = row.author.name if row.author else row.author_label
            who = "you" if row.author_id == user.pk else name
            return LastSaid(row.value, row.observed_on, row.recorded_at, who)
    return None


def _check_ins_of(ids: Sequence[UUID]) -> dict[UUID, list[CheckIn]]:
    grouped: dict[UUID, list[CheckIn]] = defaultdict(list)
    rows = CheckIn.objects.filter(key_result_id__in=ids).order_by("observed_on", "recorded_at", "id")
    columns = (
        "key_result_id",
        "author__name",
        "author_label",
        "source",
        "value",
        "milestones_done",
        "confidence",
        "observed_on",
        "recorded_at",
        "progress",
    )
    for row in rows.select_related("author").only(*columns):
        grouped[row.key_result_id].append(row)
    return grouped
