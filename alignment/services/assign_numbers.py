"""Rolled-up numbers put on the rows that store them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from alignment.rules.numbers import NodeNumbers, ObjectivePart, aligned_progress
from alignment.services.store_rows import assign
from common.ratio import to_ratio
from objectives.models import KeyResult, Objective
from objectives.rules.cycles import elapsed_share
from objectives.rules.forecast import Forecast, Point, forecast
from objectives.rules.kinds import KeyResultKind, KeyResultState, ObjectiveKind, ObjectiveState
from objectives.rules.likely import because_sentence
from objectives.rules.progress import Measure, Progress
from objectives.rules.score import success_threshold
from objectives.rules.status import key_result_status


def assign_numbers(row: Objective, numbers: NodeNumbers) -> list[str]:
    """Put the numbers on the row; returns the columns that differ from what is stored."""
    likely, dates = numbers.likely, numbers.freshness
    is_active = row.state == ObjectiveState.ACTIVE
    facts = {
        "progress": numbers.progress,
        "expected": numbers.expected,
        "confidence_mean": numbers.confidence_mean,
        "status": numbers.status.value,
        "status_counts": numbers.status_counts,
        "key_result_count": numbers.key_result_count,
        "forecast_mean": _ratio(likely.mean) if likely else None,
        "forecast_low": _ratio(likely.low) if likely else None,
        "forecast_high": _ratio(likely.high) if likely else None,
        "last_heard_on": numbers.last_heard_on,
        "fresh_until": dates.fresh_until if dates and is_active else None,
        "due_until": dates.due_until if dates and is_active else None,
        "stale_until": dates.stale_until if dates and is_active else None,
    }
    return assign(row, facts)


def assign_aligned(row: KeyResult, children: Sequence[ObjectivePart], today: date) -> list[str]:
    """Put on a key result what the objectives that feed it say: progress, status and where that leads.

    It is judged as its kind asks (RULES §3): a guardrail has no value of its own to hold against its bounds, so it
    stays without data; yes or no goes by the latest confidence; a baseline has no progress. Its one point of the
    forecast is today's. Returns the columns that differ from what is stored; a closed one keeps what it had.
    """
    if row.objective.state == ObjectiveState.CLOSED or row.state == KeyResultState.CLOSED:
        return []
    kind = KeyResultKind(row.kind)
    progress = None if kind is KeyResultKind.BASELINE else aligned_progress(children)
    t = elapsed_share(row.objective.cycle.starts_on, row.objective.cycle.ends_on, today)
    likely, because = _likely_of(row, progress, t) if kind.has_forecast else (None, "")
    status = key_result_status(
        measure=Measure(kind=kind),
        progress=Progress(progress, progress, has_data=progress is not None),
        t=t,
        latest_value=None,
        latest_confidence=row.confidence,
        chance=likely.chance if likely else None,
        previous_chance=None,
        has_value=progress is not None,
    )
    facts: dict[str, Any] = {
        "progress": progress,
        "raw_progress": progress,
        "has_data": progress is not None,
        "status": status.value,
        "current_value": progress * 100 if progress is not None and row.kind == "percent_done" else None,
        "forecast_mean": _ratio(likely.mean) if likely else None,
        "forecast_low": _ratio(likely.low) if likely else None,
        "forecast_high": _ratio(likely.high) if likely else None,
        "forecast_chance": _ratio(likely.chance) if likely else None,
        "forecast_because": because,
    }
    return assign(row, facts)


def _likely_of(row: KeyResult, progress: Decimal | None, t: Decimal | None) -> tuple[Forecast | None, str]:
    """The forecast of a fed key result and its sentence; none in a cycle without dates.

    A plan of its own shows in an expected share that is not simply the time gone; then it stands for t (RULES §5).
    """
    if t is None:
        return None, ""
    share = t if row.expected is None or row.expected == to_ratio(t) else row.expected
    success = float(success_threshold(ObjectiveKind(row.objective.kind)))
    points = [] if progress is None else [Point(float(share), float(progress))]
    organisation = row.objective.organisation
    likely = forecast(
        points, success=success, ref_pace=organisation.reference_pace, scale=organisation.forecast_scale
    )
    return likely, because_sentence(likely, points, success=success, is_planned=share != t)


def _ratio(number: float) -> Decimal:
    return to_ratio(Decimal(repr(number)))
