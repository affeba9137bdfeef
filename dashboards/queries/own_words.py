"""What one person wrote in check-ins, for taking away."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from checkins.models import CheckIn
from objectives.permissions import visible_key_results
from people.models import User


@dataclass(frozen=True, slots=True)
class WordsRow:
    """One check-in of the person. Texts are empty where nothing was written."""

    observed_on: date
    recorded_at: datetime
    objective: str
    key_result: str
    value: Decimal | None
    confidence: int | None
    note: str
    win: str
    challenge: str
    next_step: str


def own_words(viewer: User) -> Iterator[WordsRow]:
    """The viewer's check-ins on key results that they still may see, oldest first. One query."""
    check_ins = CheckIn.objects.filter(author=viewer, key_result__in=visible_key_results(viewer))
    for row in check_ins.select_related("key_result__objective").order_by("recorded_at", "id"):
        yield WordsRow(
            observed_on=row.observed_on,
            recorded_at=row.recorded_at,
            objective=row.key_result.objective.title,
            key_result=row.key_result.title,
            value=row.value,
            confidence=row.confidence,
            note=row.note,
            win=row.win,
            challenge=row.challenge,
            next_step=row.next_step,
        )
