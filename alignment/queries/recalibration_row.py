"""A new aim as the REST interface shows it."""

from __future__ import annotations

from typing import Any

from common.plain import plain_moment, plain_number
from objectives.models import Recalibration
from objectives.queries.plain_rows import named


def recalibration_row(row: Recalibration) -> dict[str, Any]:
    """Plain values; `before` and `after` are the numbers of the two plans."""
    asked_of = row.asked_of
    return {
        "id": row.pk,
        "key_result_id": row.key_result_id,
        "state": row.state,
        "before": row.before,
        "after": row.after,
        "easing": plain_number(row.easing),
        "reason": row.reason,
        "asked_of": named(asked_of.pk, asked_of.name) if asked_of else None,
        "at": plain_moment(row.at),
    }
