"""What a leader reads on the strategy page: what moved, what may end short, what is quiet, what leads nowhere."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from django.db.models import F, OuterRef, Q, Subquery

from alignment.models import (
    AlignmentLink,
    PriorityNews,
    PriorityProgress,
    ProgressSnapshot,
    StrategicPriority,
)
from alignment.permissions import visible_priorities
from alignment.rules.kinds import LinkKind, LinkState, PriorityState
from common.ratio import shown_percent
from dashboards.queries.gaps import COUNTED_STATES, counted_above
from objectives.models import Cycle, KeyResult
from objectives.queries.cycles_around import cycles_around
from objectives.rules.cycles import elapsed_share
from objectives.rules.kinds import KeyResultState, ObjectiveState, Status, Visibility
from people.models import User

CHANGE_OVER = timedelta(days=7)
MOST_MISSES = 6
MOST_QUIET = 6


@dataclass(frozen=True, slots=True)
class NewsRow:
    text: str
    author: str
    on: date


@dataclass(frozen=True, slots=True)
class PriorityRow:
    """One priority in a cycle. Ratios are 0..1; `confidence_line` holds (share of the cycle, mean confidence)."""

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
    objective_count: int
    team_count: int
    status_counts: dict[str, int]

    @property
    def points_from_plan(self) -> int | None:
        """Whole points ahead of plan, negative when behind."""
        if self.progress is None or self.expected is None:
            return None
        return (shown_percent(self.progress) or 0) - (shown_percent(self.expected) or 0)

    @property
    def points_behind(self) -> int:
        return max(0, -(self.points_from_plan or 0))


@dataclass(frozen=True, slots=True)
class MissRow:
    """A key result that may end short, with the range of its estimate."""

    title: str
    objective_id: UUID
    where: str
    status: str
    likely: Decimal
    low: Decimal
    high: Decimal

    @property
    def words(self) -> str:
        return f"{shown_percent(self.likely)} %"


@dataclass(frozen=True, slots=True)
class QuietRow:
    """A key result nobody has spoken about for more than two cadences; `days` None when never."""

    title: str
    objective_id: UUID
    where: str
    owner: str
    days: int | None


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


def strategy_rows(user: User, cycle: Cycle, *, today: date) -> StrategyRows:
    """Everything above the gaps, in nine statements."""
    rows = list(
        visible_priorities(user).exclude(state=PriorityState.RETIRED).select_related("owner").order_by("rank")
    )
    ids = [row.pk for row in rows]
    standings = {
        row.priority_id: row
        for row in PriorityProgress.objects.filter(priority_id__in=ids, cycle_id=cycle.pk)
    }
    news, history = _latest_news(ids), _history(cycle)
    teams = _team_counts(ids, cycle)
    made = [
        _priority_row(
            row, standings.get(row.pk), news.get(row.pk), history[row.pk], teams[row.pk], cycle, today
        )
        for row in rows
    ]
    misses, miss_count = _misses(cycle)
    quiet, quiet_count = _quiet(cycle, today)
    return StrategyRows(
        priorities=tuple(row for row in made if row.state == PriorityState.ACTIVE),
        drafts=tuple(row for row in made if row.state == PriorityState.DRAFT),
        misses=misses,
        miss_count=miss_count,
        quiet=quiet,
        quiet_count=quiet_count,
    )


def _priority_row(
    row: StrategicPriority,
    standing: PriorityProgress | None,
    news: NewsRow | None,
    history: list[ProgressSnapshot],
    team_count: int,
    cycle: Cycle,
    today: date,
) -> PriorityRow:
    standing = standing or PriorityProgress()
    return PriorityRow(
        id=row.pk,
        title=row.title,
        owner=row.owner.name if row.owner else "",
        state=row.state,
        rank=row.rank,
        added_on=(row.activated_at or row.created_at).date(),
        news=news,
        progress=standing.progress,
        expected=standing.expected,
        change=change_since(history, standing.progress, today - CHANGE_OVER),
        confidence_mean=standing.confidence_mean,
        confidence_line=weekly_line(history, cycle, standing.confidence_mean, today),
        likely=standing.forecast_mean,
        likely_low=standing.forecast_low,
        likely_high=standing.forecast_high,
        objective_count=standing.objective_count,
        team_count=team_count,
        status_counts=standing.status_counts,
    )


def change_since(history: list[ProgressSnapshot], now: Decimal | None, day: date) -> Decimal | None:
    """Progress now minus that of the last snapshot on or before `day`; None without both."""
    before = next((row.progress for row in reversed(history) if row.on <= day), None)
    return None if before is None or now is None else now - before


def weekly_line(
    history: list[ProgressSnapshot], cycle: Cycle, now: Decimal | None, today: date
) -> tuple[tuple[float, Decimal], ...]:
    """(share of the cycle, mean confidence): one point a week and today's."""
    points: dict[int, tuple[float, Decimal]] = {}
    for row in history:
        t = elapsed_share(cycle.starts_on, cycle.ends_on, row.on)
        if t is not None and row.confidence_mean is not None and cycle.starts_on is not None:
            points[(row.on - cycle.starts_on).days // 7] = (float(t), row.confidence_mean)
    t_now = elapsed_share(cycle.starts_on, cycle.ends_on, today)
    if t_now is not None and now is not None and cycle.starts_on is not None:
        points[(today - cycle.starts_on).days // 7] = (float(t_now), now)
    return tuple(points[week] for week in sorted(points))


def _latest_news(ids: list[UUID]) -> dict[UUID, NewsRow]:
    latest = PriorityNews.objects.filter(priority=OuterRef("priority")).order_by("-on", "-created_at", "-id")
    rows = (
        PriorityNews.objects.filter(priority_id__in=ids, pk=Subquery(latest.values("pk")[:1]))
        .order_by()
        .values_list("priority_id", "text", "author__name", "on")
    )
    return {pk: NewsRow(text, author or "", on) for pk, text, author, on in rows}


def _history(cycle: Cycle) -> dict[UUID, list[ProgressSnapshot]]:
    rows = ProgressSnapshot.objects.filter(
        organisation_id=cycle.organisation_id, cycle_id=cycle.pk, subject_type="priority"
    ).order_by("on")
    grouped: dict[UUID, list[ProgressSnapshot]] = defaultdict(list)
    for row in rows.only("subject_id", "on", "progress", "confidence_mean"):
        grouped[row.subject_id].append(row)
    return grouped


def _team_counts(ids: list[UUID], cycle: Cycle) -> dict[UUID, int]:
    around = cycles_around(cycle.organisation_id)
    inside = [inner for inner, outer in around.items() if cycle.pk in outer]
    pairs = (
        AlignmentLink.objects.filter(
            counted_above("child__"),
            priority_id__in=ids,
            kind=LinkKind.CONTRIBUTES,
            state=LinkState.ACTIVE,
            child__cycle_id__in=inside,
            child__state__in=COUNTED_STATES,
            child__team_id__isnull=False,
        )
        .order_by()
        .values_list("priority_id", "child__team_id")
        .distinct()
    )
    counts: dict[UUID, int] = defaultdict(int)
    for priority, _team in pairs:
        counts[priority] += 1
    return counts


def _open_key_results(cycle: Cycle) -> Q:
    """Those that may be named to everybody: what a closed circle lets count, counts without its title (RULES §2)."""
    return Q(
        organisation_id=cycle.organisation_id,
        objective__deleted_at__isnull=True,
        objective__visibility=Visibility.ORGANISATION,
        objective__cycle_id=cycle.pk,
        objective__state=ObjectiveState.ACTIVE,
        state=KeyResultState.ACTIVE,
    )


def _misses(cycle: Cycle) -> tuple[tuple[MissRow, ...], int]:
    found = KeyResult.objects.filter(
        _open_key_results(cycle), status__in=(Status.OFF_TRACK, Status.AT_RISK), forecast_mean__isnull=False
    )
    rows = found.order_by("forecast_chance", "pk").values_list(
        "title",
        "objective_id",
        "objective__team__name",
        "status",
        "forecast_mean",
        "forecast_low",
        "forecast_high",
    )[:MOST_MISSES]
    made = tuple(
        MissRow(title, objective, team or "", status, _clip(mean), _clip(low), _clip(high))
        for title, objective, team, status, mean, low, high in rows
    )
    return made, len(made) if len(made) < MOST_MISSES else found.count()


def _quiet(cycle: Cycle, today: date) -> tuple[tuple[QuietRow, ...], int]:
    found = KeyResult.objects.filter(_open_key_results(cycle), due_until__lt=today)
    rows = found.order_by(F("last_heard_on").asc(nulls_first=True), "pk").values_list(
        "title", "objective_id", "objective__team__name", "owner__name", "last_heard_on"
    )[:MOST_QUIET]
    made = tuple(
        QuietRow(title, objective, team or "", owner or "", (today - heard).days if heard else None)
        for title, objective, team, owner, heard in rows
    )
    return made, len(made) if len(made) < MOST_QUIET else found.count()


def _clip(value: Decimal) -> Decimal:
    return max(Decimal(0), min(Decimal(1), value))
