"""The agenda of a team's weekly review, put together from its check-ins: wins first, then only what turned."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import Q

from checkins.models import Ask, CheckIn
from checkins.permissions import visible_asks
from checkins.rules.agenda import Said, Turn, turn_of
from checkins.rules.asks import working_days_between
from checkins.rules.kinds import WAITING
from checkins.services.refresh_key_results import planned_of, steps_of
from common.days import day_in
from common.templatetags.numbers import days
from dashboards.queries.key_result_chart import Spark, is_from_person, spark_of
from dashboards.queries.key_result_page import freshness_words
from dashboards.queries.review_wins import ReviewWin, review_wins
from dashboards.queries.team_course import QUIET, course_words
from objectives.models import KeyResult, Milestone, PlannedValue
from people.models import Team, User


@dataclass(frozen=True, slots=True)
class ReviewAsk:
    """An ask that waits. `age` in working days; `is_mine` where the reader is the one to answer."""

    id: UUID
    is_to_us: bool
    is_mine: bool
    text: str
    asked_by: str
    asked_of: str
    age: int
    objective_id: UUID
    key_result_id: UUID | None


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """A key result that turned. `words` are facts, `said` is what a person wrote since; `ask` waits for help on it."""

    id: UUID
    title: str
    objective_id: UUID
    status: str
    spark: Spark
    words: str
    said: str
    who: str
    when: str
    ask: ReviewAsk | None


@dataclass(frozen=True, slots=True)
class Agenda:
    """`objective_counts`: by objective, how many key results run and how many of them are as planned."""

    wins: tuple[ReviewWin, ...]
    items: tuple[ReviewItem, ...]
    asks: tuple[ReviewAsk, ...]
    objective_counts: Mapping[UUID, tuple[int, int]]

    @property
    def key_result_count(self) -> int:
        return sum(every for every, _ in self.objective_counts.values())

    @property
    def as_planned(self) -> int:
        return sum(planned for _, planned in self.objective_counts.values())


def review_agenda(
    user: User,
    team: Team,
    key_results: Sequence[KeyResult],
    objective_titles: Mapping[UUID, str],
    member_ids: Collection[UUID],
    *,
    since: datetime,
    today: date,
) -> Agenda:
    """For that reader, in at most six statements.

    key_results  that run and that the reader may see, with owner, objective, cycle and organisation
    """
    said = _check_ins([row.pk for row in key_results])
    turns = {
        row.pk: turn_of(
            [_said(one) for one in said.get(row.pk, ())],
            since=since,
            is_quiet=freshness_words(row, today) in QUIET,
        )
        for row in key_results
    }
    turned = [row for row in key_results if turns[row.pk].is_exception]
    turned.sort(key=lambda row: turns[row.pk].rank(_days_quiet(row, today), row.title))
    asks = _asks(user, member_ids, today)
    planned, steps = planned_of([row.pk for row in turned]), steps_of(turned)
    by_key_result = {ask.key_result_id: ask for ask in asks if not ask.is_to_us}
    items = tuple(
        _item(
            row, turns[row.pk], said.get(row.pk, ()), planned.get(row.pk, []), steps.get(row.pk, []),
            by_key_result.get(row.pk), since, today,
        )
        for row in turned
    )  # fmt: skip
    rows = {row.pk: row for row in key_results}
    wins = review_wins(user, team, rows, said, objective_titles, since=since)
    return Agenda(wins, items, asks, _counts(key_results, {row.pk for row in turned}))


def _counts(key_results: Sequence[KeyResult], turned: Collection[UUID]) -> dict[UUID, tuple[int, int]]:
    every = Counter(row.objective_id for row in key_results)
    planned = Counter(row.objective_id for row in key_results if row.pk not in turned)
    return {key: (count, planned[key]) for key, count in every.items()}


def _check_ins(ids: Sequence[UUID]) -> dict[UUID, list[CheckIn]]:
    rows = CheckIn.objects.filter(key_result_id__in=ids).select_related("author").defer("source_fields")
    grouped: dict[UUID, list[CheckIn]] = defaultdict(list)
    for row in rows.order_by("observed_on", "recorded_at", "pk"):
        grouped[row.key_result_id].append(row)
    return grouped


def _said(row: CheckIn) -> Said:
    return Said(row.recorded_at, row.raw_progress, row.status, row.confidence, is_from_person(row))


def _days_quiet(row: KeyResult, today: date) -> int | None:
    return (today - row.last_heard_on).days if row.last_heard_on else None


def _item(
    row: KeyResult,
    turn: Turn,
    said: Sequence[CheckIn],
    planned: Sequence[PlannedValue],
    steps: Sequence[Milestone],
    ask: ReviewAsk | None,
    since: datetime,
    today: date,
) -> ReviewItem:
    people = [one for one in said if is_from_person(one)]
    latest = people[-1] if people else None
    spoke = next((one for one in reversed(people) if one.recorded_at > since and _wrote(one)), None)
    who = (spoke.author.name if spoke.author else spoke.author_label) if spoke else ""
    return ReviewItem(
        id=row.pk,
        title=row.title,
        objective_id=row.objective_id,
        status=row.status,
        spark=spark_of(
            row, said, planned, whole_weight=sum((step.weight for step in steps), Decimal(0)) or None
        ),
        words=course_words(
            row, latest, turn.confidence_before, planned, steps, _turned_words(row, turn, today)
        ),
        said=_wrote(spoke) if spoke else "",
        who=who,
        when=near_day(spoke.observed_on, today) if spoke else "",
        ask=ask,
    )


def near_day(on: date, today: date) -> str:
    """ "today", "yesterday", "Tue" within a week, "12 May" before."""
    ago = (today - on).days
    if ago in (0, 1):
        return "yesterday" if ago else "today"
    return f"{on:%a}" if 1 < ago < 7 else f"{on.day} {on:%b}"


def _wrote(said: CheckIn) -> str:
    return said.note or said.challenge


def _turned_words(row: KeyResult, turn: Turn, today: date) -> str:
    parts = ["First step back."] if turn.is_first_step_back else []
    if turn.is_quiet:
        quiet = _days_quiet(row, today)
        parts.append("Not yet heard." if quiet is None else f"Not heard for {days(quiet)}.")
    return " ".join(parts)


def _asks(user: User, member_ids: Collection[UUID], today: date) -> tuple[ReviewAsk, ...]:
    """To us first, the oldest first; one statement."""
    ids = list(member_ids)
    rows = (
        visible_asks(user)
        .filter(Q(asked_of_id__in=ids) | Q(asked_by_id__in=ids), state__in=sorted(WAITING))
        .select_related("asked_by", "asked_of")
        .order_by("created_at", "pk")
    )
    zone = user.organisation.time_zone
    found = [_ask(row, ids, user, day_in(zone, row.created_at), today) for row in rows]
    return tuple(sorted(found, key=lambda ask: not ask.is_to_us))


def _ask(row: Ask, member_ids: Collection[UUID], user: User, asked_on: date, today: date) -> ReviewAsk:
    return ReviewAsk(
        id=row.pk,
        is_to_us=row.asked_of_id in member_ids,
        is_mine=row.asked_of_id == user.pk,
        text=row.text,
        asked_by=row.asked_by.name,
        asked_of=row.asked_of.name,
        age=working_days_between(asked_on, today, row.asked_of.working_days),
        objective_id=row.objective_id,
        key_result_id=row.key_result_id,
    )
