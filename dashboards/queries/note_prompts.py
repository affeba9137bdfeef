"""Which words a check-in asks for, before it is recorded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise

from checkins.models import CheckIn
from checkins.rules.kinds import CheckInSource
from checkins.rules.notes import NotePrompt, Standing, moved_wrong_way, note_prompt
from checkins.rules.standing import Statement, standing_of
from dashboards.queries.check_in_rows import Grounds
from objectives.rules.kinds import KeyResultKind
from objectives.rules.progress import raw_share

LEAST_STEPS_FOR_BEST = 2


@dataclass(frozen=True, slots=True)
class Said:
    """What is about to be said. `steps_done`: ids of all milestones that are done then; None leaves them."""

    value: Decimal | None
    confidence: int | None
    observed_on: date
    steps_done: frozenset[str] | None = None


def prompt_for(grounds: Grounds, said: Said, *, at: datetime, today: date) -> NotePrompt:
    """The question above the note of this check-in, with the reasons for which it must be answered."""
    new = Statement(said.observed_on, at, said.value, said.steps_done, said.confidence)
    earlier = [statement_of(row) for row in grounds.check_ins]
    before = [
        row for row in earlier if (row.observed_on, row.recorded_at) <= (new.observed_on, new.recorded_at)
    ]
    moments = standing_of(grounds.around, [*before, new], today=today).moments
    values = [value for row in before if (value := value_of(grounds, row)) is not None]
    value_now = value_of(grounds, new)
    previous = None
    if before:
        previous = Standing(
            values[-1] if values else None,
            next((row.confidence for row in reversed(before) if row.confidence is not None), None),
            moments[-2].status,
        )
    measure = grounds.around.measure
    return note_prompt(
        measure=measure,
        previous=previous,
        now=Standing(value_now, said.confidence, moments[-1].status),
        has_slipped_before=any(moved_wrong_way(measure, a, b) for a, b in pairwise(values)),
        is_best_step=value_now is not None and _is_best_step(grounds, [*values, value_now]),
        next_due_on=today + timedelta(days=grounds.key_result.cadence_days),
    )


def statement_of(row: CheckIn) -> Statement:
    """A check-in as the rules read it."""
    return Statement(
        observed_on=row.observed_on,
        recorded_at=row.recorded_at,
        value=row.value,
        steps_done=None if row.milestones_done is None else frozenset(row.milestones_done),
        confidence=row.confidence,
        is_person=row.source == CheckInSource.MANUAL,
    )


def value_of(grounds: Grounds, row: Statement) -> Decimal | None:
    """The value of a statement; for milestones the done weight."""
    if row.steps_done is None:
        return row.value
    weights = grounds.around.step_weights
    return sum((weights[step] for step in row.steps_done if step in weights), Decimal(0))


def _is_best_step(grounds: Grounds, values: Sequence[Decimal]) -> bool:
    """The last step is forward, and longer than every one before it."""
    kind = grounds.around.measure.kind
    has_way = kind.is_metric or kind in (KeyResultKind.PERCENT_DONE, KeyResultKind.MILESTONES)
    if not has_way or len(values) <= LEAST_STEPS_FOR_BEST:
        return False
    shares = [raw_share(grounds.around.measure, value) for value in values]
    *earlier, last = [after - before for before, after in pairwise(shares)]
    return last > 0 and all(last > step for step in earlier)
