"""What a leader reads on the strategy page: what moved, what may end short, what is quiet, what leads nowhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Count, FilteredRelation, OuterRef, Q, Subquery

from alignment.models import AlignmentLink, PriorityNews, ProgressSnapshot
from alignment.permissions import visible_priorities
from alignment.rules.kinds import LinkKind, LinkState, PriorityState
from common.ratio import shown_percent
from dashboards.queries.gaps import COUNTED_STATES, counted_above
from dashboards.queries.troubled_key_results import MissRow, QuietRow, missed_rows, quiet_rows
from objectives.models import Cycle
from objectives.queries.cycles_around import cycles_around, cycles_inside
from objectives.rules.cycles import elapsed_share
from people.models import User

CHANGE_OVER = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class NewsRow:
    text: str
    author: str
    on: date


@dataclass(frozen=True, slots=True)
class PriorityRow:
    """One priority in a cycle. Ratios are 0..1; `confidence_line` holds (share of the cycle, mean confidence);
    `points_from_plan` are whole points ahead of plan, negative when behind."""

    id: UUID
    title: str
    owner: str
    state: str
    rank: int
    added_on: date
    news: NewsRow | None
    progress: Decimal | None
    expected: Decimal | None
    change: Decimal | None
    confidence_mean: Decimal | None
    confidence_line: tuple[tuple[float, Decimal], ...]
    likely: Decimal | None
    likely_low: Decimal | None
    likely_high: Decimal | None
    points_from_plan: int | None
    objective_count: int
    team_count: int
    status_counts: dict[str, int]

    @property
    def points_behind(self) -> int:
        return max(0, -(self.points_from_plan or 0))


@dataclass(frozen=True, slots=True)
class StrategyRows:
    priorities: tuple[PriorityRow, ...]
    drafts: tuple[PriorityRow, ...]
    misses: tuple[MissRow, ...]
    miss_count: int
    quiet: tuple[QuietRow, ...]
    quiet_count: int

    @property
    def empty_priorities(self) -> tuple[PriorityRow, ...]:
        return tuple(row for row in self.priorities if row.objective_count == 0)


def strategy_rows(
    user: User, cycle: Cycle, *, today: date, inside: Collection[UUID] | None = None
) -> StrategyRows:
    """Everything above the gaps, in six statements.

    `inside`: the cycle and those that lie in it, when they are known; else one statement more.
    """
    if inside is None:
        inside = cycles_inside(cycle.pk, cycles_around(cycle.organisation_id))
    found = _priorities(user, cycle)
    ids = [row[0] for row in found]
    news, history, teams = _latest_news(ids), _history(cycle), _team_counts(ids, inside)
    made = [
        _priority_row(row, news.get(row[0]), history.get(row[0], []), teams.get(row[0], 0), cycle, today)
        for row in found
    ]
    misses, miss_count = missed_rows(cycle)
    quiet, quiet_count = quiet_rows(cycle, today)
    return StrategyRows(
        priorities=tuple(row for row in made if row.state == PriorityState.ACTIVE),
        drafts=tuple(row for row in made if row.state == PriorityState.DRAFT),
        misses=misses,
        miss_count=miss_count,
        quiet=quiet,
        quiet_count=quiet_count,
    )


@dataclass(frozen=True, slots=True)
class DayRow:
    """How a priority stood at the end of a day."""

    on: date
    progress: Decimal | None
    confidence_mean: Decimal | None


def _priorities(user: User, cycle: Cycle) -> list[tuple[Any, ...]]:
    """By rank, each with how it stands in the cycle."""
    rows = (
        visible_priorities(user)
        .exclude(state=PriorityState.RETIRED)
        .annotate(here=FilteredRelation("standings", condition=Q(standings__cycle_id=cycle.pk)))
        .order_by("rank")
    )
    return list(
        rows.values_list(
            "pk", "title", "owner__name", "state", "rank", "activated_at", "created_at",
            "here__progress", "here__expected", "here__confidence_mean", "here__forecast_mean",
            "here__forecast_low", "here__forecast_high", "here__objective_count", "here__status_counts",
        )
    )  # fmt: skip


def _priority_row(
    row: tuple[Any, ...],
    news: NewsRow | None,
    history: list[DayRow],
    team_count: int,
    cycle: Cycle,
    today: date,
) -> PriorityRow:
    activated_at: datetime | None
    pk, title, owner, state, rank, activated_at, created_at, progress, expected, confidence, *more = row
    likely, low, high, objective_count, status_counts = more
    return PriorityRow(
        id=pk,
        title=title,
        owner=owner or "",
        state=state,
        rank=rank,
        added_on=(activated_at or created_at).date(),
        news=news,
        progress=progress,
        expected=expected,
        change=change_since(history, progress, today - CHANGE_OVER),
        confidence_mean=confidence,
        confidence_line=weekly_line(history, cycle, confidence, today),
        likely=likely,
        likely_low=low,
        likely_high=high,
        points_from_plan=points_between(progress, expected),
        objective_count=objective_count or 0,
        team_count=team_count,
        status_counts=status_counts or {},
    )


def points_between(progress: Decimal | None, expected: Decimal | None) -> int | None:
    """Whole points from the plan to what is there, as both are shown; None without either."""
    if progress is None or expected is None:
        return None
    return (shown_percent(progress) or 0) - (shown_percent(expected) or 0)


def change_since(history: list[DayRow], now: Decimal | None, day: date) -> Decimal | None:
    """Progress now minus that of the last snapshot on or before `day`; None without both."""
    before = next((row.progress for row in reversed(history) if row.on <= day), None)
    return None if before is None or now is None else now - before


def weekly_line(
    history: list[DayRow], cycle: Cycle, now: Decimal | None, today: date
) -> tuple[tuple[float, Decimal], ...]:
    """(share of the cycle, mean confidence): one point a week and today's."""
    if cycle.starts_on is None:
        return ()
    said: dict[int, tuple[date, Decimal]] = {}
    for row in history:
        if row.confidence_mean is not None:
            said[(row.on - cycle.starts_on).days // 7] = (row.on, row.confidence_mean)
    if now is not None:
        said[(today - cycle.starts_on).days // 7] = (today, now)
    points = []
    for week in sorted(said):
        on, confidence = said[week]
        t = elapsed_share(cycle.starts_on, cycle.ends_on, on)
        if t is not None:
            points.append((float(t), confidence))
    return tuple(points)


def _latest_news(ids: list[UUID]) -> dict[UUID, NewsRow]:
    latest = PriorityNews.objects.filter(priority=OuterRef("priority")).order_by("-on", "-created_at", "-id")
    rows = (
        PriorityNews.objects.filter(priority_id__in=ids, pk=Subquery(latest.values("pk")[:1]))
        .order_by()
        .values_list("priority_id", "text", "author__name", "on")
    )
    return {pk: NewsRow(text, author or "", on) for pk, text, author, on in rows}


def _history(cycle: Cycle) -> dict[UUID, list[DayRow]]:
    rows = ProgressSnapshot.objects.filter(
        organisation_id=cycle.organisation_id, cycle_id=cycle.pk, subject_type="priority"
    ).order_by("on")
    grouped: dict[UUID, list[DayRow]] = defaultdict(list)
    for pk, on, progress, confidence in rows.values_list("subject_id", "on", "progress", "confidence_mean"):
        grouped[pk].append(DayRow(on, progress, confidence))
    return grouped


def _team_counts(ids: list[UUID], inside: Collection[UUID]) -> dict[UUID, int]:
    """Teams whose objectives contribute to each priority."""
    rows = (
        AlignmentLink.objects.filter(
            counted_above("child__"),
            priority_id__in=ids,
            kind=LinkKind.CONTRIBUTES,
            state=LinkState.ACTIVE,
            child__cycle_id__in=inside,
            child__state__in=COUNTED_STATES,
        )
        .order_by()
        .values_list("priority_id")
        .annotate(teams=Count("child__team_id", distinct=True))
    )
    return dict(rows)
