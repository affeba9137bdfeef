"""New aims and suggested wordings of an objective, read along with its small rows (see objective_parts)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet, TextField
from django.db.models.functions import Cast, TruncDate

from common.templatetags.numbers import number
from objectives.models import Objective, Recalibration, Suggestion
from objectives.rules.kinds import RecalibrationState, SuggestionState

Columns = Callable[..., QuerySet[Any, Any]]


@dataclass(frozen=True, slots=True)
class AimTalk:
    """A key result that was given another aim, or for which one is proposed. `before`, `after`: numbers in words."""

    id: UUID
    key_result_id: UUID
    before: str
    after: str
    reason: str
    by: str
    answered_by: str
    on: date
    is_open: bool


@dataclass(frozen=True, slots=True)
class WordTalk:
    """A wording that waits for the team's word."""

    id: UUID
    before: str
    after: str
    by: str
    on: date


def talk_columns(columns: Columns, objective: Objective) -> list[QuerySet[Any, Any]]:
    """Their rows for the union of small rows."""
    aims = Recalibration.objects.filter(
        key_result__objective_id=objective.pk,
        key_result__deleted_at__isnull=True,
        state__in=(RecalibrationState.PROPOSED, RecalibrationState.IN_FORCE),
    )
    shared = {"key_result_id": F("key_result_id"), "day": TruncDate("at"), "word": F("state")}
    words = Suggestion.objects.filter(objective_id=objective.pk, state=SuggestionState.OPEN)
    return [
        columns(aims, "aim", text=F("reason"), url=Cast("before", TextField()), by=F("by__name"), **shared),
        columns(aims, "aim_after", text=Cast("after", TextField()), by=F("answered_by__name"), **shared),
        columns(
            words,
            "words",
            key_result_id=F("key_result_id"),
            text=F("after"),
            url=F("before"),
            by=F("by__name"),
            day=TruncDate("created_at"),
        ),
    ]


def talks_of(rows: Iterable[Mapping[str, Any]]) -> tuple[AimTalk | WordTalk, ...]:
    """What waits first, then what was changed, newest first."""
    kept = list(rows)
    later = {row["row_id"]: row for row in kept if row["part"] == "aim_after"}
    found: list[AimTalk | WordTalk] = [
        WordTalk(row["row_id"], row["url"] or "", row["text"] or "", row["by"] or "", row["day"])
        for row in kept
        if row["part"] == "words"
    ]
    for row in kept:
        if row["part"] == "aim":
            before, after = _numbers(row["url"], later[row["row_id"]]["text"])
            found.append(
                AimTalk(
                    id=row["row_id"],
                    key_result_id=row["key_result_id"],
                    before=before,
                    after=after,
                    reason=row["text"] or "",
                    by=row["by"] or "",
                    answered_by=later[row["row_id"]]["by"] or "",
                    on=row["day"],
                    is_open=row["word"] == RecalibrationState.PROPOSED,
                )
            )
    found.sort(key=lambda talk: talk.on, reverse=True)
    return tuple(sorted(found, key=lambda talk: not getattr(talk, "is_open", True)))


def _numbers(before: str, after: str) -> tuple[str, str]:
    """The first number that differs, before and after; the plan on the way where no other does."""
    old, new = json.loads(before), json.loads(after)
    for name in ("target_value", "lower_bound", "upper_bound"):
        if old.get(name) != new.get(name):
            return _shown(old.get(name)), _shown(new.get(name))
    return "the plan", "another plan"


def _shown(value: str | None) -> str:
    return "none" if value is None else str(number(value))
