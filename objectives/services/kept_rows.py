"""Which rows of objectives, key results, cycles and initiatives are kept version by version."""

from __future__ import annotations

from activity.services.keep_versions import Kept, keep_history
from objectives.models import Cycle, Initiative, KeyResult, Milestone, Objective, PlannedValue

OBJECTIVE_NUMBERS = frozenset(
    (
        "progress",
        "expected",
        "confidence_mean",
        "status",
        "status_counts",
        "key_result_count",
        "forecast_mean",
        "forecast_low",
        "forecast_high",
        "last_heard_on",
        "fresh_until",
        "due_until",
        "stale_until",
    )
)
KEY_RESULT_NUMBERS = frozenset(
    (
        "current_value",
        "progress",
        "raw_progress",
        "expected",
        "has_data",
        "confidence",
        "status",
        "forecast_mean",
        "forecast_low",
        "forecast_high",
        "forecast_chance",
        "forecast_because",
        "last_check_in_at",
        "last_heard_on",
        "next_due_on",
        "fresh_until",
        "due_until",
        "stale_until",
    )
)
"""Stored copies: they follow from check-ins and the day, and alone they make no new version."""


def keep_rows() -> None:
    """Register; called once when the app is ready."""
    keep_history("cycle", Kept(Cycle))
    keep_history(
        "objective",
        Kept(
            Objective,
            numbers=OBJECTIVE_NUMBERS,
            parts={"contributors": (Objective.contributors.through, "objective_id")},
            below={"key_result": "objective_id"},
        ),
    )
    keep_history(
        "key_result",
        Kept(
            KeyResult,
            numbers=KEY_RESULT_NUMBERS,
            parts={
                "milestones": (Milestone, "key_result_id"),
                "planned_values": (PlannedValue, "key_result_id"),
            },
        ),
    )
    keep_history("initiative", Kept(Initiative))
