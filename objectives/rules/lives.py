"""The life of a row as its own columns tell it: for rows that came in whole, without a history of their own."""

from __future__ import annotations

from datetime import datetime
from typing import Any

Stages = list[tuple[datetime, dict[str, Any]]]
"""Moments with the columns that said something else from then on, oldest first."""


def stages_of(row: Any, *, known_at: datetime, last_said_at: datetime | None = None) -> Stages:
    """When an objective, a key result, a priority or a cycle was made, activated, ended and deleted.

    `row` has the columns as attributes; those of moments say when, so that a row that is closed now counts as
    running before. A pause or a cancellation has no moment of its own: it counts from the row's last change.
    The first stage begins at `known_at`, or at the activation if that was earlier; the end does not lie before
    `last_said_at`, for a source may tell of a goal after it was over.
    """
    state = str(row.state)
    activated_at, ended_at = _moment(row, "activated_at"), _ended_at(row)
    if ended_at is not None and last_said_at is not None:
        ended_at = max(ended_at, last_said_at)
    start = min(filter(None, (known_at, activated_at)))
    running = _running_state(row, state, activated_at, is_ended=ended_at is not None)
    before = {"state": running, **_without(row, "closed_at", "retired_at", "deleted_at", "deleted_by_id")}
    if ended_at is not None:
        before |= _without(
            row, "score", "suggested_score", "score_reason", "state_reason", "closing_children"
        )
    stages: Stages = []
    if activated_at is not None and activated_at > start:
        waiting = {"activated_at": None} | ({"state": "draft"} if hasattr(row, "closing_children") else {})
        stages.append((start, before | waiting))
    stages.append((max(start, activated_at or start), before))
    if ended_at is not None:
        _add(stages, ended_at, {**_without(row, "deleted_at", "deleted_by_id"), "state": state})
    deleted_at = _moment(row, "deleted_at")
    if deleted_at is not None:
        _add(stages, deleted_at, {"state": state})
    return stages


def _add(stages: Stages, at: datetime, columns: dict[str, Any]) -> None:
    stages.append((max(at, stages[-1][0]), columns))


def _moment(row: Any, name: str) -> datetime | None:
    moment: datetime | None = getattr(row, name, None)
    return moment


def _ended_at(row: Any) -> datetime | None:
    """When the present state began, if another came before it."""
    ended = _moment(row, "closed_at") or _moment(row, "retired_at")
    if ended is not None:
        return ended
    return row.updated_at if str(row.state) in ("paused", "cancelled", "closing") else None


def _running_state(row: Any, state: str, activated_at: datetime | None, *, is_ended: bool) -> str:
    if not is_ended:
        return state
    is_objective = hasattr(row, "closing_children")
    return "draft" if is_objective and activated_at is None else "active"


def _without(row: Any, *names: str) -> dict[str, Any]:
    """Those columns that the row has, as they were before anything was said in them."""
    empty: dict[str, Any] = {"score_reason": "", "state_reason": "", "closing_children": {}}
    return {name: empty.get(name) for name in names if hasattr(row, name)}
