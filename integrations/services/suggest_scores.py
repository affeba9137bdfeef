"""The computed score of closed objectives whose history was brought in or corrected."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from objectives.models import Objective
from objectives.rules.kinds import ObjectiveState
from objectives.rules.score import suggested_score

CHUNK = 500


def suggest_scores(objective_ids: Collection[UUID]) -> None:
    """Beside every stated score stands the computed one, as closing a goal here would have kept it.

    Called after the numbers of these objectives were recomputed; those that are not closed are left alone.
    """
    ids = sorted(objective_ids)
    for start in range(0, len(ids), CHUNK):
        closed = Objective.objects.filter(pk__in=ids[start : start + CHUNK], state=ObjectiveState.CLOSED)
        rows = list(closed.only("progress", "suggested_score"))
        for row in rows:
            row.suggested_score = suggested_score(row.progress)
        Objective.objects.bulk_update(rows, ["suggested_score"])
