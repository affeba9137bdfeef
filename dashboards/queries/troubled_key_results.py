"""Key results that may end short, and those that nobody speaks about: the first few of each, and how many."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.expressions import OrderBy

from checkins.models import Nudge
from common.counting import CountOf
from common.days import day_in
from common.ratio import shown_percent
from dashboards.queries.nudges import NudgeRow
from objectives.models import Cycle, KeyResult
from objectives.rules.kinds import KeyResultState, ObjectiveState, Status, Visibility

MOST_MISSES = 6
MOST_QUIET = 6


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
    """A key result nobody has spoken about for more than two cadences; `days` None when never.

    `asked`: somebody asked this week how it is going.
    """

    id: UUID
    title: str
    objective_id: UUID
    where: str
    owner: str
    owner_id: UUID | None
    days: int | None
    asked: NudgeRow | None


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


def missed_rows(cycle: Cycle) -> tuple[tuple[MissRow, ...], int]:
    """The least likely of those that may end short, and how many there are; one statement."""
    found = KeyResult.objects.filter(
        _open_key_results(cycle), status__in=(Status.OFF_TRACK, Status.AT_RISK), forecast_mean__isnull=False
    )
    rows = _first(found, F("forecast_chance").asc(), MOST_MISSES).values_list(
        "count",
        "title",
        "objective_id",
        "objective__team__name",
        "status",
        "forecast_mean",
        "forecast_low",
        "forecast_high",
    )
    counts, made = [], []
    for count, title, objective, team, status, mean, low, high in rows:
        counts.append(count)
        made.append(MissRow(title, objective, team or "", status, _clip(mean), _clip(low), _clip(high)))
    return tuple(made), max(counts, default=0)


def quiet_rows(cycle: Cycle, today: date) -> tuple[tuple[QuietRow, ...], int]:
    """Those that nobody has spoken about for longest, and how many there are; one statement."""
    found = KeyResult.objects.filter(_open_key_results(cycle), due_until__lt=today)
    nudges = Nudge.objects.filter(key_result=OuterRef("pk"), week_on=today - timedelta(days=today.weekday()))
    rows = (
        _first(found, F("last_heard_on").asc(nulls_first=True), MOST_QUIET)
        .annotate(
            asked_at=Subquery(nudges.values("created_at")[:1]),
            asked_by=Subquery(nudges.values("by__name")[:1]),
        )
        .values_list(
            "count", "pk", "title", "objective_id", "objective__team__name", "owner__name", "owner_id",
            "last_heard_on", "organisation__time_zone", "asked_at", "asked_by",
        )
    )  # fmt: skip
    counts, made = [], []
    for count, pk, title, objective, team, owner, owner_id, heard, zone, asked_at, asked_by in rows:
        counts.append(count)
        days = (today - heard).days if heard else None
        asked = NudgeRow(day_in(zone, asked_at), asked_by or "") if asked_at else None
        made.append(QuietRow(pk, title, objective, team or "", owner or "", owner_id, days, asked))
    return tuple(made), max(counts, default=0)


def _first(found: QuerySet[KeyResult], order: OrderBy, most: int) -> QuerySet[Any]:
    """The first of them, each with the `count` of all: the database counts once, and only when there are any."""
    counted = CountOf(found.order_by().values("pk"))
    return found.annotate(count=counted).order_by(order, "pk")[:most]


def _clip(value: Decimal) -> Decimal:
    return max(Decimal(0), min(Decimal(1), value))
