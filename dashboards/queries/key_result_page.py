"""One key result with everything that was said about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import Count, QuerySet

from alignment.queries.explain import Explained, explain_key_result
from checkins.models import CheckIn, CheckInVersion
from checkins.permissions import can_edit_check_in
from checkins.services.refresh_key_results import surroundings_of
from common.svg.key_result_chart import KeyResultChart
from dashboards.queries.check_in_rows import StepRow, why_words
from dashboards.queries.first_plan import first_plan
from dashboards.queries.key_result_chart import chart_of, is_from_person
from dashboards.queries.objective_parts import key_result_parts
from objectives.models import KeyResult
from objectives.rules.freshness import FreshnessDates, freshness_on
from objectives.rules.kinds import KeyResultKind, ValueSource
from people.models import User

__all__ = ["KeyResultPage", "SaidRow", "chart_of", "key_result_page", "said_row", "versions_of"]

PAGE_SIZE = 25


@dataclass(frozen=True, slots=True)
class SaidRow:
    """One check-in as the history shows it. `steps` are the titles of what was done then."""

    id: UUID
    who: str
    recorded_by: str
    is_person: bool
    source: str
    on: date
    recorded_at: datetime
    value: Decimal | None
    previous_value: Decimal | None
    steps: tuple[str, ...]
    confidence: int | None
    was_confidence: int | None
    status: str
    progress: Decimal | None
    note: str
    win: str
    challenge: str
    next_step: str
    next_step_due_on: date | None
    version_count: int
    can_edit: bool
    author_id: UUID | None = None

    @property
    def is_bare(self) -> bool:
        """A machine's value, with nothing to read beside it."""
        has_words = self.note or self.win or self.challenge or self.next_step
        return not (self.is_person or has_words or self.version_count)

    @property
    def change(self) -> Decimal | None:
        if self.value is None or self.previous_value is None:
            return None
        return self.value - self.previous_value


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the history: a check-in, or a run of automatic values without words, latest first."""

    rows: tuple[SaidRow, ...]

    @property
    def latest(self) -> SaidRow:
        return self.rows[0]

    @property
    def first(self) -> SaidRow:
        return self.rows[-1]


@dataclass(frozen=True, slots=True)
class KeyResultPage:
    """`history` is one page of it, latest first; `explained` only where the value comes from aligned objectives."""

    key_result: KeyResult
    unit: str
    why: str
    freshness: str
    heard_days: int | None
    steps: tuple[StepRow, ...]
    chart: KeyResultChart | None
    history: tuple[Entry, ...]
    said_count: int
    page: int
    page_count: int
    explained: Explained | None

    @property
    def done_count(self) -> int:
        """Milestones that are done."""
        return sum(step.is_done for step in self.steps)


def key_result_page(user: User, key_result: KeyResult, *, today: date, page: int = 1) -> KeyResultPage:
    """In two statements, and two more for one that is fed by aligned objectives.

    key_result  visible to the person, with objective, cycle and organisation at hand
    page        counted from 1; one that does not exist is the nearest that does
    """
    check_ins = list(with_versions(CheckIn.objects.filter(key_result=key_result)).order_by(*OLDEST_FIRST))
    parts = key_result_parts(key_result)
    planned, steps = parts.planned.get(key_result.pk, []), parts.steps.get(key_result.pk, [])
    around = surroundings_of(key_result, steps, planned)
    whole = sum((step.weight for step in steps), Decimal(0))
    titles = {str(step.pk): step.title for step in steps}
    pages = max(1, -(-len(check_ins) // PAGE_SIZE))
    page = min(max(1, page), pages)
    is_aligned = key_result.value_source == ValueSource.ALIGNED_OBJECTIVES
    heard = key_result.last_heard_on
    return KeyResultPage(
        key_result=key_result,
        unit="%" if key_result.kind == KeyResultKind.PERCENT_DONE else key_result.unit.strip(),
        why=why_words(key_result, around),
        freshness=freshness_words(key_result, today),
        heard_days=(today - heard).days if heard else None,
        steps=tuple(StepRow(step.pk, step.title, step.due_on, step.done_on is not None) for step in steps),
        chart=chart_of(
            key_result,
            check_ins,
            planned,
            today,
            whole_weight=whole,
            first_plan=first_plan(key_result, planned, parts.changes, whole_weight=whole),
        ),
        history=folded(_page_of(user, check_ins, titles, page)),
        said_count=len(check_ins),
        page=page,
        page_count=pages,
        explained=explain_key_result(user, key_result) if is_aligned else None,
    )


OLDEST_FIRST = ("observed_on", "recorded_at", "id")


def with_versions(rows: QuerySet[CheckIn]) -> QuerySet[CheckIn]:
    """With the people and the number of earlier wordings."""
    return rows.select_related("author", "recorded_by").annotate(version_count=Count("versions"))


def _page_of(
    user: User, rows: Sequence[CheckIn], titles: Mapping[str, str], page: int
) -> tuple[SaidRow, ...]:
    """Latest first; each row knows the confidence that was said before it."""
    made: list[SaidRow] = []
    was: int | None = None
    last = len(rows) - (page - 1) * PAGE_SIZE
    for place, row in enumerate(rows[:last]):
        if place >= last - PAGE_SIZE:
            made.append(said_row(user, row, titles, was_confidence=was))
        was = row.confidence if row.confidence is not None else was
    return tuple(reversed(made))


def folded(rows: Sequence[SaidRow]) -> tuple[Entry, ...]:
    """Neighbouring automatic values without words become one entry."""
    entries: list[list[SaidRow]] = []
    for row in rows:
        if entries and row.is_bare and entries[-1][-1].is_bare:
            entries[-1].append(row)
        else:
            entries.append([row])
    return tuple(Entry(tuple(run)) for run in entries)


def said_row(
    user: User, row: CheckIn, titles: Mapping[str, str], *, was_confidence: int | None = None
) -> SaidRow:
    """A check-in ready to print. See `with_versions`."""
    return SaidRow(
        id=row.pk,
        who=row.author.name if row.author else row.author_label,
        recorded_by=row.recorded_by.name if row.recorded_by else "",
        is_person=is_from_person(row),
        source=row.source,
        on=row.observed_on,
        recorded_at=row.recorded_at,
        value=row.value,
        previous_value=row.previous_value,
        steps=tuple(titles[step] for step in row.milestones_done or () if step in titles),
        confidence=row.confidence,
        was_confidence=was_confidence if was_confidence != row.confidence else None,
        status=row.status,
        progress=row.progress,
        note=row.note,
        win=row.win,
        challenge=row.challenge,
        next_step=row.next_step,
        next_step_due_on=row.next_step_due_on,
        version_count=getattr(row, "version_count", 0),
        can_edit=can_edit_check_in(user, row),
        author_id=row.author_id,
    )


def freshness_words(key_result: KeyResult, today: date) -> str:
    """The stage of freshness today; "" where nobody is expected to speak."""
    fresh, due, stale = key_result.fresh_until, key_result.due_until, key_result.stale_until
    if fresh is None or due is None or stale is None:
        return ""
    return str(freshness_on(FreshnessDates(fresh, due, stale), today) or "")


def versions_of(check_in: CheckIn) -> list[CheckInVersion]:
    """Earlier wordings, latest first."""
    rows = CheckInVersion.objects.filter(check_in=check_in).select_related("replaced_by")
    return list(rows.order_by("-replaced_at", "-id"))
