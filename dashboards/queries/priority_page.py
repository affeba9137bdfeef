"""What the page of one priority shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from alignment.models import PriorityNews, PriorityProgress, StrategicPriority
from alignment.queries.explain import Explained, explain_priority
from dashboards.queries.objective_list import ObjectiveRow, objective_rows_where
from objectives.models import Cycle
from objectives.queries.cycles_around import cycles_around
from people.models import User

NEWS_SHOWN = 20


@dataclass(frozen=True, slots=True)
class PriorityPage:
    """Numbers of the cycle, the objectives linked to the priority in it, and the news, latest first."""

    progress: Decimal | None
    expected: Decimal | None
    confidence: Decimal | None
    likely: Decimal | None
    likely_low: Decimal | None
    likely_high: Decimal | None
    status_counts: dict[str, int]
    why: Explained | None
    objectives: tuple[ObjectiveRow, ...]
    news: tuple[PriorityNews, ...]


def priority_page(
    user: User, priority: StrategicPriority, cycle: Cycle | None, *, today: date
) -> PriorityPage:
    """Six statements; without a cycle there are words and news only."""
    news = tuple(PriorityNews.objects.filter(priority=priority).select_related("author")[:NEWS_SHOWN])
    if cycle is None:
        return PriorityPage(None, None, None, None, None, None, {}, None, (), news)
    around = cycles_around(cycle.organisation_id)
    inside = [inner for inner, outer in around.items() if cycle.pk in outer]
    standing = PriorityProgress.objects.filter(priority=priority, cycle=cycle).first() or PriorityProgress()
    objectives = objective_rows_where(
        user, today=today, cycle_id__in=inside, links_up__priority_id=priority.pk
    )
    return PriorityPage(
        progress=standing.progress,
        expected=standing.expected,
        confidence=standing.confidence_mean,
        likely=standing.forecast_mean,
        likely_low=standing.forecast_low,
        likely_high=standing.forecast_high,
        status_counts=standing.status_counts,
        why=explain_priority(user, priority, cycle),
        objectives=objectives,
        news=news,
    )
