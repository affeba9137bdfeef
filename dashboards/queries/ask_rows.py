"""Asks as pages print them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import formats

from checkins.models import Ask
from checkins.queries.asks import FIELDS, ask_age
from checkins.rules.asks import is_long
from checkins.rules.kinds import AskKind, AskState
from common.days import day_in


@dataclass(frozen=True, slots=True)
class AskRow:
    """One ask. `age` counts the receiver's working days until today, or until it ended; `chosen` is the option's
    words; `ended_words` the day in words; a key result that is gone leaves its id and title empty."""

    id: UUID
    kind: str
    text: str
    options: tuple[str, ...]
    state: str
    objective_id: UUID
    objective_title: str
    key_result_id: UUID | None
    key_result_title: str
    check_in_id: UUID | None
    asked_by_id: UUID
    asked_by: str
    asked_of_id: UUID
    asked_of: str
    asked_on: date
    answer_by_on: date | None
    age: int
    answer: str
    chosen: str
    answered_by_id: UUID | None
    answered_by: str
    ended_on: date | None
    ended_words: str
    seen_at: datetime | None
    answer_is_new: bool

    @property
    def is_decision(self) -> bool:
        return self.kind == AskKind.DECISION

    @property
    def is_waiting(self) -> bool:
        return AskState(self.state).is_waiting

    @property
    def is_long(self) -> bool:
        """Waits longer than five working days."""
        return self.is_waiting and is_long(self.age)

    @property
    def age_words(self) -> str:
        """ "4 working days"; "today" on the first day."""
        if not self.age:
            return "today"
        return f"{self.age} working day{'' if self.age == 1 else 's'}"

    @property
    def title(self) -> str:
        """What it is about."""
        return self.key_result_title or self.objective_title


def ask_rows(rows: QuerySet[Ask], *, today: date) -> tuple[AskRow, ...]:
    """One statement."""
    return tuple(_row(row, today) for row in rows.values(*FIELDS, "answer_seen_at"))


def by_check_in(rows: Iterable[AskRow]) -> dict[UUID, tuple[AskRow, ...]]:
    """Those that were written in check-ins, by check-in."""
    found: dict[UUID, tuple[AskRow, ...]] = {}
    for row in rows:
        if row.check_in_id is not None:
            found[row.check_in_id] = (*found.get(row.check_in_id, ()), row)
    return found


def _row(row: Mapping[str, Any], today: date) -> AskRow:
    zone, chosen, options = row["organisation__time_zone"], row["chosen_option"], tuple(row["options"])
    ended_on = None if row["ended_at"] is None else day_in(zone, row["ended_at"])
    is_there = row["key_result_id"] is not None and row["key_result__deleted_at"] is None
    return AskRow(
        id=row["id"],
        kind=row["kind"],
        text=row["text"],
        options=options,
        state=row["state"],
        objective_id=row["objective_id"],
        objective_title=row["objective__title"],
        key_result_id=row["key_result_id"] if is_there else None,
        key_result_title=row["key_result__title"] if is_there else "",
        check_in_id=row["check_in_id"],
        asked_by_id=row["asked_by_id"],
        asked_by=row["asked_by__name"],
        asked_of_id=row["asked_of_id"],
        asked_of=row["asked_of__name"],
        asked_on=day_in(zone, row["created_at"]),
        answer_by_on=row["answer_by_on"],
        age=ask_age(row, today=today),
        answer=row["answer"],
        chosen=options[chosen] if chosen is not None and chosen < len(options) else "",
        answered_by_id=row["answered_by_id"],
        answered_by=row["answered_by__name"] or "",
        ended_on=ended_on,
        ended_words="" if ended_on is None else _day_words(ended_on, today),
        seen_at=row["seen_at"],
        answer_is_new=ended_on is not None and row["answer_seen_at"] is None,
    )


def _day_words(on: date, today: date) -> str:
    """ "today", "yesterday", "17 Nov"."""
    days = (today - on).days
    if days in (0, 1):
        return ("today", "yesterday")[days]
    return formats.date_format(on, "j M" if on.year == today.year else "j M Y")
