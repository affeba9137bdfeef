"""What changed course among some key results, what went well, and what has gone quiet: all from check-ins."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from checkins.models import CheckIn
from checkins.services.refresh_key_results import planned_of, steps_of, surroundings_of
from common.templatetags.numbers import number, rounded
from dashboards.queries.key_result_chart import Spark, is_from_person, spark_of
from dashboards.queries.key_result_page import freshness_words
from dashboards.queries.objective_key_results import likely_words, unit_words, value_words
from objectives.models import KeyResult, Milestone, PlannedValue
from objectives.rules.expected import planned_value_on
from objectives.rules.kinds import Freshness, Status

LATELY = timedelta(days=14)
FALL = 2
"""Confidence that falls by so much is worth a talk."""
WORSE = {Status.ACHIEVED: 0, Status.ON_TRACK: 0, Status.AT_RISK: 1, Status.OFF_TRACK: 2}
QUIET = (Freshness.STALE, Freshness.SILENT)


@dataclass(frozen=True, slots=True)
class CourseRow:
    """A key result that turned at its latest check-in. `words` are facts, `said` is what a person wrote."""

    id: UUID
    title: str
    objective_id: UUID
    status: str
    spark: Spark
    words: str
    said: str
    who: str
    on: date
    confidence_lost: int
    statuses_lost: int


@dataclass(frozen=True, slots=True)
class WinRow:
    """Something that went well, in the words of who saw it."""

    text: str
    who: str
    on: date
    key_result_id: UUID
    title: str
    change: str


@dataclass(frozen=True, slots=True)
class QuietRow:
    """A key result that nobody spoke about for more than two rhythms; `days` None when never."""

    id: UUID
    title: str
    owner: str
    days: int | None


@dataclass(frozen=True, slots=True)
class Course:
    """`as_planned` key results did not turn."""

    changed: tuple[CourseRow, ...]
    wins: tuple[WinRow, ...]
    quiet: tuple[QuietRow, ...]
    key_result_count: int

    @property
    def as_planned(self) -> int:
        return self.key_result_count - len(self.changed)


def course_of(key_results: Sequence[KeyResult], *, today: date) -> Course:
    """In three statements. The key results come with owner, objective, cycle and organisation."""
    ids = [row.pk for row in key_results]
    check_ins = _check_ins(ids)
    planned, steps = planned_of(ids), steps_of(key_results)
    changed = [
        found
        for row in key_results
        if (
            found := _course(
                row, check_ins.get(row.pk, ()), planned.get(row.pk, []), steps.get(row.pk, []), today
            )
        )
    ]
    changed.sort(key=lambda row: (-row.confidence_lost, -row.statuses_lost, row.title.casefold()))
    return Course(
        tuple(changed),
        tuple(_wins(key_results, check_ins, today)),
        tuple(_quiet(key_results, today)),
        len(key_results),
    )


def _check_ins(ids: Sequence[UUID]) -> dict[UUID, list[CheckIn]]:
    rows = CheckIn.objects.filter(key_result_id__in=ids).select_related("author").defer("source_fields")
    grouped: dict[UUID, list[CheckIn]] = defaultdict(list)
    for row in rows.order_by("observed_on", "recorded_at", "pk"):
        grouped[row.key_result_id].append(row)
    return grouped


def _course(
    row: KeyResult,
    said: Sequence[CheckIn],
    planned: Sequence[PlannedValue],
    steps: Sequence[Milestone],
    today: date,
) -> CourseRow | None:
    """None where the latest words of a person neither lowered the status nor the confidence by two."""
    people = [one for one in said if is_from_person(one)]
    if not people or today - people[-1].observed_on > LATELY:
        return None
    latest = people[-1]
    place = said.index(latest)
    before = said[place - 1] if place else None
    was = next((one.confidence for one in reversed(people[:-1]) if one.confidence is not None), None)
    lost = was - latest.confidence if was is not None and latest.confidence is not None else 0
    worse = _steps_down(before.status if before else "", latest.status)
    if lost < FALL and worse <= 0:
        return None
    return CourseRow(
        id=row.pk,
        title=row.title,
        objective_id=row.objective_id,
        status=row.status,
        spark=spark_of(
            row, said, planned, whole_weight=sum((step.weight for step in steps), Decimal(0)) or None
        ),
        words=course_words(row, latest, was, planned, steps),
        said=latest.note or latest.challenge,
        who=latest.author.name if latest.author else latest.author_label,
        on=latest.observed_on,
        confidence_lost=max(0, lost),
        statuses_lost=max(0, worse),
    )


def _steps_down(before: str, after: str) -> int:
    """How many statuses it fell; 0 where one of them judges nothing."""
    ranks = {status.value: rank for status, rank in WORSE.items()}
    if before not in ranks or after not in ranks:
        return 0
    return ranks[after] - ranks[before]


def course_words(
    row: KeyResult,
    latest: CheckIn | None,
    was: int | None,
    planned: Sequence[PlannedValue],
    steps: Sequence[Milestone],
    turned: str = "",
) -> str:
    """ "8 min, plan 5.8. Confidence 5 → 3. Likely 7.2 to 6.4 min at close." `turned` stands after the value."""
    parts = []
    value = value_words(row, row.current_value)
    if steps:
        done = sum(step.is_done for step in steps)
        value = f"{done} of {len(steps)} steps"
    plan = None
    if row.expected is not None:
        plan = planned_value_on(surroundings_of(row, steps, planned).measure, row.expected)
    if value:
        parts.append(f"{value}, plan {_plan(row, plan)}." if plan is not None and not steps else f"{value}.")
    if turned:
        parts.append(turned)
    if latest is not None and latest.confidence is not None:
        if was is not None and was != latest.confidence:
            parts.append(f"Confidence {was} → {latest.confidence}.")
        else:
            parts.append(f"Confidence {'steady at ' if was else ''}{latest.confidence}.")
    likely = likely_words(row)
    if likely:
        parts.append(f"Likely {likely} at close.")
    return " ".join(parts)


def _plan(row: KeyResult, plan: Decimal) -> str:
    numbers = [value for value in (row.start_value, row.target_value, row.current_value) if value is not None]
    finest = max((-int(value.normalize().as_tuple().exponent) for value in numbers), default=0)
    return rounded(plan, min(3, max(0, finest)))


def _wins(
    key_results: Sequence[KeyResult], check_ins: dict[UUID, list[CheckIn]], today: date
) -> list[WinRow]:
    """Of the last two weeks, the latest first."""
    found = [
        WinRow(
            one.win,
            one.author.name if one.author else one.author_label,
            one.observed_on,
            row.pk,
            row.title,
            change_words(row, one),
        )
        for row in key_results
        for one in check_ins.get(row.pk, ())
        if one.win and today - one.observed_on <= LATELY
    ]
    return sorted(found, key=lambda win: win.on, reverse=True)


def change_words(row: KeyResult, said: CheckIn) -> str:
    """ "3.2 → 2.8 min", what a check-in did to the value; "" where it gave none."""
    if said.value is None:
        return ""
    now = value_words(row, said.value)
    if said.previous_value is None or said.previous_value == said.value:
        return now
    was = number(said.previous_value) if unit_words(row) else value_words(row, said.previous_value)
    return f"{was} → {now}"


def _quiet(key_results: Sequence[KeyResult], today: date) -> list[QuietRow]:
    found = [
        QuietRow(
            row.pk,
            row.title,
            row.owner.name if row.owner else row.owner_label,
            (today - row.last_heard_on).days if row.last_heard_on else None,
        )
        for row in key_results
        if freshness_words(row, today) in QUIET
    ]
    return sorted(found, key=lambda row: -(row.days or 10_000))
