"""What waits for a person this week, by objective; what was put off; and what comes later."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from checkins.models import CheckIn, CheckInDraft
from checkins.queries.due import looked_after_by
from dashboards.queries.check_in_rows import CheckInRow, rows_of, with_all_for_rows
from objectives.models import KeyResult, Objective
from objectives.permissions import visible_key_results
from people.models import User

MOST_ROWS = 200


@dataclass(frozen=True, slots=True)
class WeekGroup:
    """An objective with the rows below it. `progress` is a ratio, None for "nothing to say yet"."""

    objective_id: UUID
    title: str
    progress: Decimal | None
    rows: tuple[CheckInRow, ...]


@dataclass(frozen=True, slots=True)
class LaterRow:
    """A key result whose day has not come; `next_due_on` None before its objective has a rhythm."""

    id: UUID
    title: str
    objective_title: str
    next_due_on: date | None


@dataclass(frozen=True, slots=True)
class MyWeek:
    """`groups` hold the rows that are due and those that were put off; nothing is due when all are `is_skipped`."""

    groups: tuple[WeekGroup, ...]
    later: tuple[LaterRow, ...]

    @property
    def rows(self) -> tuple[CheckInRow, ...]:
        return tuple(row for group in self.groups for row in group.rows)

    @property
    def next_due_on(self) -> date | None:
        """The first day on which something will be due."""
        days = [row.next_due_on for row in self.rows] + [row.next_due_on for row in self.later]
        return min((day for day in days if day is not None), default=None)


def my_week(user: User, *, today: date) -> MyWeek:
    """Key results that the person looks after, in four statements."""
    found = list(
        with_all_for_rows(looked_after_by(user)).order_by(
            "objective__cycle__ends_on", "objective__position", "objective_id", "position", "pk"
        )[:MOST_ROWS]
    )
    now = [row for row in found if _is_due(row, today) or _waits(row, today)]
    shown = {row.pk for row in now}
    later = sorted(
        (row for row in found if row.pk not in shown),
        key=lambda row: (row.next_due_on or date.max, row.title),
    )
    return MyWeek(
        groups=groups_of(now, user=user, today=today),
        later=tuple(LaterRow(row.pk, row.title, row.objective.title, row.next_due_on) for row in later),
    )


def groups_of(key_results: list[KeyResult], *, user: User, today: date) -> tuple[WeekGroup, ...]:
    """The rows of these key results below their objectives, in the given order."""
    rows = rows_of(key_results, user=user, today=today)
    objectives: dict[UUID, Objective] = {row.objective_id: row.objective for row in key_results}
    return tuple(
        WeekGroup(
            objective.pk,
            objective.title,
            objective.progress,
            tuple(row for row in rows if row.objective_id == pk),
        )
        for pk, objective in objectives.items()
    )


def only_rows(groups: Iterable[WeekGroup], ids: Container[UUID]) -> tuple[WeekGroup, ...]:
    """These rows and the groups that hold one of them."""
    kept = (
        WeekGroup(g.objective_id, g.title, g.progress, tuple(row for row in g.rows if row.id in ids))
        for g in groups
    )
    return tuple(group for group in kept if group.rows)


def rows_to_share(user: User, ids: Iterable[UUID], *, today: date) -> tuple[WeekGroup, ...]:
    """The posted key results that the person may know of, grouped; due or not."""
    wanted = list(ids)[:MOST_ROWS]
    known = with_all_for_rows(visible_key_results(user) | looked_after_by(user)).filter(pk__in=wanted)
    found = known.order_by(
        "objective__cycle__ends_on", "objective__position", "objective_id", "position", "pk"
    )
    return groups_of(list(found), user=user, today=today)


def _is_due(row: KeyResult, today: date) -> bool:
    return row.next_due_on is not None and row.next_due_on <= today


def _waits(row: KeyResult, today: date) -> bool:
    """Put off with a reason, and it would be due otherwise."""
    if row.skipped_until is None or row.fresh_until is None:
        return False
    return row.skipped_until > today and row.fresh_until <= today


def draft_of(user: User) -> CheckInDraft | None:
    """What the person typed and did not share yet."""
    return CheckInDraft.objects.filter(user=user).first()


@dataclass(frozen=True, slots=True)
class OtherCheckIn:
    """What somebody else said about the same key result in the meantime."""

    key_result_title: str
    who: str
    at: datetime
    value: Decimal | None


def said_meanwhile(user: User, ids: Iterable[UUID], *, since: datetime) -> tuple[OtherCheckIn, ...]:
    """Check-ins by others on these key results, recorded after a form was opened."""
    rows = (
        CheckIn.objects.filter(key_result_id__in=list(ids), recorded_at__gt=since)
        .exclude(author=user)
        .select_related("author", "key_result")
        .order_by("recorded_at")
    )
    return tuple(
        OtherCheckIn(
            row.key_result.title, row.author.name if row.author else "a system", row.recorded_at, row.value
        )
        for row in rows
    )
