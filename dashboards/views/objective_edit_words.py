"""How key results read: one sentence for a closed row, a few words for the preview, shares of the weight."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.utils import formats

from common.templatetags.numbers import number
from dashboards.forms.key_result_read import ReadKeyResult
from objectives.rules.kinds import KeyResultKind, KeyResultState
from objectives.services import KeyResultDraft

EVERY = {1: "daily", 7: "weekly", 14: "every two weeks", 28: "monthly", 30: "monthly", 91: "every quarter"}
UNKNOWN = "…"
STEPS_NAMED = 3


def cadence_words(days: int) -> str:
    return EVERY.get(days, f"every {days} days")


def row_sentence(draft: KeyResultDraft) -> str:
    """ "from 31 to 22 %, weekly"."""
    unit, cadence = short_unit(draft.unit), cadence_words(draft.cadence_days)
    match draft.kind:
        case KeyResultKind.INCREASE | KeyResultKind.DECREASE:
            said = f"from {_shown(draft.start_value)} to {_shown(draft.target_value, unit)}"
        case KeyResultKind.AT_LEAST:
            said = f"stay at least {_shown(draft.lower_bound, unit)}"
        case KeyResultKind.AT_MOST:
            said = f"stay at most {_shown(draft.upper_bound, unit)}"
        case KeyResultKind.BETWEEN:
            said = f"stay between {_shown(draft.lower_bound)} and {_shown(draft.upper_bound, unit)}"
        case KeyResultKind.MILESTONES:
            return _steps(draft)
        case KeyResultKind.YES_NO:
            day = draft.planned_values[0][0] if draft.planned_values else None
            return f"yes or no, by {formats.date_format(day, 'j M')}" if day else "yes or no"
        case KeyResultKind.BASELINE:
            return "find out where it stands, then choose a target"
        case _:
            said = "0 to 100 %"
    return f"{said}, {cadence}"


def preview_value(draft: KeyResultDraft) -> str:
    """The bold words behind a title in the preview; "" for kinds whose title says all."""
    unit = short_unit(draft.unit)
    match draft.kind:
        case KeyResultKind.INCREASE | KeyResultKind.DECREASE:
            return f"{_shown(draft.start_value)} → {_shown(draft.target_value, unit)}"
        case KeyResultKind.AT_LEAST:
            return f"{_shown(draft.lower_bound, unit)} or more"
        case KeyResultKind.AT_MOST:
            return f"{_shown(draft.upper_bound, unit)} or less"
        case KeyResultKind.BETWEEN:
            return f"{_shown(draft.lower_bound)} to {_shown(draft.upper_bound, unit)}"
        case KeyResultKind.MILESTONES:
            return _count(draft) if draft.milestones else ""
    return ""


def short_unit(unit: str) -> str:
    """ "% of new colleagues" is "%" beside a number; other units stay as they are."""
    return "%" if unit.startswith("%") else unit


def counts(row: ReadKeyResult) -> bool:
    """Whether its weight counts in the objective's progress."""
    is_gone = row.typed.is_removed or row.typed.ended == KeyResultState.CANCELLED
    return not is_gone and row.draft.kind is not KeyResultKind.BASELINE and row.draft.weight > 0


def share_words(row: ReadKeyResult, total: Decimal) -> str:
    """ "2 of 6", "not counted"."""
    return f"{number(row.draft.weight)} of {number(total)}" if counts(row) else "not counted"


def total_weight(rows: Iterable[ReadKeyResult]) -> Decimal:
    return sum((row.draft.weight for row in rows if counts(row)), Decimal(0))


def weight_words(rows: Sequence[ReadKeyResult]) -> str:
    """ "Weights 2 + 1 + 1 = 4. The baseline counts once its start is known."."""
    counted = [row for row in rows if counts(row)]
    parts = []
    if len(counted) > 1:
        total = number(total_weight(rows))
        if len(counted) <= 8:
            parts.append(f"Weights {' + '.join(number(row.draft.weight) for row in counted)} = {total}.")
        else:
            parts.append(f"{len(counted)} weights add up to {total}.")
    if any(row.draft.kind is KeyResultKind.BASELINE and not row.typed.is_removed for row in rows):
        parts.append("The baseline counts once its start is known.")
    return " ".join(parts)


def _steps(draft: KeyResultDraft) -> str:
    if not draft.milestones:
        return "steps to be named"
    named = [
        f"{step.title} by {formats.date_format(step.due_on, 'j M')}" if step.due_on else step.title
        for step in draft.milestones[:STEPS_NAMED]
    ]
    more = ", …" if len(draft.milestones) > STEPS_NAMED else ""
    return f"{_count(draft)}: {', '.join(named)}{more}"


def _count(draft: KeyResultDraft) -> str:
    return "1 step" if len(draft.milestones) == 1 else f"{len(draft.milestones)} steps"


def _shown(value: Decimal | None, unit: str = "") -> str:
    return UNKNOWN if value is None else number(value, unit)
