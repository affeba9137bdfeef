"""The dashboard feed: how the organisation, its priorities and its teams stand in a cycle."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Window
from django.db.models.functions import RowNumber

from alignment.models import AlignmentLink, PriorityProgress, ProgressSnapshot, StrategicPriority
from alignment.rules.kinds import LinkKind, LinkState, PriorityState
from common.plain import plain_number
from common.ratio import round_half_up, to_ratio
from dashboards.queries.gaps import COUNTED_STATES, counted_above
from objectives.models import Cycle, KeyResult, Objective
from objectives.queries.cycles_around import cycles_around
from objectives.queries.plain_rows import plain_counts
from objectives.rules.cycles import elapsed_share
from objectives.rules.kinds import KeyResultState, ObjectiveState
from objectives.rules.roll_up import plain_mean
from people.models import Team, User

CHANGE_OVER = timedelta(days=7)
TWO_DECIMALS = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Counted:
    """An objective that counts, with its stored numbers."""

    id: UUID
    cycle_id: UUID
    team_id: UUID | None
    progress: Decimal | None
    expected: Decimal | None
    confidence_mean: Decimal | None
    status: str
    key_result_count: int


@dataclass(frozen=True, slots=True)
class Numbers:
    """Progress, expected and mean confidence of an aggregate."""

    progress: Decimal | None
    expected: Decimal | None
    confidence_mean: Decimal | None


def progress_feed(user: User, cycle: Cycle, *, today: date) -> dict[str, Any]:
    """`{cycle, as_of, elapsed, organisation, priorities, teams}`. Seven queries; the same for every viewer."""
    objectives = counted_objectives(cycle)
    own = [one for one in objectives.values() if one.cycle_id == cycle.pk]
    stale = _stale_by_objective(cycle, today)
    before = _progress_before(cycle, today - CHANGE_OVER)
    priorities, standings = _priorities(cycle)
    below = _objectives_by_priority(list(priorities), objectives)
    return {
        "cycle": {"id": cycle.pk, "name": cycle.name},
        "as_of": today,
        "elapsed": plain_number(_elapsed(cycle, today)),
        "organisation": row_of(
            user.organisation_id,
            user.organisation.name,
            organisation_numbers(standings.values()),
            before.get(("organisation", user.organisation_id)),
            list(objectives.values()),
            stale,
        ),
        "priorities": [
            row_of(key, title, _of(standings.get(key)), before.get(("priority", key)), below[key], stale)
            for key, title in priorities.items()
        ],
        "teams": _teams(user, own, before, stale),
    }


def counted_objectives(cycle: Cycle) -> dict[UUID, Counted]:
    """Objectives of the cycle, and of cycles inside it, that count above themselves. Two queries."""
    around = cycles_around(cycle.organisation_id)
    inside = [inner for inner, outer in around.items() if cycle.pk in outer]
    rows = Objective.objects.filter(
        counted_above(), organisation_id=cycle.organisation_id, cycle_id__in=inside, state__in=COUNTED_STATES
    ).values_list(
        "id", "cycle_id", "team_id", "progress", "expected", "confidence_mean", "status", "key_result_count"
    )
    return {row[0]: Counted(*row) for row in rows}


def organisation_numbers(standings: Iterable[PriorityProgress]) -> Numbers:
    """Plain means over active priorities with a value (RULES §2)."""
    return mean_of([_of(row) for row in standings])


def mean_of(rows: Collection[Numbers | Counted]) -> Numbers:
    """Plain means over those that have a value."""
    return Numbers(
        plain_mean(row.progress for row in rows),
        plain_mean(row.expected for row in rows),
        plain_mean(row.confidence_mean for row in rows),
    )


def row_of(
    key: UUID,
    title: str,
    now: Numbers,
    before: Decimal | None,
    objectives: Collection[Counted],
    stale: Mapping[UUID, int],
) -> dict[str, Any]:
    """One row of the feed. `change_7d` is None until a snapshot is seven days old."""
    change = None if now.progress is None or before is None else now.progress - before
    statuses = Counter(one.status for one in objectives)
    return {
        "id": key,
        "title": title,
        "progress": plain_number(now.progress),
        "expected": plain_number(now.expected),
        "change_7d": plain_number(change),
        "objective_count": len(objectives),
        "key_result_count": sum(one.key_result_count for one in objectives),
        "status_counts": plain_counts(statuses),
        "confidence_mean": plain_number(
            None if now.confidence_mean is None else round_half_up(now.confidence_mean, TWO_DECIMALS)
        ),
        "stale_count": sum(stale.get(one.id, 0) for one in objectives),
    }


def _elapsed(cycle: Cycle, today: date) -> Decimal | None:
    share = elapsed_share(cycle.starts_on, cycle.ends_on, today)
    return None if share is None else to_ratio(share)


def _of(row: PriorityProgress | None) -> Numbers:
    if row is None:
        return Numbers(None, None, None)
    return Numbers(row.progress, row.expected, row.confidence_mean)


def _priorities(cycle: Cycle) -> tuple[dict[UUID, str], dict[UUID, PriorityProgress]]:
    """Active priorities by rank, and how they stand. Two queries."""
    rows = StrategicPriority.objects.filter(organisation_id=cycle.organisation_id, state=PriorityState.ACTIVE)
    titles = dict(rows.order_by("rank", "id").values_list("id", "title"))
    standings = PriorityProgress.objects.filter(priority_id__in=titles, cycle_id=cycle.pk)
    return titles, {row.priority_id: row for row in standings}


def _objectives_by_priority(
    priority_ids: list[UUID], objectives: Mapping[UUID, Counted]
) -> dict[UUID, list[Counted]]:
    """Objectives that contribute directly. One query."""
    found: dict[UUID, list[Counted]] = defaultdict(list)
    links = AlignmentLink.objects.filter(
        priority_id__in=priority_ids, kind=LinkKind.CONTRIBUTES, state=LinkState.ACTIVE, weight__gt=0
    )
    for priority, child in links.order_by().values_list("priority_id", "child_id"):
        if child in objectives:
            found[priority].append(objectives[child])
    return found


def _stale_by_objective(cycle: Cycle, today: date) -> dict[UUID, int]:
    """Open key results of running objectives that are stale or silent, by objective. One query."""
    rows = KeyResult.objects.filter(
        organisation_id=cycle.organisation_id,
        state=KeyResultState.ACTIVE,
        objective__state=ObjectiveState.ACTIVE,
        due_until__lt=today,
    )
    return dict(
        rows.order_by()
        .values("objective_id")
        .annotate(count=Count("pk"))
        .values_list("objective_id", "count")
    )


def _progress_before(cycle: Cycle, day: date) -> dict[tuple[str, UUID], Decimal | None]:
    """Progress in the latest snapshot up to `day`, by (type, id). One query."""
    latest = Window(RowNumber(), partition_by=[F("subject_type"), F("subject_id")], order_by=F("on").desc())
    rows = (
        ProgressSnapshot.objects.filter(
            organisation_id=cycle.organisation_id,
            cycle_id=cycle.pk,
            subject_type__in=("organisation", "priority", "team"),
            on__lte=day,
        )
        .annotate(place=latest)
        .filter(place=1)
        .order_by()
        .values_list("subject_type", "subject_id", "progress")
    )
    return {(kind, key): progress for kind, key, progress in rows}


def _teams(
    user: User,
    objectives: Iterable[Counted],
    before: Mapping[tuple[str, UUID], Decimal | None],
    stale: Mapping[UUID, int],
) -> list[dict[str, Any]]:
    """Teams that own objectives of the cycle, sub-teams apart. One query."""
    owned: dict[UUID, list[Counted]] = defaultdict(list)
    for one in objectives:
        if one.team_id is not None:
            owned[one.team_id].append(one)
    names = Team.objects.filter(pk__in=owned, organisation_id=user.organisation_id)
    return [
        row_of(key, name, mean_of(owned[key]), before.get(("team", key)), owned[key], stale)
        for key, name in names.order_by("name", "id").values_list("id", "name")
    ]
