"""Whom a change of a priority reaches, as the leader who writes it sees it before publishing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from alignment.models import StrategicPriority
from alignment.queries.reached import ReachedObjective, reached_objectives
from alignment.rules.kinds import LinkKind
from dashboards.queries.objective_list import ObjectiveRow, objective_rows_where
from objectives.models import Objective
from people.models import User
from people.queries.absences import back_on

LEAST_LETTERS = 4
QUIET_DAYS = 14


@dataclass(frozen=True, slots=True)
class ImpactRow:
    """One objective below. `share` of the priority, where its own link carries one; `back_on` while away."""

    objective: ObjectiveRow
    asked_of: str
    share: Decimal | None
    kind: str
    back_on: date | None
    is_quiet: bool


@dataclass(frozen=True, slots=True)
class Impact:
    """Who would be asked, who only hears of it, and how many more there are that the reader may not see."""

    asked: tuple[ImpactRow, ...]
    told: tuple[ImpactRow, ...]
    asked_count: int
    people_count: int
    team_count: int
    told_count: int
    hidden_count: int
    away: tuple[ImpactRow, ...]
    outside: tuple[ImpactRow, ...]


def impact_of(user: User, priority: StrategicPriority, words: str, *, today: date) -> Impact:
    """Eight statements whatever it reaches. `words`: the new wording, held against those of the objectives."""
    reached = reached_objectives(priority.organisation_id, priority.pk)
    ids = [one.id for one in reached]
    rows = {row.id: row for row in objective_rows_where(user, today=today, leads={}, pk__in=ids)}
    opted_in = set(
        Objective.objects.filter(pk__in=ids, counts_when_private=True).values_list("pk", flat=True)
    )
    reached = tuple(one for one in reached if one.id in rows or one.id in opted_in)
    people = {one.asked_of_id for one in reached if one.asked_of_id is not None}
    names = dict(User.objects.filter(pk__in=people).values_list("pk", "name"))
    away = back_on(people, today=today)
    made = {one.id: _row(one, rows[one.id], names, away) for one in reached if one.id in rows}
    asked = tuple(made[one.id] for one in reached if one.is_asked and one.id in made)
    told = tuple(made[one.id] for one in reached if not one.is_asked and one.id in made)
    asked_ids = {one.id for one in reached if one.is_asked}
    teams = Objective.objects.filter(pk__in=asked_ids).order_by().values_list("team_id").distinct().count()
    return Impact(
        asked=asked,
        told=told,
        asked_count=len(asked_ids),
        people_count=len({one.asked_of_id for one in reached if one.is_asked and one.asked_of_id}),
        team_count=teams,
        told_count=len(reached) - len(asked_ids),
        hidden_count=len(reached) - len(made),
        away=tuple(row for row in asked if row.back_on is not None),
        outside=_outside(asked, words) if words else (),
    )


def _row(
    one: ReachedObjective, row: ObjectiveRow, names: dict[UUID, str], away: dict[UUID, date]
) -> ImpactRow:
    person = one.asked_of_id
    return ImpactRow(
        objective=row,
        asked_of=names.get(person, "") if person else "",
        share=one.share,
        kind="supports it" if one.kind != LinkKind.DEPENDS_ON else "depends on it",
        back_on=away.get(person) if person else None,
        is_quiet=row.heard_days is not None and row.heard_days > QUIET_DAYS,
    )


def _outside(rows: tuple[ImpactRow, ...], words: str) -> tuple[ImpactRow, ...]:
    """Objectives that share no word of four letters or more with the new wording: a hint to talk, no verdict."""
    wanted = _stems(words)
    reasons = dict(
        Objective.objects.filter(pk__in=[row.objective.id for row in rows]).values_list("pk", "why")
    )
    return tuple(
        row
        for row in rows
        if not wanted & _stems(f"{row.objective.title} {reasons.get(row.objective.id, '')}")
    )


def _stems(text: str) -> set[str]:
    """Words by their beginning, so that "store" and "stores" are the same."""
    return {word[:5] for word in re.findall(r"[^\W\d_]+", text.lower()) if len(word) >= LEAST_LETTERS}
